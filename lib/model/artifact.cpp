#include "amphi/artifact.hpp"

#include "model/json_reader.hpp"
#include "model/model_json.hpp"
#include "model/names.hpp"

namespace amphi {
namespace {

constexpr Names<Verdict, 7> kVerdicts{{{Verdict::kPending, "pending"},
                                       {Verdict::kDone, "done"},
                                       {Verdict::kMissing, "missing"},
                                       {Verdict::kChanged, "changed"},
                                       {Verdict::kUnverified, "unverified"},
                                       {Verdict::kUnreadable, "unreadable"},
                                       {Verdict::kRemoved, "removed"}}};
constexpr const char* kReceiptSchema = "amphi.receipt/1";

}  // namespace

std::string_view to_string(Verdict verdict) {
  return name_of(kVerdicts, verdict);
}
std::optional<Verdict> parse_verdict(std::string_view text) {
  return value_of(kVerdicts, text);
}

void to_json(nlohmann::json& out, const MediaFacts& facts) {
  out = {{"duration_seconds", facts.duration_seconds},
         {"video_streams", facts.video_streams},
         {"audio_streams", facts.audio_streams},
         {"subtitle_streams", facts.subtitle_streams},
         {"chapters", facts.chapters}};
}

void from_json(const nlohmann::json& in, MediaFacts& facts) {
  const JsonReader read(in, "media facts");
  read.need("duration_seconds", facts.duration_seconds);
  read.need("video_streams", facts.video_streams);
  read.need("audio_streams", facts.audio_streams);
  read.need("subtitle_streams", facts.subtitle_streams);
  read.need("chapters", facts.chapters);
}

void to_json(nlohmann::json& out, const Receipt& receipt) {
  out = {{"schema", kReceiptSchema},
         {"step_id", receipt.step_id},
         {"stage", to_string(receipt.stage)},
         {"fingerprint", receipt.fingerprint},
         {"reference", receipt.reference},
         {"root", receipt.root},
         {"path", receipt.path},
         {"size_bytes", receipt.size_bytes},
         {"mtime_ns", receipt.mtime_ns},
         {"inode", receipt.inode},
         {"sha256", json_or_null(receipt.sha256)},
         {"media", receipt.media},
         {"bad_sectors", receipt.bad_sectors},
         {"tool", receipt.tool},
         {"tool_version", receipt.tool_version},
         {"preset", receipt.preset},
         {"input_step_id", receipt.input_step_id},
         {"same_inode", receipt.same_inode},
         {"created_at", to_rfc3339(receipt.created_at)}};
}

void from_json(const nlohmann::json& in, Receipt& receipt) {
  const JsonReader read(in, "receipt");
  std::string schema;
  read.need("schema", schema);
  if (schema != kReceiptSchema) throw Error(ErrorKind::kUsage, "receipt: its schema is '" + schema + "'");
  read.need("step_id", receipt.step_id);
  read.need_word("stage", receipt.stage, parse_stage);
  read.need("fingerprint", receipt.fingerprint);
  read.need("reference", receipt.reference);
  read.need("root", receipt.root);
  read.need("path", receipt.path);
  read.need("size_bytes", receipt.size_bytes);
  read.need("mtime_ns", receipt.mtime_ns);
  read.take("inode", receipt.inode);
  read.take("sha256", receipt.sha256);
  read.need("media", receipt.media);
  read.take("bad_sectors", receipt.bad_sectors);
  read.need("tool", receipt.tool);
  read.take("tool_version", receipt.tool_version);
  read.take("preset", receipt.preset);
  read.take("input_step_id", receipt.input_step_id);
  read.take("same_inode", receipt.same_inode);
  read.need("created_at", receipt.created_at);
}

}  // namespace amphi
