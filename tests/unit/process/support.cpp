#include "support.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "amphi/classify.hpp"
#include "amphi/library.hpp"
#include "amphi/reader.hpp"
#include "base/clock.hpp"
#include "process/folders.hpp"
#include "step/receipts.hpp"

namespace amphi::test {
namespace fs = std::filesystem;

Home::Home() {
  for (const auto* name : {"ripped", "transcoded", "movies", "shows"}) fs::create_directory(path_ / name);
  config.catalog = path("catalog.db");
  config.drives = std::vector<std::string>{};
  config.ripped = {path("ripped"), true};
  config.transcoded = {path("transcoded"), true};
  config.transcode.engine = find_encoder("ffmpeg");
  config.transcode.preset_dvd = config.transcode.preset_bluray = config.transcode.preset_uhd = "tiny";
  config.transcode.profiles["tiny"] = {"-c:v", "copy", "-c:a", "copy", "-c:s", "copy"};
  config.library = LibraryConfig{};
  config.library->movies = Folder{path("movies"), true};
  config.library->shows = Folder{path("shows"), true};
}

std::string Home::path(const std::string& name) const {
  return name.empty() ? path_.string() : (path_ / name).string();
}

void Home::write(const std::string& name, const std::string& text) const {
  fs::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << text;
}

std::string Home::read(const std::string& name) const {
  std::ifstream file(path_ / name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool Home::has(const std::string& name) const {
  return fs::exists(fs::symlink_status(path_ / name));
}

std::vector<std::string> Home::files(const std::string& below) const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(path_ / below))
    if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), path_).string());
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> Home::leftovers() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(path_))
    if (entry.path().filename().string().find(".amphi-") != std::string::npos)
      names.push_back(fs::relative(entry.path(), path_).string());
  return names;
}

std::string fixture_image() {
  const char* given = std::getenv("AMPHI_TEST_DVD");
  const std::string folder = given ? given : std::string(AMPHI_SOURCE_DIR) + "/.cache/fixtures/pal";
  const auto image = folder + "/disc.iso";
  if (!fs::exists(image)) throw std::runtime_error(image + " is not there: run tests/fixtures/prepare.sh");
  return fs::canonical(image).string();
}

Catalog open_catalog(const Home& home) {
  return Catalog::open(home.config.catalog, Catalog::Mode::kReadWrite, system_now);
}

TrackId Scanned::track(int number) const {
  for (const auto& track : record.tracks)
    if (track.scanned.number == number) return track.id;
  throw std::runtime_error(fmt::format("the disc has no track {}", number));
}

Scanned scan_fixture(Catalog& catalog, const Home& home) {
  const auto image = home.path("disc.iso");
  if (!fs::exists(image)) fs::copy_file(fixture_image(), image);  // of its own: a rip locks its image
  const auto disc = read_disc(make_source(image));
  Scanned scanned;
  scanned.disc = catalog.store_scan(disc, classify(disc)).disc_id;
  Edit edit;
  edit.disc.title = "Fixture";
  edit.disc.year = 2020;
  for (const auto& track : catalog.load_disc(scanned.disc).tracks) {
    TrackChange change;
    change.id = track.id;
    change.track_name = fmt::format("Track {}", track.scanned.number);
    change.track_type = track.scanned.number == 1 ? TrackType::kMainFeature : TrackType::kFeaturettes;
    edit.tracks.push_back(change);
  }
  catalog.apply_edit(scanned.disc, edit);
  scanned.record = catalog.load_disc(scanned.disc);
  return scanned;
}

StepSpec make_spec(Home& home, Catalog& catalog, const std::string& root, const std::string& relative, Stage stage) {
  Folders folders(catalog, home.config);
  StepSpec spec;
  spec.id = fmt::format("{:016x}", std::hash<std::string>{}(root + relative));
  spec.stage = stage;
  spec.fingerprint = "dvd-" + std::string(64, 'a');
  spec.reference = "dvd:1";
  spec.tool = "link";
  spec.output.root = home.path(root);
  spec.output.marker = folders.open(home.path(root)).marker;
  spec.output.relative = relative;
  const auto folder = folder_of(relative);
  const auto beside = [&](const std::string& name) { return folder.empty() ? name : folder + "/" + name; };
  spec.output.temporary = beside(temporary_name(base_of(relative)));
  if (stage == Stage::kRip) spec.output.scratch = beside(scratch_name(base_of(relative)));
  spec.expected.video_streams = 0;
  return spec;
}

Receipt leave_receipt(const StepSpec& spec, const std::string& name, const std::string& text) {
  const auto root = Root::open(spec.output.root);
  root.make_folders(folder_of(name));
  std::ofstream(spec.output.root + "/" + name, std::ios::binary) << text;
  const auto info = root.look(name);
  Receipt receipt;
  receipt.step_id = spec.id;
  receipt.stage = spec.stage;
  receipt.fingerprint = spec.fingerprint;
  receipt.reference = spec.reference;
  receipt.root = spec.output.root;
  receipt.path = spec.output.root + "/" + spec.output.relative;
  receipt.size_bytes = info->st_size;
  receipt.mtime_ns = mtime_ns_of(*info);
  receipt.inode = info->st_ino;
  receipt.tool = spec.tool;
  receipt.media.duration_seconds = 10;
  receipt.created_at = system_now();
  write_receipt(root, receipt);
  return receipt;
}

void leave_old_file(StepSpec& spec, const std::string& text) {
  auto before = spec;
  before.id = "00000000000000ad";
  spec.output.replaces = leave_receipt(before, spec.output.relative, text);
}

Intent add_intent(Catalog& catalog, TrackId track, const StepSpec& spec) {
  Intent intent;
  intent.step_id = spec.id;
  intent.track_id = track;
  intent.stage = spec.stage;
  intent.kind = IntentKind::kMake;
  intent.spec_json = nlohmann::json(spec).dump();
  intent.held_by = "a test";
  intent.created_at = system_now();
  intent.id = catalog.add_intent(intent);
  return intent;
}

std::vector<std::string> plan_lines(Catalog& catalog, const Home& home, DiscId disc) {
  std::vector<std::string> lines;
  const auto plan = plan_disc(catalog, home.config, disc, std::nullopt, Stage::kInsert, PlanInput::Mode::kAsked);
  for (const auto& step : plan.steps)
    lines.push_back(fmt::format("{} {} {} {}", step.track_number, to_string(step.action), to_string(step.stage),
                                to_string(step.state)));
  return lines;
}

Receipt put_artifact(Home& home, Catalog& catalog, TrackId track, const std::string& root, const std::string& relative,
                     Stage stage) {
  const auto spec = make_spec(home, catalog, root, relative, stage);
  const auto receipt = leave_receipt(spec, relative, root);
  catalog.commit_artifact(track, receipt, std::nullopt);
  return receipt;
}

}  // namespace amphi::test
