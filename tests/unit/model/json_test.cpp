#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "amphi/disc.hpp"
#include "amphi/error.hpp"
#include "amphi/step.hpp"
#include "model/model_json.hpp"

namespace amphi {
namespace {

Receipt a_receipt() {
  Receipt receipt;
  receipt.step_id = "0123456789abcdef";
  receipt.stage = Stage::kTranscode;
  receipt.fingerprint = "dvd-" + std::string(64, 'a');
  receipt.reference = "dvd:1";
  receipt.root = "/srv/t";
  receipt.path = "/srv/t/X-dvd-aaaaaaa/dvd-1.mkv";
  receipt.size_bytes = 5'000'000'000;
  receipt.mtime_ns = 1'700'000'000'123'456'789;
  receipt.inode = 77;
  receipt.sha256 = std::string(64, 'b');
  receipt.media = {90.02, 1, 2, 1, 12};
  receipt.bad_sectors = 3;
  receipt.tool = "handbrake";
  receipt.tool_version = "1.6.1";
  receipt.preset = "Very Fast 576p25";
  receipt.input_step_id = "fedcba9876543210";
  receipt.same_inode = {"/srv/m/X.mkv"};
  receipt.created_at = Timestamp{1'700'000'000'123'000'000};
  return receipt;
}

TEST(ReceiptJson, KeepsEveryField) {
  const auto receipt = a_receipt();
  EXPECT_EQ(nlohmann::json(receipt).get<Receipt>(), receipt);
}

TEST(ReceiptJson, RefusesAnotherSchemaAMissingFieldAndAWrongType) {
  auto json = nlohmann::json(a_receipt());
  for (const auto* field : {"schema", "step_id", "stage", "root", "path", "size_bytes", "mtime_ns", "media"}) {
    auto without = json;
    without.erase(field);
    EXPECT_THROW(without.get<Receipt>(), Error) << field;
    auto odd = json;
    odd[field] = nlohmann::json::array();
    EXPECT_THROW(odd.get<Receipt>(), Error) << field;
  }
  json["schema"] = "amphi.receipt/2";
  EXPECT_THROW(json.get<Receipt>(), Error);
}

TEST(ReceiptJson, RefusesASizeThatIsNoWholeNumber) {
  auto json = nlohmann::json(a_receipt());
  json["size_bytes"] = 12.5;
  EXPECT_THROW(json.get<Receipt>(), Error);
}

TEST(ReceiptJson, RefusesANumberThatDoesNotFit) {
  auto json = nlohmann::json(a_receipt());
  for (const auto& odd : {nlohmann::json(4'294'967'297), nlohmann::json(-4'294'967'297), nlohmann::json(UINT64_MAX)}) {
    json["media"]["chapters"] = odd;
    EXPECT_THROW(json.get<Receipt>(), Error) << odd;
  }
  json["media"]["chapters"] = 1;
  json["inode"] = UINT64_MAX;
  EXPECT_EQ(json.get<Receipt>().inode, UINT64_MAX);
  json["inode"] = -1;
  EXPECT_THROW(json.get<Receipt>(), Error);
}

TEST(SpecJson, DeepNestingIsRefusedAndNotFollowed) {
  auto json = nlohmann::json(StepSpec{});
  json["output"] = nlohmann::json::parse(std::string(200'000, '[') + std::string(200'000, ']'));
  EXPECT_THROW(json.get<StepSpec>(), Error);
}

TEST(SpecJson, KeepsWhatAStepNeeds) {
  StepSpec spec;
  spec.id = "0123456789abcdef";
  spec.stage = Stage::kInsert;
  spec.fingerprint = "dvd-ff";
  spec.reference = "dvd:2";
  spec.tool = "link";
  spec.input = "/srv/t/a.mkv";
  spec.input_receipt = a_receipt();
  spec.output = {"/srv/m", "marker", "A (2001)/A (2001).mkv", "A (2001)/.A.amphi-part", "", a_receipt(), 0664, "media"};
  spec.expected = {90.5, 1, 2, 1, 12};
  spec.track.number = 2;
  spec.track.reference = "dvd:2";
  spec.track.resolution = Resolution{720, 576};
  spec.track.audio = {{0, "dts", "DTS-HD MA", "eng", 2, 48000, "", {true, false, false, false, false}, 0x80}};
  spec.tags = {{"TITLE", "A \"quoted\" title"}};
  spec.source = Source{SourceKind::kFolder, "/discs/a"};
  spec.log_path = "/x.log";
  const auto again = nlohmann::json(spec).get<StepSpec>();
  EXPECT_EQ(again.track, spec.track);
  EXPECT_EQ(again.tags, spec.tags);
  EXPECT_EQ(again.source, spec.source);
  EXPECT_EQ(again.input_receipt, spec.input_receipt);
  EXPECT_EQ(again.output.mode, spec.output.mode);
  EXPECT_EQ(again.output.group, spec.output.group);
  EXPECT_EQ(again.output.replaces, spec.output.replaces);
  EXPECT_EQ(nlohmann::json(again), nlohmann::json(spec));
}

TEST(Fingerprint, ShortFormIsKindAndSevenDigits) {
  EXPECT_EQ(short_fingerprint("dvd-a1b2c3d4e5f6"), "dvd-a1b2c3d");
  EXPECT_EQ(short_fingerprint("a1b2c3d4e5"), "a1b2c3d");
}

TEST(Track, DecoysDuplicatesAndPlayAllAreNotWantedUnlessSaid) {
  for (const auto type : all_track_types()) {
    Track track;
    track.classification.type = type;
    const bool left_out = type == TrackType::kDecoy || type == TrackType::kDuplicate || type == TrackType::kPlayAll;
    EXPECT_EQ(track.wanted(), !left_out) << to_string(type);
    track.edits.wanted = left_out;
    EXPECT_EQ(track.wanted(), left_out) << to_string(type);
    EXPECT_EQ(parse_track_type(to_string(type)), type);
  }
}

}  // namespace
}  // namespace amphi
