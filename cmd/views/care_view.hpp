// What the verbs of `catalog` answer.
#pragma once

#include "amphi/care.hpp"
#include "amphi/process.hpp"
#include "view.hpp"

namespace amphi::cmd {

const View<BrokenReference>& broken_reference_view();
const View<SchemaDifference>& schema_difference_view();
const View<OrphanRows>& orphans_view();
const View<FilesCheck>& files_view();
const View<FileFault>& file_fault_view();
const View<Interrupted>& abandoned_view();
const View<BadRow>& bad_row_view();

const Document& catalog_check_document();
const Document& catalog_backup_document();
const Document& catalog_restore_document();
const Document& catalog_export_document();
const Document& catalog_import_document();

}  // namespace amphi::cmd
