// Patches of `disc edit` and `track edit`: what parses says the same again, and is kept by the catalog or refused
// whole.
#include <cstddef>
#include <cstdint>
#include <optional>

#include "amphi/edit.hpp"
#include "amphi/error.hpp"
#include "base/text.hpp"
#include "demand.hpp"
#include "model/edit_fields.hpp"
#include "patch_text.hpp"
#include "shelf.hpp"

using namespace amphi;

namespace {

constexpr int kEditsOfACatalog = 10'000;  // each leaves a line of history

// A catalog, a new one now and then.
Catalog& catalog() {
  static std::optional<fuzz::Shelf> shelf;
  static std::optional<Catalog> opened;
  static int left = 0;
  if (left-- <= 0) {
    opened.reset();
    shelf.emplace();
    opened.emplace(shelf->open());
    left = kEditsOfACatalog;
  }
  return *opened;
}

void demand_disc_kept(const DiscChange& change, const DiscEdits& kept) {
  for_each_field<DiscEdits>([&](const auto& field) {
    const auto& said = field.change_of(change);
    fuzz::demand(!said || *said == field.of(kept), "what was edited is what is there", std::string(field.name));
  });
}

void apply(const Edit& edit) {
  auto& there = catalog();
  const DiscId first = there.all_discs().front();
  try {
    there.apply_edit(first, edit);
  } catch (const Error& error) {
    const bool refused = error.kind() == ErrorKind::kNotFound || error.kind() == ErrorKind::kUsage;
    return fuzz::demand(refused, "an edit that does not fit is refused", error.message());
  }
  demand_disc_kept(edit.disc, there.load_disc(first).disc.edits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::optional<Edit> edit;
  try {
    edit = parse_patch(fuzz::text_of(data, size));
  } catch (const Error& error) {
    fuzz::demand(error.kind() == ErrorKind::kUsage, "a bad patch is bad input", error.message());
    fuzz::demand(is_valid_utf8(error.message()), "a message is UTF-8", escape_controls(error.message()));
    return 0;
  }
  const auto text = fuzz::patch_text(*edit);
  const auto again = fuzz::patch_text(parse_patch(text));
  fuzz::demand(again == text, "an edit is the same once written and read", text + "\n  " + again);
  apply(*edit);
  return 0;
}
