#include "amphi/artifact.hpp"

#include "model/json_fields.hpp"
#include "model/json_reader.hpp"
#include "model/model_json.hpp"
#include "model/names.hpp"
#include "model/receipt_fields.hpp"

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
  out = nlohmann::json::object();
  write_fields(out, facts);
}

void from_json(const nlohmann::json& in, MediaFacts& facts) {
  read_fields(JsonReader(in, "media facts"), facts);
}

void to_json(nlohmann::json& out, const Receipt& receipt) {
  out = {{"schema", kReceiptSchema}};
  write_fields(out, receipt);
}

void from_json(const nlohmann::json& in, Receipt& receipt) {
  const JsonReader read(in, "receipt");
  std::string schema;
  read.need("schema", schema);
  if (schema != kReceiptSchema) throw Error(ErrorKind::kUsage, "receipt: its schema is '" + schema + "'");
  read_fields(read, receipt);
}

}  // namespace amphi
