#include "view.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "documents.hpp"
#include "views/disc_view.hpp"
#include "views/event_view.hpp"
#include "views/track_view.hpp"

namespace amphi::cmd {
namespace {

// The contract's field names, in its words.
const std::vector<std::string> kDiscFields{
    "id",          "fingerprint", "kind",    "volume_label",       "title",
    "year",        "imdb_id",     "tmdb_id", "media_type",         "show_name",
    "edition",     "notes",       "state",   "needs_reprocessing", "reprocessing_type",
    "track_count", "scanned_at",  "source",  "identifiers"};
const std::vector<std::string> kTrackFields{"id",
                                            "disc_id",
                                            "track_number",
                                            "reference",
                                            "track_type",
                                            "track_name",
                                            "edition",
                                            "language",
                                            "season",
                                            "episode",
                                            "episode_end",
                                            "duration_seconds",
                                            "size_bytes",
                                            "video_codec",
                                            "resolution",
                                            "chapter_count",
                                            "segment_map",
                                            "audio_tracks",
                                            "subtitle_tracks",
                                            "classification",
                                            "preset_name",
                                            "wanted",
                                            "ripped_path",
                                            "transcoded_path",
                                            "inserted_path",
                                            "ripped_exists",
                                            "transcoded_exists",
                                            "inserted_exists",
                                            "stages",
                                            "status",
                                            "selected",
                                            "resettable"};

Disc sample_disc() {
  Disc disc;
  disc.id = {7};
  disc.fingerprint = "dvd-a1b2c3d4e5";
  disc.volume_label = "SITA";
  disc.edits.title = "Sita \"Sings\"\n\xff";
  return disc;
}

TEST(View, DiscHasExactlyTheFieldsOfTheContractNullWhereUnknown) {
  const auto disc = sample_disc();
  const auto json = json_of(disc_view(), disc_row(disc, "ripped"));
  for (const auto& name : kDiscFields) EXPECT_TRUE(json.contains(name)) << name;
  EXPECT_EQ(json.size(), kDiscFields.size());
  EXPECT_TRUE(json["year"].is_null());
  EXPECT_TRUE(json["reprocessing_type"].is_null());
  EXPECT_EQ(json["needs_reprocessing"], false);
  EXPECT_NO_THROW(Json::parse(dump(json)));  // bad bytes in a title do not break a document
}

TrackReport sample_report() {
  TrackReport report;
  auto& rip = report.snapshot.stages[Stage::kRip];
  rip.verdict = Verdict::kMissing;
  rip.receipt = Receipt{};
  rip.receipt->path = "/srv/ripped/x.mkv";
  report.snapshot.stages[Stage::kInsert].verdict = Verdict::kUnreadable;
  return report;
}

TEST(View, TrackHasExactlyTheFieldsOfTheContract) {
  Track track;
  track.scanned.duration_seconds = std::numeric_limits<double>::quiet_NaN();
  const auto report = sample_report();
  const auto json = json_of(track_view(), TrackRow{&track, &report});
  for (const auto& name : kTrackFields) EXPECT_TRUE(json.contains(name)) << name;
  EXPECT_EQ(json.size(), kTrackFields.size());
  EXPECT_TRUE(json["duration_seconds"].is_null());  // numbers are finite or null
  EXPECT_EQ(json["ripped_exists"], false);
  EXPECT_EQ(json["ripped_path"], "/srv/ripped/x.mkv");
  EXPECT_TRUE(json["inserted_exists"].is_null());  // could not be looked at
  EXPECT_EQ(json["stages"]["rip"]["state"], "missing");
  EXPECT_EQ(json["stages"].size(), kStages.size());
}

TEST(View, AnEventHasEveryFieldNullWhereItDoesNotApply) {
  ProcessEvent event;
  event.type = ProcessEvent::Type::kProgress;
  event.step = PlannedStep{};
  event.step->track_id = {3};
  event.report = StepEvent{};
  event.report->progress.fraction = std::numeric_limits<double>::infinity();
  const auto json = json_of(event_view(), event);
  EXPECT_EQ(json["event"], "progress");
  EXPECT_EQ(json["track_id"], 3);
  EXPECT_EQ(json["stage"], "rip");
  EXPECT_TRUE(json["fraction"].is_null());
  EXPECT_TRUE(json["done"].is_null());
  EXPECT_EQ(json.size(), event_view().info().fields.size());
}

// Every value against the type that the schema gives it: what both say comes from one line of the view.
void expect_fits(const Json& value, const Json& property, const Json& definitions, const std::string& where) {
  if (property.contains("anyOf")) {
    if (value.is_null()) return;
    return expect_fits(value, property["anyOf"][0], definitions, where);
  }
  if (property.contains("$ref")) {
    const auto name = property["$ref"].get<std::string>().substr(std::string("#/$defs/").size());
    const auto& definition = definitions[name];
    ASSERT_EQ(value.size(), definition["properties"].size()) << where;
    for (const auto& [key, inner] : definition["properties"].items()) {
      ASSERT_TRUE(value.contains(key)) << where << "." << key;
      expect_fits(value[key], inner, definitions, where + "." + key);
    }
    return;
  }
  if (!property.contains("type")) return;
  const auto types = property["type"].is_array() ? property["type"] : Json::array({property["type"]});
  const std::string actual = value.is_null()             ? "null"
                             : value.is_boolean()        ? "boolean"
                             : value.is_number_integer() ? "integer"
                             : value.is_number()         ? "number"
                             : value.is_string()         ? "string"
                             : value.is_array()          ? "array"
                                                         : "object";
  const bool fits = std::any_of(types.begin(), types.end(), [&](const Json& type) {
    return type == actual || (type == "number" && actual == "integer");
  });
  EXPECT_TRUE(fits) << where << " is " << actual << ", the schema says " << types;
  if (property.contains("enum")) {
    EXPECT_NE(std::find(property["enum"].begin(), property["enum"].end(), value), property["enum"].end())
        << where << value;
  }
  if (actual == "array") {
    for (const auto& item : value) expect_fits(item, property["items"], definitions, where + "[]");
  }
}

TEST(Schema, DocumentsFitTheirSchemas) {
  auto disc = sample_disc();
  disc.identifiers = {{"dvd-disc-id", "45E5"}};
  Track track;
  track.scanned.audio = {AudioStream{}};
  track.scanned.subtitles = {SubtitleStream{}};
  const auto report = sample_report();
  for (const auto* document : all_documents()) {
    const auto schema = schema_of(*document);
    EXPECT_EQ(schema["title"], document->schema);
    const auto definitions = schema.value("$defs", Json::object());
    if (definitions.contains("disc")) {
      expect_fits(json_of(disc_view(), disc_row(disc, "ripped")), {{"$ref", "#/$defs/disc"}}, definitions, "disc");
    }
    if (definitions.contains("track")) {
      expect_fits(json_of(track_view(), TrackRow{&track, &report}), {{"$ref", "#/$defs/track"}}, definitions, "track");
    }
    for (const auto& part : document->parts) EXPECT_TRUE(schema["properties"].contains(std::string(part.name)));
  }
}

TEST(Schema, AbsentPartsAreAllowedToBeNullAndWordsAreListed) {
  const auto schema = schema_of(process_document());
  EXPECT_FALSE(schema["properties"].contains("schema"));  // lines carry no frame
  EXPECT_EQ(schema["properties"]["event"]["enum"].size(), 6U);
  EXPECT_EQ(schema["properties"]["stage"]["type"], Json::array({"string", "null"}));
  EXPECT_TRUE(schema["properties"]["stage"]["enum"].back().is_null());
}

TEST(Columns, AreChosenByNameAndMistakesAreMet) {
  EXPECT_EQ(chosen_columns(disc_info(), {"title", "id"}).size(), 2U);
  EXPECT_GT(chosen_columns(disc_info(), {}).size(), 4U);
  try {
    chosen_columns(disc_info(), {"titel"});
    FAIL() << "an unknown column was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_EQ(error.hint(), "did you mean title?");
  }
  EXPECT_THROW(chosen_columns(disc_info(), {"identifiers"}), Error);  // a JSON field only
}

}  // namespace
}  // namespace amphi::cmd
