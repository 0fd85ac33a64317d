// The three icons of a track: 💿 ripped, 🎬 transcoded, 📺 inserted. A mark tells the state without colour.
#pragma once

#include "amphi/artifact.hpp"
#include "amphi/stage.hpp"
#include "view.hpp"

namespace amphi::cmd {

Piece stage_icon(Stage stage, Verdict verdict, const Appearance& appearance);
Cell stage_icons(const PerStage<Verdict>& verdicts, const Appearance& appearance);

}  // namespace amphi::cmd
