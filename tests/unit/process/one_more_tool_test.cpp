// Everything that is asked of a tool is asked of its row: one more row is all that a new tool is.
#include "one_more_tool.hpp"

#include "amphi/error.hpp"
#include "environment.hpp"
#include "process/planning.hpp"
#include "process/specs.hpp"
#include "support.hpp"
#include "tools/tool.hpp"

namespace amphi::test {
namespace {

constexpr int kShort = 4;  // a title of six seconds

constexpr auto kText =
    "[rip]\nengine = \"blank\"\n[transcode]\nengine = \"copycat\"\n[process.watchdog]\nblank = 7\ncopycat = 8\n";

struct OneMoreTool : testing::Test {
  OneMoreTool() {
    home.config.rip_engine = &kBlank;
    home.config.transcode.engine = &kCopycat;
    home.config.transcode.preset_dvd = "same";
  }
  Home home;

  ConfigInputs inputs() const {
    ConfigInputs from;
    from.config_option = home.path("config.toml");
    from.home = home.path();
    return from;
  }
};

TEST_F(OneMoreTool, is_a_choice_of_the_configuration) {
  home.write("config.toml", kText);
  const auto config = load_config(inputs());
  EXPECT_EQ(config.rip_engine, &kBlank);
  EXPECT_EQ(config.transcode.engine, &kCopycat);
  EXPECT_EQ(config.transcode.preset_dvd, "same");
  EXPECT_EQ(watchdog_of(config, "blank"), 7);
  EXPECT_EQ(watchdog_of(config, "copycat"), 8);
  const auto commented = commented_config(inputs());
  for (const auto* choices : {"auto, libdvdread, libbluray, makemkv, cd-paranoia, blank", "handbrake, ffmpeg, copycat"})
    EXPECT_NE(commented.find(choices), std::string::npos) << choices;
  home.write("config.toml", "[rip]\nengine = \"blnk\"\n");
  EXPECT_NE(check_config(inputs()).at(0).find("did you mean \"blank\"?"), std::string::npos);
}

TEST_F(OneMoreTool, is_taken_for_its_kinds_of_disc_and_for_its_presets) {
  EXPECT_EQ(&ripper_for(&kBlank, DiscKind::kDvd, true), &kBlank);
  EXPECT_EQ(ripper_for(&kBlank, DiscKind::kCd, false).tool.name, "cd-paranoia");
  EXPECT_EQ(&encoder_for(home.config.transcode, DiscKind::kDvd, "unheard-of"), &kCopycat);
  EXPECT_EQ(encoder_for(home.config.transcode, DiscKind::kBluray, "unheard-of").tool.name, "handbrake");
  EXPECT_EQ(encoder_for(home.config.transcode, DiscKind::kDvd, "h264").tool.name, "ffmpeg");
  home.config.transcode.engine = find_encoder("ffmpeg");
  EXPECT_EQ(&encoder_for(home.config.transcode, DiscKind::kDvd, "same"), &kCopycat);
}

struct OneMoreToolAtWork : OneMoreTool {
  Catalog catalog = open_catalog(home);
  Scanned scanned = scan_fixture(catalog, home);
  std::vector<StepEvent> events;

  StepSpec next_spec() {
    Survey survey(catalog, home.config);
    const auto planned = plan_tracks(survey, {{scanned.track(kShort), Stage::kInsert}}, PlanInput::Mode::kAsked);
    const auto& step = planned.plan.steps.at(0);
    return amphi::make_spec(survey, planned, step, survey.folders.open(output_root_of(planned, step)).marker);
  }
  int run(const StepSpec& spec) {
    events.clear();
    return run_step(spec, [&](const StepEvent& event) { events.push_back(event); });
  }
  Receipt make_next() {
    EXPECT_EQ(run(next_spec()), 0) << events.back().message;
    if (!events.back().receipt) throw std::runtime_error(events.back().message);
    catalog.commit_artifact(scanned.track(kShort), *events.back().receipt, std::nullopt);
    return *events.back().receipt;
  }
};

TEST_F(OneMoreToolAtWork, makes_its_stage) {
  EXPECT_EQ(next_spec().output.scratch, "");  // it cannot continue
  const auto rip = make_next();
  EXPECT_EQ(rip.tool, "blank");
  const auto transcode = make_next();
  EXPECT_EQ(transcode.tool, "copycat");
  EXPECT_FALSE(transcode.tool_version.empty());  // as its row asks for it
  EXPECT_EQ(home.read("transcoded/" + std::filesystem::relative(transcode.path, home.path("transcoded")).string()),
            home.read("ripped/" + std::filesystem::relative(rip.path, home.path("ripped")).string()));
}

TEST_F(OneMoreToolAtWork, says_what_to_install) {
  make_next();
  const auto spec = next_spec();
  const Environment nothing("PATH", home.path("nothing"));
  EXPECT_NE(run(spec), 0);
  EXPECT_EQ(events.back().hint, "apt install a-package-of-its-own");
}

}  // namespace
}  // namespace amphi::test
