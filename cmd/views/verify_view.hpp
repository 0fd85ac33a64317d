// What `track verify` and `track reset` answer.
#pragma once

#include "amphi/process.hpp"
#include "view.hpp"

namespace amphi::cmd {

struct VerifyRow {
  const TrackAnswer* answer = nullptr;
  const TrackSnapshot* snapshot = nullptr;  // what is recorded
  std::optional<Stage> only;                // the stage that was asked about; the others are as last seen

  Verdict verdict(Stage stage) const;
  std::string path(Stage stage) const;
};
const View<VerifyRow>& verify_view();
const Document& verify_document();

struct ResetRow {
  TrackId track;
  ResetAnswer answer;
};
const View<ResetRow>& reset_view();
const ViewInfo& left_info();
Json left_json(const ResetAnswer& answer);
const Document& reset_document();

}  // namespace amphi::cmd
