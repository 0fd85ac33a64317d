#include "tools/handbrake_progress.hpp"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace amphi {
namespace {

using nlohmann::json;

constexpr double kScanShare = 0.1;   // of the run, for a subtitle scan: it decodes and does not encode
constexpr double kScanPhase = 0.01;  // looking at the input, before any pass
constexpr int kSubtitleScan = -1;    // PassID

// A number of the block, `otherwise` where it is not there or is none.
double number(const json& object, const char* field, double otherwise) {
  const auto found = object.find(field);
  if (found == object.end() || !found->is_number()) return otherwise;
  const auto value = found->get<double>();
  return std::isfinite(value) ? value : otherwise;
}

int whole(const json& object, const char* field, int otherwise) {
  return static_cast<int>(std::clamp(number(object, field, otherwise), -1e6, 1e6));
}

struct Passes {
  int pass = 1, count = 1;
  bool scanned = false;  // the first of them is the subtitle scan
  bool encoding() const { return !scanned || pass > 1; }
  // The share of the run that lies before this pass, and its own.
  double before() const { return scanned ? (pass > 1 ? kScanShare + share() * (pass - 2) : 0) : share() * (pass - 1); }
  double share() const {
    if (!scanned) return 1.0 / count;
    return pass == 1 ? kScanShare : (1 - kScanShare) / std::max(1, count - 1);
  }
};

// HandBrake counts the seconds of the pass it is in; the passes to come take as long as this one.
std::optional<double> remaining(const json& working, const Passes& passes, double progress) {
  const double eta = number(working, "ETASeconds", -1);
  const bool known = eta > 0 && whole(working, "Hours", -1) >= 0 && progress > 0;
  if (!passes.encoding() || !known) return std::nullopt;
  const int to_come = passes.count - passes.pass;
  if (to_come > 0 && progress > 0.99) return std::nullopt;
  return to_come == 0 ? eta : eta + to_come * eta / (1 - progress);
}

}  // namespace

std::optional<JsonBlocks::Block> JsonBlocks::take(std::string_view line) {
  if (!inside_) {
    const auto brace = line.find(": {");
    if (brace == std::string_view::npos || line.back() != '{' || brace + 3 != line.size()) return std::nullopt;
    open_ = {std::string(line.substr(0, brace)), "{"};
    inside_ = true;
    return std::nullopt;
  }
  open_.body.append("\n").append(line);
  inside_ = line != "}" && open_.body.size() < kLongest;
  if (line != "}") return std::nullopt;
  return std::move(open_);
}

std::optional<Progress> HandbrakeProgress::take(std::string_view line) {
  const auto block = blocks_.take(line);
  if (!block) return std::nullopt;
  if (block->label == "Progress") return take_progress(block->body);
  if (block->label == "Version") {
    const auto body = json::parse(block->body, nullptr, /*allow_exceptions=*/false);
    if (body.is_object() && body.contains("VersionString") && body["VersionString"].is_string()) {
      version_ = body["VersionString"].get<std::string>();
    }
  }
  return std::nullopt;
}

std::optional<Progress> HandbrakeProgress::take_progress(const std::string& body) {
  const auto parsed = json::parse(body, nullptr, /*allow_exceptions=*/false);
  if (!parsed.is_object() || !parsed.contains("State") || !parsed["State"].is_string()) return std::nullopt;
  const auto state = parsed["State"].get<std::string>();
  const auto part = [&](const char* name) {
    const auto found = parsed.find(name);
    return found != parsed.end() && found->is_object() ? *found : json::object();
  };
  Progress out;
  out.phase = Phase::kEncode;
  if (state == "SCANNING") {
    out.phase = Phase::kScan;
    fraction_ = std::max(fraction_, kScanPhase * std::clamp(number(part("Scanning"), "Progress", 0), 0.0, 1.0));
  } else if (state == "WORKING") {
    const auto working = part("Working");
    Passes passes{std::max(1, whole(working, "Pass", 1)), std::max(1, whole(working, "PassCount", 1))};
    passes.pass = std::min(passes.pass, passes.count);
    subtitle_scan_ = subtitle_scan_ || whole(working, "PassID", 0) == kSubtitleScan;
    passes.scanned = subtitle_scan_ && passes.count > 1;
    worked_ = true;
    const auto progress = std::clamp(number(working, "Progress", 0), 0.0, 1.0);
    fraction_ = std::max(fraction_, kScanPhase + (1 - kScanPhase) * (passes.before() + passes.share() * progress));
    const auto rate = number(working, "Rate", 0);
    if (rate > 0 && frame_rate_ > 0) out.speed = Speed{rate / frame_rate_, SpeedUnit::kRealTime};
    out.eta_seconds = remaining(working, passes, progress);
  } else if (state == "WORKDONE") {
    const int error = whole(part("WorkDone"), "Error", -1);
    work_done_ = error;
    if (error == 0) fraction_ = 1;
  } else if (state != "MUXING") {
    return std::nullopt;
  }
  fraction_ = std::min(fraction_, 1.0);
  out.fraction = fraction_;
  return out;
}

}  // namespace amphi
