// Which disc a source holds. A disc is read once to be recognised: what was read counts for as long as nothing about
// the drive's medium or the image has changed.
#pragma once

#include "amphi/catalog.hpp"
#include "amphi/disc.hpp"
#include "amphi/source.hpp"

namespace amphi {

// Fingerprint, label and identifiers; what is read is remembered where the catalog can be written. Throws as
// read_identity does.
ScannedDisc identity_of(Catalog& catalog, const Source& source);

}  // namespace amphi
