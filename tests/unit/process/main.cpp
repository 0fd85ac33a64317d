// The tests, and the steps they start: `PROGRAM step run SPEC` is this very program. A step is the real one, or, with
// AMPHI_TEST_STEPS=fake, one that only leaves what a step leaves. What AMPHI_TEST_<STAGE> says happens instead:
// fail, lie (exit 0, nothing made), hang, cut (a file and no receipt, killed), cancel (the request, from another
// shell).
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "amphi/process.hpp"
#include "base/clock.hpp"
#include "base/publish.hpp"
#include "base/signals.hpp"
#include "base/text.hpp"
#include "support.hpp"

namespace amphi::test {
namespace {

std::string variable(const std::string& name) {
  const char* text = std::getenv(name.c_str());
  return text ? text : "";
}

void tell(const StepEvent& event) {
  std::cout << nlohmann::json(event).dump() << std::endl;
}

void note(const std::string& line) {
  if (const auto path = variable("AMPHI_TEST_LOG"); !path.empty()) std::ofstream(path, std::ios::app) << line + "\n";
}

int count_notes(const std::string& beginning) {
  std::ifstream log(variable("AMPHI_TEST_LOG"));
  int count = 0;
  for (std::string line; std::getline(log, line);) count += line.starts_with(beginning) ? 1 : 0;
  return count;
}

void progress(double fraction) {
  StepEvent event;
  event.progress.fraction = fraction;
  event.progress.phase = Phase::kEncode;
  tell(event);
}

int fail(Cause cause) {
  StepEvent event;
  event.type = StepEvent::Type::kFailed;
  event.cause = cause;
  event.message = "the tool said no";
  tell(event);
  return 5;
}

[[noreturn]] void sleep_for_ever() {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(1));
}

// A rip waits until the first transcode has begun: that is what "overlap" means, without asking a clock.
void wait_for_overlap(const StepSpec& spec) {
  if (variable("AMPHI_TEST_OVERLAP").empty() || spec.stage != Stage::kRip || count_notes("end rip") == 0) return;
  while (count_notes("start transcode") == 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

int make(const StepSpec& spec) {
  wait_for_overlap(spec);
  auto receipt =
      leave_receipt(spec, spec.output.temporary, fmt::format("{} {}", to_string(spec.stage), spec.reference));
  const auto root = Root::open(spec.output.root);
  publish(root, spec.output.temporary, spec.output.relative);
  note(fmt::format("end {} {}", to_string(spec.stage), spec.reference));
  return 0;
}

int fake_step(const StepSpec& spec) {
  const auto stage = std::string(to_string(spec.stage));
  note(fmt::format("start {} {}", stage, spec.reference));
  progress(0.5);
  auto upper = stage;
  for (auto& letter : upper) letter = static_cast<char>(letter - 'a' + 'A');
  auto act = variable("AMPHI_TEST_" + upper);
  const auto only = act.find('@');  // "fail@dvd:2"
  if (only != std::string::npos && act.substr(only + 1) != spec.reference) act.clear();
  act = act.substr(0, only);
  if (act == "fail") return fail(Cause::kJudge);
  if (act == "lie") return 0;
  if (act == "hang") sleep_for_ever();
  if (act == "cut") {
    std::ofstream(spec.output.root + "/" + spec.output.temporary) << "half";
    ::raise(SIGKILL);
  }
  if (act == "cancel") {
    auto catalog = Catalog::open(variable("AMPHI_TEST_CATALOG"), Catalog::Mode::kReadWrite, system_now);
    cancel_requests(catalog, std::nullopt);
    sleep_for_ever();
  }
  return make(spec);
}

int run_as_step(const char* file) {
  std::ifstream in(file);
  const auto spec = nlohmann::json::parse(in).get<StepSpec>();
  return variable("AMPHI_TEST_STEPS") == "fake" ? fake_step(spec) : run_step(spec, tell);
}

}  // namespace
}  // namespace amphi::test

int main(int count, char** arguments) {
  if (count == 4 && std::string(arguments[1]) == "step") return amphi::test::run_as_step(arguments[3]);
  ::setenv("AMPHI_READER", AMPHI_BINARY_DIR "/cmd/amphi-reader", 0);
  ::setenv("AMPHI_MEDIA", AMPHI_BINARY_DIR "/cmd/amphi-media", 0);
  ::testing::InitGoogleTest(&count, arguments);
  return RUN_ALL_TESTS();
}
