#include "icons.hpp"

#include <array>

namespace amphi::cmd {

namespace {

constexpr std::array<std::string_view, kStages.size()> kIcons{"💿", "🎬", "📺"};
constexpr std::array<std::string_view, kStages.size()> kLetters{"R", "T", "I"};

struct Mark {
  std::string_view icon, ascii;
  Style style;
};

Mark mark_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kDone:
      return {" ", "+", Style::kGreen};
    case Verdict::kMissing:
      return {"!", "!", Style::kStruckRed};
    case Verdict::kPending:
      return {"·", ".", Style::kDim};
    case Verdict::kChanged:
    case Verdict::kUnverified:
    case Verdict::kUnreadable:
      return {"?", "?", Style::kYellow};
    case Verdict::kRemoved:
      return {"-", "-", Style::kDim};
  }
  return {"?", "?", Style::kYellow};
}

}  // namespace

Piece stage_icon(Stage stage, Verdict verdict, const Appearance& appearance) {
  const auto index = static_cast<std::size_t>(stage);
  const auto mark = mark_of(verdict);
  std::string text(appearance.ascii ? kLetters[index] : kIcons[index]);
  text += appearance.ascii ? mark.ascii : mark.icon;
  return {std::move(text), mark.style};
}

Cell stage_icons(const PerStage<Verdict>& verdicts, const Appearance& appearance) {
  Cell out;
  for (const auto stage : kStages) {
    if (!out.pieces.empty()) out.pieces.push_back({" ", Style::kPlain});
    out.pieces.push_back(stage_icon(stage, verdicts[stage], appearance));
  }
  return out;
}

}  // namespace amphi::cmd
