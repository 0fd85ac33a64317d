// The rules of the plan, one by one.
#include <gtest/gtest.h>

#include "snapshots.hpp"

namespace amphi {
namespace {

using snapshots::find;
using snapshots::kChanged;
using snapshots::kDone;
using snapshots::kInsert;
using snapshots::kMissing;
using snapshots::kPending;
using snapshots::kRemoved;
using snapshots::kResume;
using snapshots::kRip;
using snapshots::kTranscode;
using snapshots::kUnreadable;
using snapshots::kUnverified;
using snapshots::plan_of;
using snapshots::signature;
using snapshots::track;

std::string reason(const Plan& plan, Stage stage) {
  const auto* step = find(plan, 1, stage);
  return step ? step->reason : "no such step";
}

TEST(Rules, LookedAtFromTheEnd) {
  EXPECT_EQ(signature(plan_of(track(1, {kPending, kPending, kPending}))), "rip ready, transcode after, insert after");
  EXPECT_EQ(signature(plan_of(track(1, {kDone, kPending, kPending}))), "transcode ready, insert after");
  EXPECT_EQ(signature(plan_of(track(1, {kDone, kDone, kPending}))), "insert ready");
  EXPECT_EQ(signature(plan_of(track(1, {kDone, kDone, kDone}))), "");
  EXPECT_EQ(signature(plan_of(track(1, {kPending, kDone, kPending}))), "insert ready");
  EXPECT_EQ(signature(plan_of(track(1, {kPending, kPending, kDone}))), "");
  EXPECT_EQ(signature(plan_of(track(1, {kMissing, kMissing, kDone}))), "");
  EXPECT_TRUE(plan_of(track(1, {kDone, kDone, kDone})).finished());
}

TEST(Rules, UntilAStage) {
  EXPECT_EQ(signature(plan_of(track(1), kRip)), "rip ready");
  EXPECT_EQ(signature(plan_of(track(1), kTranscode)), "rip ready, transcode after");
  EXPECT_EQ(signature(plan_of(track(1, {kDone, kPending, kPending}), kRip)), "");
  EXPECT_EQ(signature(plan_of(track(1, {kMissing, kDone, kDone}), kRip)), "rip ready");
}

TEST(Rules, WhatAStepCarries) {
  const auto plan = plan_of(track(1));
  ASSERT_EQ(plan.steps.size(), 3U);
  const auto &rip = plan.steps[0], &transcode = plan.steps[1], &insert = plan.steps[2];
  EXPECT_EQ(rip.input, "/dev/sr0");
  EXPECT_EQ(rip.output, "/srv/rip/disc/1.mkv");
  EXPECT_EQ(rip.tool->name, "libdvdread");
  EXPECT_EQ(rip.reason, "nothing ripped yet");
  EXPECT_EQ(rip.reference, "dvd:1");
  EXPECT_EQ(rip.track_id, TrackId{101});
  EXPECT_EQ(rip.disc_id, DiscId{1});
  EXPECT_EQ(rip.action, Action::kMake);
  EXPECT_FALSE(rip.replaces);
  EXPECT_TRUE(rip.after.empty());
  EXPECT_EQ(transcode.input, rip.output);
  EXPECT_EQ(transcode.output, "/srv/transcode/disc/1.mkv");
  EXPECT_EQ(transcode.tool->name, "handbrake");
  EXPECT_EQ(transcode.reason, "not transcoded yet");
  EXPECT_EQ(transcode.after, std::vector<std::string>{rip.id});
  EXPECT_EQ(insert.input, transcode.output);
  EXPECT_EQ(insert.output, "/srv/insert/disc/1.mkv");
  EXPECT_EQ(insert.tool->name, "link");
  EXPECT_EQ(insert.reason, "not in the library yet");
  EXPECT_EQ(insert.after, std::vector<std::string>{transcode.id});
}

TEST(Rules, InputIsTheArtifactThatStands) {
  auto moved = track(1, {kDone, kPending, kPending});
  moved.stages[kRip].receipt->path = "/elsewhere/rip.mkv";
  EXPECT_EQ(find(plan_of(moved), 1, kTranscode)->input, "/elsewhere/rip.mkv");
}

TEST(Rules, MissingCountsAsNotThere) {
  const auto plan = plan_of(track(1, {kDone, kMissing, kMissing}));
  EXPECT_EQ(signature(plan), "transcode ready, insert after");
  EXPECT_EQ(reason(plan, kTranscode), "transcode missing: /srv/transcode/disc/1.mkv");
  EXPECT_EQ(reason(plan, kInsert), "library file missing: /srv/insert/disc/1.mkv");
  EXPECT_EQ(reason(plan_of(track(1, {kMissing, kMissing, kPending})), kRip), "rip missing: /srv/rip/disc/1.mkv");
}

TEST(Rules, ChangedBlocksWhatWouldOverwriteIt) {
  auto changed = track(1, {kDone, kChanged, kPending});
  changed.stages[kTranscode].seen = Observation{};
  changed.stages[kTranscode].seen->size_bytes = 1001;
  const auto plan = plan_of(changed);
  EXPECT_EQ(signature(plan), "transcode blocked, insert after");
  EXPECT_EQ(
      reason(plan, kTranscode),
      "the transcode changed since it was recorded (1001 bytes, 1000 recorded): /srv/transcode/disc/1.mkv; settle "
      "it with track adopt or track reset");
  EXPECT_EQ(signature(plan_of(track(1, {kChanged, kPending, kPending}))), "rip blocked, transcode after, insert after");
  EXPECT_EQ(signature(plan_of(track(1, {kDone, kDone, kChanged}))), "insert blocked");
  EXPECT_EQ(signature(plan_of(track(1, {kPending, kPending, kChanged}))), "insert blocked");
  EXPECT_EQ(signature(plan_of(track(1, {kChanged, kDone, kPending}))), "insert ready");
  changed.stages[kTranscode].seen->size_bytes = 1000;
  EXPECT_EQ(reason(plan_of(changed), kTranscode).find("bytes"), std::string::npos) << "sizes agree";
}

TEST(Rules, UnverifiedIsAdopted) {
  const auto plan = plan_of(track(1, {kUnverified, kPending, kPending}));
  EXPECT_EQ(signature(plan), "adopt rip ready, transcode after, insert after");
  const auto* adopt = find(plan, 1, kRip);
  EXPECT_EQ(adopt->tool->name, "probe");
  EXPECT_EQ(adopt->input, "/srv/rip/disc/1.mkv");
  EXPECT_EQ(adopt->output, "/srv/rip/disc/1.mkv");
  EXPECT_EQ(adopt->reason, "rip has no receipt: /srv/rip/disc/1.mkv; probed, and taken over where it holds");
  EXPECT_EQ(signature(plan_of(track(1, {kPending, kPending, kUnverified}))), "adopt insert ready");
}

TEST(Rules, AdoptionTakesTheRecordedFile) {
  auto imported = track(1, {kPending, kPending, kUnverified});
  imported.stages[kInsert].receipt->path = "/old/library/Alien.mkv";
  const auto plan = plan_of(imported);
  EXPECT_EQ(plan.steps[0].output, "/old/library/Alien.mkv");
  EXPECT_EQ(plan.steps[0].input, "/old/library/Alien.mkv");
}

TEST(Rules, AFileInTheWayIsAdoptedNotOverwritten) {
  for (const auto verdict : {kPending, kMissing, kRemoved}) {
    auto occupied = track(1, {kDone, kDone, verdict});
    occupied.stages[kInsert].foreign_file = true;
    const auto plan = plan_of(occupied);
    EXPECT_EQ(signature(plan), "adopt insert ready");
    EXPECT_EQ(reason(plan, kInsert),
              "/srv/insert/disc/1.mkv is there, but nothing is recorded of it: probed, and taken over where it holds");
  }
  auto done = track(1, {kDone, kDone, kDone});
  done.stages[kInsert].foreign_file = true;
  EXPECT_EQ(signature(plan_of(done)), "");
}

TEST(Rules, UnreadableWaits) {
  const auto plan = plan_of(track(1, {kDone, kUnreadable, kPending}));
  EXPECT_EQ(signature(plan), "transcode waiting, insert after");
  EXPECT_EQ(reason(plan, kTranscode),
            "the transcode cannot be looked at: /srv/transcode/disc/1.mkv: Permission denied");
  EXPECT_EQ(signature(plan_of(track(1, {kPending, kPending, kUnreadable}))), "insert waiting");
  auto unmounted = track(1, {kDone, kDone, kUnreadable});
  unmounted.stages[kInsert].seen.reset();
  EXPECT_EQ(reason(plan_of(unmounted), kInsert),
            "the library file cannot be looked at: /srv/insert/disc/1.mkv: its folder is not mounted or not readable");
  unmounted.stages[kInsert].waiting = "/srv/media is not mounted";
  EXPECT_EQ(reason(plan_of(unmounted), kInsert),
            "the library file cannot be looked at: /srv/insert/disc/1.mkv: /srv/media is not mounted");
}

TEST(Rules, RemovedStaysRemovedWhileALaterStageIsDone) {
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kRemoved, kDone}))), "");
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kDone, kPending}), kRip)), "");
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kRemoved, kDone}), kRip)), "");
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kRemoved, kDone}), kTranscode)), "");
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kRemoved, kUnreadable}), kTranscode)), "")
      << "a library that is not mounted still holds the result";
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kDone, kPending}))), "insert ready");
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kPending, kDone}), kTranscode)), "rip ready, transcode after")
      << "what was cleaned up is no input";
  const auto again = plan_of(track(1, {kRemoved, kRemoved, kMissing}));
  EXPECT_EQ(signature(again), "rip ready, transcode after, insert after");
  EXPECT_EQ(reason(again, kRip), "rip was cleaned up and is needed again");
}

TEST(Rules, StaleIsMadeAgainAndReplacesByExchange) {
  auto flagged = track(1, {kDone, kDone, kDone});
  for (const Stage stage : kStages) flagged.stages[stage].stale = true;
  const auto plan = plan_of(flagged);
  EXPECT_EQ(signature(plan), "rip ready, transcode after, insert after");
  for (const auto& step : plan.steps) EXPECT_TRUE(step.replaces);
  EXPECT_EQ(reason(plan, kRip), "flagged for reprocessing: the rip is older than the flag");
  flagged.stages[kRip].stale = false;
  EXPECT_EQ(signature(plan_of(flagged)), "transcode ready, insert after");
  flagged.stages[kTranscode].stale = false;
  EXPECT_EQ(signature(plan_of(flagged)), "insert ready");
  flagged.stages[kInsert].stale = false;
  EXPECT_EQ(signature(plan_of(flagged)), "");
}

TEST(Rules, StaleMisplacedFilesAreReplacedWhereTheyLie) {
  auto flagged = track(1, {kDone, kDone, kDone});
  flagged.stages[kInsert].stale = flagged.stages[kInsert].misplaced = true;
  flagged.stages[kInsert].receipt->path = "/srv/insert/Old Title/Old Title.mkv";
  EXPECT_EQ(plan_of(flagged).steps[0].output, "/srv/insert/Old Title/Old Title.mkv");
}

TEST(Rules, StaleAndGoneIsMadeWhereItBelongsNow) {
  auto flagged = track(1, {kDone, kMissing, kPending});
  flagged.stages[kTranscode].stale = true;
  flagged.stages[kTranscode].receipt->path = "/old/place.mkv";
  const auto plan = plan_of(flagged);
  EXPECT_EQ(signature(plan), "transcode ready, insert after");
  EXPECT_FALSE(plan.steps[0].replaces);
  EXPECT_EQ(plan.steps[0].output, "/srv/transcode/disc/1.mkv");
}

TEST(Rules, AFlagNeverOverwritesWhatWasNotEarned) {
  auto unverified = track(1, {kDone, kUnverified, kPending});
  unverified.stages[kTranscode].stale = true;
  EXPECT_EQ(signature(plan_of(unverified)), "transcode blocked, insert after");
  EXPECT_NE(reason(plan_of(unverified), kTranscode).find("never verified: /srv/transcode/disc/1.mkv"),
            std::string::npos);
  auto occupied = track(1, {kDone, kMissing, kPending});
  occupied.stages[kTranscode].stale = occupied.stages[kTranscode].foreign_file = true;
  EXPECT_EQ(signature(plan_of(occupied)), "transcode blocked, insert after");
  EXPECT_NE(reason(plan_of(occupied), kTranscode).find("in the way: /srv/transcode/disc/1.mkv"), std::string::npos);
  auto changed = track(1, {kDone, kDone, kChanged});
  changed.stages[kInsert].stale = true;
  EXPECT_EQ(signature(plan_of(changed)), "insert blocked");
}

TEST(Rules, MisplacedStaysAndIsNoted) {
  auto misplaced = track(1, {kDone, kDone, kDone});
  misplaced.stages[kInsert].misplaced = true;
  const auto plan = plan_of(misplaced);
  EXPECT_EQ(signature(plan), "");
  EXPECT_EQ(plan.notes,
            std::vector<std::string>{"dvd-a1b2c3d:1: titles changed since it was inserted; the file stays at "
                                     "/srv/insert/disc/1.mkv"});
}

TEST(Rules, CopyTakesTheRip) {
  auto copied = track(1);
  copied.preset = "copy";
  const auto plan = plan_of(copied);
  EXPECT_EQ(signature(plan), "rip ready, insert after");
  EXPECT_EQ(plan.steps[1].input, "/srv/rip/disc/1.mkv");
  EXPECT_EQ(plan.steps[1].after, std::vector<std::string>{plan.steps[0].id});
  EXPECT_EQ(signature(plan_of(copied, kTranscode)), "rip ready");
  snapshots::set(copied, kRip, kDone);
  EXPECT_EQ(signature(plan_of(copied)), "insert ready");
  EXPECT_EQ(plan_of(copied).steps[0].input, "/srv/rip/disc/1.mkv");
  copied.preset_trouble = "no such preset";
  EXPECT_EQ(signature(plan_of(copied)), "insert ready");
}

TEST(Rules, CopyDoesNotUndoATranscodeThatIsDone) {
  auto copied = track(1, {kDone, kDone, kPending});
  copied.preset = "copy";
  const auto plan = plan_of(copied);
  EXPECT_EQ(signature(plan), "insert ready");
  EXPECT_EQ(plan.steps[0].input, "/srv/transcode/disc/1.mkv");
  EXPECT_EQ(plan.notes.size(), 1U);
  copied.stages[kTranscode].stale = true;
  EXPECT_EQ(plan_of(copied).steps[0].input, "/srv/rip/disc/1.mkv");
  snapshots::set(copied, kTranscode, kChanged);
  EXPECT_EQ(signature(plan_of(copied)), "insert ready") << "nothing would overwrite it";
}

TEST(Rules, AChangedPresetIsNotedAndUndoesNothing) {
  auto other = track(1, {kDone, kDone, kDone});
  other.preset = "Slow";
  auto plan = plan_of(other);
  EXPECT_EQ(signature(plan), "");
  EXPECT_EQ(plan.notes,
            std::vector<std::string>{"dvd-a1b2c3d:1: preset is now Slow; the transcode made with Fast 576p25 stays"});
  EXPECT_TRUE(plan_of(track(1, {kDone, kDone, kDone})).notes.empty());
  other.stages[kTranscode].receipt->preset = "";
  EXPECT_TRUE(plan_of(other).notes.empty()) << "nobody knows what it was made with";
  auto missing = track(1, {kDone, kMissing, kPending});
  missing.preset = "Slow";
  EXPECT_TRUE(plan_of(missing).notes.empty()) << "it is made anew";
}

TEST(Rules, AnUnusablePresetBlocksTheTranscodeOnly) {
  auto odd = track(1);
  odd.preset = "Slowww";
  odd.preset_trouble = "HandBrake knows no such preset";
  const auto plan = plan_of(odd);
  EXPECT_EQ(signature(plan), "rip ready, transcode blocked, insert after");
  EXPECT_EQ(reason(plan, kTranscode), "preset \"Slowww\": HandBrake knows no such preset");
  snapshots::set(odd, kTranscode, kUnverified);
  EXPECT_EQ(signature(plan_of(odd)), "adopt transcode ready, insert after") << "adopting needs no preset";
}

TEST(Rules, WithoutTheDiscTheRipWaits) {
  auto away = track(1);
  away.source = "";
  auto plan = plan_of(away);
  EXPECT_EQ(signature(plan), "rip waiting, transcode after, insert after");
  EXPECT_EQ(reason(plan, kRip),
            "waits for the disc \"Alien\" (dvd-a1b2c3d): it is in no drive and no image of it is there");
  away.source_trouble = "the image /x.iso is gone";
  EXPECT_EQ(reason(plan_of(away), kRip), "waits for the disc \"Alien\" (dvd-a1b2c3d): the image /x.iso is gone");
  away.disc_name = "";
  EXPECT_EQ(reason(plan_of(away), kRip), "waits for the disc (dvd-a1b2c3d): the image /x.iso is gone");
  snapshots::set(away, kRip, kDone);
  EXPECT_EQ(signature(plan_of(away)), "transcode ready, insert after") << "the rest goes on";
  snapshots::set(away, kRip, kUnverified);
  EXPECT_EQ(signature(plan_of(away)), "adopt rip ready, transcode after, insert after");
}

TEST(Rules, AStageWithoutAPlaceWaits) {
  auto unset = track(1);
  unset.stages[kInsert].waiting = "library.movies is not set";
  const auto plan = plan_of(unset);
  EXPECT_EQ(signature(plan), "rip ready, transcode after, insert waiting");
  EXPECT_EQ(reason(plan, kInsert), "library.movies is not set");
  auto lost = track(1);
  lost.stages[kInsert].output_relative = "";
  EXPECT_EQ(reason(plan_of(lost), kInsert), "where it would be written is not known");
  EXPECT_EQ(find(plan_of(lost), 1, kInsert)->output, "");
}

TEST(Rules, HeldTracksWait) {
  auto held = track(1, {kDone, kPending, kPending});
  held.held_by = "pid 4711 since 12:00";
  const auto plan = plan_of(held);
  EXPECT_EQ(signature(plan), "transcode waiting, insert waiting");
  EXPECT_EQ(reason(plan, kTranscode), "another amphi works on this track: pid 4711 since 12:00");
}

TEST(Rules, ResumingDoesNotMakeAgainWhatAUserDeleted) {
  const auto deleted = track(1, {kDone, kDone, kMissing});
  const auto plan = plan_of(deleted, kInsert, kResume);
  EXPECT_EQ(signature(plan), "");
  EXPECT_EQ(plan.notes, std::vector<std::string>{"dvd-a1b2c3d:1: the library file was deleted after it was finished "
                                                 "(/srv/insert/disc/1.mkv); ask for the track to make it again"});
  EXPECT_EQ(signature(plan_of(deleted)), "insert ready");
  EXPECT_TRUE(plan_of(deleted).notes.empty());
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kRemoved, kRemoved}), kInsert, kResume)), "");
  EXPECT_EQ(signature(plan_of(track(1, {kMissing, kPending, kPending}), kRip, kResume)), "");
}

TEST(Rules, ResumingMakesWhatAnUnfinishedTrackNeeds) {
  EXPECT_EQ(signature(plan_of(track(1, {kDone, kMissing, kPending}), kInsert, kResume)),
            "transcode ready, insert after");
  EXPECT_EQ(signature(plan_of(track(1), kInsert, kResume)), "rip ready, transcode after, insert after");
  EXPECT_EQ(signature(plan_of(track(1, {kRemoved, kDone, kPending}), kRip, kResume)), "");
  EXPECT_TRUE(plan_of(track(1, {kRemoved, kDone, kPending}), kRip, kResume).notes.empty());
}

TEST(Rules, ResumingGoesOnWithReprocessingAndAdoption) {
  auto flagged = track(1, {kDone, kDone, kMissing});
  flagged.stages[kInsert].stale = true;
  EXPECT_EQ(signature(plan_of(flagged, kInsert, kResume)), "insert ready");
  auto occupied = track(1, {kDone, kDone, kMissing});
  occupied.stages[kInsert].foreign_file = true;
  EXPECT_EQ(signature(plan_of(occupied, kInsert, kResume)), "adopt insert ready");
}

TEST(Rules, VanishedTracksGoOnFromTheirRip) {
  auto vanished = track(1);
  vanished.vanished = true;
  const auto plan = plan_of(vanished);
  EXPECT_EQ(signature(plan), "");
  EXPECT_EQ(plan.notes,
            std::vector<std::string>{
                "dvd-a1b2c3d:1: is no longer on the disc, and no rip of it stands: nothing to make it from"});
  snapshots::set(vanished, kRip, kDone);
  EXPECT_EQ(signature(plan_of(vanished)), "transcode ready, insert after");
  EXPECT_TRUE(plan_of(vanished).notes.empty());
  snapshots::set(vanished, kRip, kUnverified);
  EXPECT_EQ(signature(plan_of(vanished)), "adopt rip ready, transcode after, insert after");
  snapshots::set(vanished, kRip, kUnreadable);
  EXPECT_EQ(signature(plan_of(vanished)), "rip waiting, transcode after, insert after");
  snapshots::set(vanished, kRip, kChanged);
  EXPECT_EQ(signature(plan_of(vanished)), "rip blocked, transcode after, insert after");
}

TEST(Rules, AnUnwantedTrackThatWasAskedForIsPlanned) {
  auto decoy = track(1);
  decoy.wanted = false;
  EXPECT_EQ(signature(plan_of(decoy)), "rip ready, transcode after, insert after");
}

}  // namespace
}  // namespace amphi
