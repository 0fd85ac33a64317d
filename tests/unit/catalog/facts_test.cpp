// Artifacts, observations, intents, requests, attempts, folders, forgetting.
#include <nlohmann/json.hpp>

#include "support.hpp"

namespace amphi::testing {
namespace {

struct FactsTest : CatalogTest {
  Catalog catalog = open();
  DiscId id = store(catalog, disc());
  TrackId first = catalog.load_disc(id).tracks[0].id;
  TrackId second = catalog.load_disc(id).tracks[1].id;

  IntentId intend(TrackId track, IntentKind kind = IntentKind::kMake) {
    Intent intent;
    intent.step_id = "0123456789abcdef";
    intent.track_id = track;
    intent.stage = Stage::kRip;
    intent.kind = kind;
    intent.spec_json = R"({"schema": "amphi.step.spec/1"})";
    intent.held_by = "pid 1 on here";
    return catalog.add_intent(intent);
  }
  std::int64_t try_step(TrackId track, Stage stage, Outcome outcome, const std::string& step = "aaaa111122223333") {
    Attempt attempt;
    attempt.step_id = step;
    attempt.track_id = track;
    attempt.stage = stage;
    attempt.log_path = "/logs/x";
    attempt.circumstance = "HandBrake 1.6";
    const std::int64_t number = catalog.start_attempt(attempt);
    if (outcome != Outcome::kRunning) catalog.end_attempt(number, outcome, Cause::kTool, "it broke", "");
    return number;
  }
  std::optional<StoredArtifact> artifact(Stage stage, int track = 0) {
    return catalog.load_disc(id).artifacts[track][stage];
  }
};

TEST_F(FactsTest, ACommitTakesTheArtifactInAndTheIntentOut) {
  const IntentId intent = intend(first);
  Receipt r = receipt(Stage::kRip, "/srv/ripped/1.mkv");
  r.sha256 = std::string(64, 'c');
  r.bad_sectors = 5;
  r.preset = "a preset";
  r.input_step_id = "fedcba9876543210";
  catalog.commit_artifact(first, r, intent);
  EXPECT_TRUE(catalog.intents().empty());
  const auto stored = artifact(Stage::kRip);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->artifact.receipt, r);
  EXPECT_EQ(stored->artifact.track_id, first);
  EXPECT_FALSE(stored->artifact.removed);
  EXPECT_EQ(stored->verdict, Verdict::kDone);
  EXPECT_EQ(stored->seen->size_bytes, r.size_bytes);
  EXPECT_EQ(stored->seen->inode, r.inode);
  EXPECT_EQ(catalog.history(std::nullopt, first, 1)[0].event, "ripped");
}

TEST_F(FactsTest, ACommitWhoseIntentIsGoneChangesNothing) {
  const IntentId intent = intend(first);
  catalog.drop_intent(intent);
  EXPECT_EQ(error_of([&] { catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/1.mkv"), intent); }).kind(),
            ErrorKind::kUnexpected);
  EXPECT_FALSE(artifact(Stage::kRip));
}

TEST_F(FactsTest, ACommitThatFailsKeepsTheIntent) {
  const IntentId intent = intend(first);
  // The clock fails in the middle of the transaction, when the history is written.
  catalog = Catalog::open(file, Catalog::Mode::kReadWrite, []() -> Timestamp { throw std::runtime_error("no time"); });
  EXPECT_THROW(catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/1.mkv"), intent), std::runtime_error);
  EXPECT_EQ(catalog.intents().size(), 1u);
  EXPECT_FALSE(artifact(Stage::kRip));
  EXPECT_EQ(open().intents().size(), 1u);
}

TEST_F(FactsTest, CommittingTheSameTwiceIsOnce) {
  const Receipt r = receipt(Stage::kRip, "/srv/1.mkv");
  catalog.commit_artifact(first, r, std::nullopt);
  catalog.commit_artifact(first, r, intend(first));
  EXPECT_TRUE(catalog.intents().empty());
  int ripped = 0;
  for (const auto& entry : catalog.history(id, std::nullopt, 0)) ripped += entry.event == "ripped";
  EXPECT_EQ(ripped, 1);
}

TEST_F(FactsTest, ANewArtifactTakesTheOldOnesPlace) {
  catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/1.mkv"), std::nullopt);
  catalog.store_observations({{first, Stage::kRip, {}, Verdict::kMissing}});
  Receipt again = receipt(Stage::kRip, "/srv/1.mkv");
  again.step_id = "ffffffffffffffff";
  again.size_bytes = 5;
  catalog.commit_artifact(first, again, std::nullopt);
  EXPECT_EQ(artifact(Stage::kRip).value().artifact.receipt, again);
  EXPECT_EQ(artifact(Stage::kRip)->verdict, Verdict::kDone);
}

TEST_F(FactsTest, ObservationsAreTheLastOnes) {
  catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/1.mkv"), std::nullopt);
  const Observation seen{Observation::Presence::kUnreadable, 1, 2, 0xFFFF'FFFF'FFFF'FFFF, "Permission denied", {99}};
  catalog.store_observations(
      {{first, Stage::kRip, seen, Verdict::kUnreadable}, {second, Stage::kRip, seen, Verdict::kDone}});
  EXPECT_EQ(artifact(Stage::kRip)->seen, seen);
  EXPECT_EQ(artifact(Stage::kRip)->verdict, Verdict::kUnreadable);
  EXPECT_FALSE(artifact(Stage::kRip, 1));  // nothing recorded there
  catalog.store_observations({});
}

TEST_F(FactsTest, ResetClearsAndTells) {
  catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/1.mkv"), std::nullopt);
  try_step(first, Stage::kRip, Outcome::kFailed);
  catalog.clear_artifact(first, Stage::kRip, intend(first, IntentKind::kDelete), "track reset");
  EXPECT_FALSE(artifact(Stage::kRip));
  EXPECT_TRUE(catalog.intents().empty());
  EXPECT_TRUE(catalog.failures(first, Stage::kRip).empty());
  EXPECT_EQ(nlohmann::json::parse(catalog.history(std::nullopt, first, 1)[0].detail)["why"], "track reset");
  catalog.clear_artifact(first, Stage::kRip, std::nullopt, "again");
}

TEST_F(FactsTest, RemovedOnPurposeIsRecorded) {
  catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/1.mkv"), std::nullopt);
  catalog.mark_removed(first, Stage::kRip, intend(first, IntentKind::kDelete));
  EXPECT_TRUE(artifact(Stage::kRip).value().artifact.removed);
  EXPECT_EQ(artifact(Stage::kRip)->verdict, Verdict::kRemoved);
  EXPECT_EQ(error_of([&] { catalog.mark_removed(second, Stage::kRip, std::nullopt); }).kind(), ErrorKind::kNotFound);
}

TEST_F(FactsTest, ADigestMayComeLater) {
  catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/1.mkv"), std::nullopt);
  catalog.set_digest(first, Stage::kRip, std::string(64, 'a'));
  EXPECT_EQ(artifact(Stage::kRip).value().artifact.receipt.sha256, std::string(64, 'a'));
  EXPECT_EQ(error_of([&] { catalog.set_digest(first, Stage::kInsert, "x"); }).kind(), ErrorKind::kNotFound);
}

TEST_F(FactsTest, AnImportIsUnverifiedUntilItIsAdopted) {
  Artifact imported;
  imported.receipt = receipt(Stage::kTranscode, "/srv/t.mkv");
  imported.unverified = true;
  catalog.put_artifact(first, imported);
  EXPECT_TRUE(artifact(Stage::kTranscode).value().artifact.unverified);
  EXPECT_FALSE(artifact(Stage::kTranscode)->verdict);
  imported.unverified = false;
  catalog.put_artifact(first, imported);
  EXPECT_FALSE(artifact(Stage::kTranscode).value().artifact.unverified);
  EXPECT_EQ(artifact(Stage::kTranscode)->verdict, Verdict::kDone);
}

TEST_F(FactsTest, CountsWhatLiesBeneathAFolder) {
  catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/ripped/film/1.mkv"), std::nullopt);
  catalog.commit_artifact(second, receipt(Stage::kRip, "/srv/ripped-other/1.mkv"), std::nullopt);
  for (const auto& [path, count] : std::vector<std::pair<std::string, int>>{{"/srv/ripped", 1},
                                                                            {"/srv/ripped/", 1},
                                                                            {"/srv/ripped/film/1.mkv", 1},
                                                                            {"/srv", 2},
                                                                            {"/", 2},
                                                                            {"/srv/rip", 0}}) {
    EXPECT_EQ(catalog.count_artifacts_beneath(path), count) << path;
  }
  catalog.mark_removed(first, Stage::kRip, std::nullopt);
  EXPECT_EQ(catalog.count_artifacts_beneath("/srv/ripped"), 0);
}

TEST_F(FactsTest, LibraryFilesAndTheirOwners) {
  catalog.commit_artifact(first, receipt(Stage::kInsert, "/lib/Ünter/A.mkv"), std::nullopt);
  catalog.commit_artifact(second, receipt(Stage::kRip, "/srv/1.mkv"), std::nullopt);
  ASSERT_EQ(catalog.inserted_at({"/LIB/üNTER/a.MKV", "/x"}).size(), 1u);
  EXPECT_EQ(catalog.inserted_at({"/LIB/üNTER/a.MKV"})[0].track, first);
  EXPECT_EQ(catalog.inserted_at({"/lib/Ünter/A.mkv"})[0].owner, "dvd-a1b2c3d:1 (THE_FILM)");
  EXPECT_TRUE(catalog.inserted_at({}).empty());
  EXPECT_TRUE(catalog.inserted_at({"/srv/1.mkv"}).empty());
}

TEST_F(FactsTest, IntentsComeBackWhole) {
  const IntentId intent = intend(second, IntentKind::kAdopt);
  const auto all = catalog.intents();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].id, intent);
  EXPECT_EQ(all[0].track_id, second);
  EXPECT_EQ(all[0].kind, IntentKind::kAdopt);
  EXPECT_EQ(all[0].spec_json, R"({"schema": "amphi.step.spec/1"})");
  EXPECT_EQ(error_of([&] { intend({99}); }).kind(), ErrorKind::kNotFound);
}

TEST_F(FactsTest, RequestsUntilTheyAreFinished) {
  const RequestId one = catalog.add_request({second, first}, Stage::kTranscode, 2);
  const DiscId other = store(catalog, disc("beef"));
  const RequestId two = catalog.add_request({catalog.load_disc(other).tracks[0].id}, Stage::kInsert, 0);
  EXPECT_EQ(catalog.unfinished_requests().size(), 2u);
  ASSERT_EQ(catalog.unfinished_requests(id).size(), 1u);
  const Request loaded = catalog.load_request(one);
  EXPECT_EQ(loaded.tracks, (std::vector<TrackId>{second, first}));
  EXPECT_EQ(loaded.until, Stage::kTranscode);
  EXPECT_EQ(loaded.jobs, 2);
  catalog.hold_request(one, "pid 5");
  EXPECT_EQ(catalog.load_request(one).held_by, "pid 5");
  catalog.finish_request(one);
  EXPECT_TRUE(catalog.load_request(one).finished_at);
  EXPECT_FALSE(catalog.request_cancelled(two));
  catalog.cancel_request(two);
  EXPECT_TRUE(catalog.request_cancelled(two));
  EXPECT_TRUE(catalog.unfinished_requests().empty());
  catalog.cancel_request(one);
  EXPECT_FALSE(catalog.request_cancelled(one));
  for (const auto& act : std::vector<std::function<void()>>{
           [&] { catalog.load_request({99}); }, [&] { catalog.finish_request({99}); },
           [&] { catalog.cancel_request({99}); }, [&] { catalog.hold_request({99}, ""); },
           [&] { catalog.add_request({{99}}, Stage::kRip, 0); }}) {
    EXPECT_EQ(error_of(act).kind(), ErrorKind::kNotFound);
  }
  EXPECT_EQ(error_of([&] { catalog.add_request({}, Stage::kRip, 0); }).kind(), ErrorKind::kUsage);
  EXPECT_EQ(catalog.unfinished_requests().size(), 0u);
}

TEST_F(FactsTest, FailuresCountUntilSuccessOrAnotherRequest) {
  try_step(first, Stage::kTranscode, Outcome::kFailed);
  try_step(first, Stage::kTranscode, Outcome::kInterrupted);
  try_step(first, Stage::kTranscode, Outcome::kFailed);
  try_step(first, Stage::kRip, Outcome::kFailed);
  try_step(second, Stage::kTranscode, Outcome::kFailed);
  ASSERT_EQ(catalog.failures(first, Stage::kTranscode).size(), 2u);
  const Attempt failed = catalog.failures(first, Stage::kTranscode)[0];
  EXPECT_EQ(failed.message, "it broke");
  EXPECT_EQ(failed.cause, Cause::kTool);
  EXPECT_EQ(failed.circumstance, "HandBrake 1.6");
  EXPECT_TRUE(failed.finished_at);
  catalog.commit_artifact(first, receipt(Stage::kTranscode, "/srv/t.mkv"), std::nullopt);
  EXPECT_TRUE(catalog.failures(first, Stage::kTranscode).empty());
  EXPECT_EQ(catalog.failures(first, Stage::kRip).size(), 1u);
  catalog.add_request({first}, Stage::kInsert, 0);
  EXPECT_TRUE(catalog.failures(first, Stage::kRip).empty());
  EXPECT_EQ(catalog.failures(second, Stage::kTranscode).size(), 1u);
  try_step(second, Stage::kTranscode, Outcome::kDone);
  EXPECT_TRUE(catalog.failures(second, Stage::kTranscode).empty());
  try_step(second, Stage::kTranscode, Outcome::kFailed);
  EXPECT_EQ(catalog.failures(second, Stage::kTranscode).size(), 1u);
}

TEST_F(FactsTest, AnAttemptEndsOnce) {
  const auto number = try_step(first, Stage::kRip, Outcome::kRunning);
  catalog.end_attempt(number, Outcome::kDone, std::nullopt, "", "");
  catalog.end_attempt(number, Outcome::kInterrupted, std::nullopt, "amphi or the machine ended while it ran", "");
  EXPECT_EQ(catalog.load_disc(id).last_attempts[0][Stage::kRip]->outcome, Outcome::kDone);
  catalog.end_attempt(number, Outcome::kFailed, Cause::kTool, "it broke", "");
  EXPECT_TRUE(catalog.failures(first, Stage::kRip).empty());
}

TEST_F(FactsTest, AttemptsAreFoundByStepAndWhileTheyRun) {
  const std::int64_t running = try_step(first, Stage::kRip, Outcome::kRunning, "aaaa111122223333");
  try_step(first, Stage::kTranscode, Outcome::kFailed, "aaab111122223333");
  ASSERT_EQ(catalog.running_attempts().size(), 1u);
  EXPECT_EQ(catalog.running_attempts()[0].id, running);
  EXPECT_EQ(catalog.last_attempt("aaaa")->step_id, "aaaa111122223333");
  EXPECT_EQ(catalog.last_attempt("aaab111122223333")->outcome, Outcome::kFailed);
  EXPECT_FALSE(catalog.last_attempt("beef"));
  EXPECT_FALSE(catalog.last_attempt(""));
  const Error error = error_of([&] { catalog.last_attempt("aaa"); });
  EXPECT_EQ(error.kind(), ErrorKind::kAmbiguous);
  EXPECT_EQ(error.candidates().size(), 2u);
  catalog.end_attempt(running, Outcome::kInterrupted, std::nullopt, "", "");
  EXPECT_TRUE(catalog.running_attempts().empty());
  EXPECT_EQ(error_of([&] { catalog.end_attempt(99, Outcome::kDone, std::nullopt, "", ""); }).kind(),
            ErrorKind::kNotFound);
  const auto last = catalog.load_disc(id).last_attempts[0];
  EXPECT_EQ(last[Stage::kRip]->outcome, Outcome::kInterrupted);
  EXPECT_EQ(last[Stage::kTranscode]->outcome, Outcome::kFailed);
  EXPECT_FALSE(last[Stage::kInsert]);
}

TEST_F(FactsTest, HowLargeTranscodesBecomeIsTakenFromThoseThatWereMeasured) {
  EXPECT_FALSE(catalog.size_ratio_of("fast"));
  for (const TrackId track : {first, second})
    catalog.commit_artifact(track, receipt(Stage::kRip, "/srv/" + std::to_string(track.value)), std::nullopt);
  auto transcode = receipt(Stage::kTranscode, "/srv/t.mkv");
  transcode.preset = "fast";
  transcode.size_bytes /= 2;
  catalog.commit_artifact(first, transcode, std::nullopt);
  transcode.path = "/old/t.mkv";
  transcode.size_bytes = 0;
  catalog.put_artifact(second, Artifact{second, transcode, false, true});  // an import knows no sizes
  EXPECT_EQ(catalog.size_ratio_of("fast"), 0.5);
}

TEST_F(FactsTest, FoldersAreKnownByTheirMarker) {
  EXPECT_FALSE(catalog.known_folder("/srv"));
  catalog.remember_folder({"/srv", "aa"});
  catalog.remember_folder({"/srv", "bb"});
  EXPECT_EQ(catalog.known_folder("/srv")->marker, "bb");
}

TEST_F(FactsTest, ForgettingLeavesOnlyTheHistory) {
  catalog.apply_edit(id, parse_patch(R"({"disc": {"title": "T"}})"));
  catalog.commit_artifact(first, receipt(Stage::kRip, "/srv/1.mkv"), std::nullopt);
  const RequestId request = catalog.add_request({first}, Stage::kInsert, 0);
  try_step(first, Stage::kRip, Outcome::kFailed);
  const IntentId intent = intend(first);
  EXPECT_EQ(error_of([&] { catalog.forget_disc(id); }).kind(), ErrorKind::kBusy);
  catalog.drop_intent(intent);
  catalog.forget_disc(id);
  EXPECT_EQ(error_of([&] { catalog.load_disc(id); }).kind(), ErrorKind::kNotFound);
  EXPECT_TRUE(catalog.unfinished_requests().empty());
  EXPECT_TRUE(catalog.request_cancelled(request));
  EXPECT_EQ(catalog.history(id, std::nullopt, 1)[0].event, "forgotten");
  // Its ids are never given to another.
  const DiscId next = store(catalog, disc());
  EXPECT_GT(next, id);
  EXPECT_GT(catalog.load_disc(next).tracks[0].id, second);
  EXPECT_EQ(error_of([&] { catalog.forget_disc(id); }).kind(), ErrorKind::kNotFound);
}

TEST_F(FactsTest, Flags) {
  catalog.set_flag(id, ReprocessingType::kReTranscode);
  EXPECT_EQ(catalog.load_disc(id).disc.reprocessing->type, ReprocessingType::kReTranscode);
  catalog.set_flag(id, std::nullopt);
  EXPECT_FALSE(catalog.load_disc(id).disc.reprocessing);
  EXPECT_EQ(error_of([&] { catalog.set_flag({99}, std::nullopt); }).kind(), ErrorKind::kNotFound);
}

TEST_F(FactsTest, OthersCommitsAreNoticed) {
  const auto before = catalog.data_version();
  auto other = open();
  other.remember_folder({"/a", "b"});
  EXPECT_NE(catalog.data_version(), before);
}

}  // namespace
}  // namespace amphi::testing
