#include "process_display.hpp"

#include <algorithm>
#include <cmath>

#include <unistd.h>

#include <fmt/format.h>

#include "base/text.hpp"
#include "views/event_view.hpp"

namespace amphi::cmd {

namespace {

using Type = ProcessEvent::Type;

double fraction_of(const Progress& progress) {
  return std::isfinite(progress.fraction) ? std::clamp(progress.fraction, 0.0, 1.0) : 0.0;
}

std::string left_text(const Progress& progress) {
  const auto& left = progress.eta_seconds;
  return left && std::isfinite(*left) && *left >= 0 ? human_duration(*left) + " left" : std::string();
}

std::string phase_text(const std::optional<Phase>& phase) {
  return phase ? std::string(to_string(*phase)) : std::string();
}

void write_error(std::string_view text) {
  // Progress that cannot be shown is no reason to stop what it tells of.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

class JsonDisplay : public ProcessDisplay {
 public:
  explicit JsonDisplay(Context& context) : context_(context) {}

  void take(const ProcessEvent& event) override {
    if (event.type == Type::kRecovered) return context_.tell(event.message);
    context_.out().line(dump(json_of(event_view(), event)));
    context_.out().flush();
  }
  void finish() override {}

 private:
  Context& context_;
};

// Lines for what begins and ends; the progress between is the business of those derived.
class TextDisplay : public ProcessDisplay {
 public:
  TextDisplay(Context& context, DiscName disc_name) : context_(context), disc_name_(std::move(disc_name)) {}

  void take(const ProcessEvent& event) override {
    switch (event.type) {
      case Type::kPlan:
        return plan(event);
      case Type::kStepStarted:
        return started(event);
      case Type::kProgress:
        return progress(event);
      case Type::kStepFinished:
        ended(event);
        return line(finished_line(event));
      case Type::kStepFailed:
        ended(event);
        return trouble(failed_line(event));
      case Type::kSummary:
        return line(summary_line(event));
      case Type::kRecovered:
        return recovered(event);
    }
  }
  void finish() override {}

 protected:
  virtual void started(const ProcessEvent& event) = 0;
  virtual void progress(const ProcessEvent& event) = 0;
  virtual void ended(const ProcessEvent& event) = 0;
  virtual void recovered(const ProcessEvent& event) { context_.tell(event.message); }

  virtual void line(const std::string& text) {
    context_.out().line(text);
    context_.out().flush();
  }
  virtual void trouble(const std::string& text) { write_error(text + "\n"); }
  std::string name_of(const PlannedStep& step) const {
    const auto known = names_.find(step.disc_id);
    if (known != names_.end()) return step_name(step, known->second);
    return step_name(step, names_.emplace(step.disc_id, disc_name_(step.disc_id)).first->second);
  }
  std::string name(const ProcessEvent& event) const { return name_of(*event.step); }
  std::string paint(std::string_view text, Style style) const { return styled(text, style, context_.appearance()); }
  std::string alarm(std::string_view text, Style style) const {
    return styled(text, style, context_.error_appearance());
  }

  Context& context_;

 private:
  DiscName disc_name_;
  mutable std::map<DiscId, std::string> names_;

  void plan(const ProcessEvent& event) {
    if (!event.plan) return;
    for (const auto& step : event.plan->steps) {
      if (step.state != StepState::kWaiting && step.state != StepState::kBlocked) continue;
      const auto what = name_of(step);
      trouble(
          fmt::format("{}  {}: {}", alarm(to_string(step.state), Style::kYellow), what, escape_controls(step.reason)));
    }
    for (const auto& note : event.plan->notes) line("note: " + escape_controls(note));
  }
  std::string finished_line(const ProcessEvent& event) const {
    auto text = fmt::format("{}     {}", paint("done", Style::kGreen), name(event));
    if (event.report && event.report->receipt) {
      text += fmt::format("  {}", human_size(event.report->receipt->size_bytes));
    }
    return event.step->output.empty() ? text : text + "  " + paint(escape_controls(event.step->output), Style::kDim);
  }
  std::string failed_line(const ProcessEvent& event) const {
    auto text = fmt::format("{}   {}", alarm("failed", Style::kRed), name(event));
    if (!event.report) return text;
    text += ": " + escape_controls(event.report->message);
    if (!event.report->hint.empty()) text += fmt::format("\n         {}", escape_controls(event.report->hint));
    const bool told = event.report->hint.find("process log") != std::string::npos;
    return told ? text : text + fmt::format("\n         amphi process log {}", event.step->id);
  }
  std::string summary_line(const ProcessEvent& event) const {
    if (event.done + event.failed + event.waiting + event.blocked == 0) return "nothing to do";
    auto text = fmt::format("{} step{} done", event.done, event.done == 1 ? "" : "s");
    if (event.failed > 0) text += paint(fmt::format(", {} failed", event.failed), Style::kRed);
    if (event.waiting > 0) text += paint(fmt::format(", {} waiting", event.waiting), Style::kYellow);
    if (event.blocked > 0) text += paint(fmt::format(", {} blocked", event.blocked), Style::kYellow);
    return text;
  }
};

class PlainDisplay : public TextDisplay {
 public:
  using TextDisplay::TextDisplay;

 protected:
  void started(const ProcessEvent& event) override {
    told_[event.step->id] = 0;
    line(fmt::format("started  {}", name(event)));
  }
  void progress(const ProcessEvent& event) override {
    if (!event.report || context_.options().quiet) return;
    const int tenth = static_cast<int>(fraction_of(event.report->progress) * 10);
    auto& told = told_[event.step->id];
    if (tenth <= told) return;
    told = tenth;
    const auto speed = speed_text(event.report->progress.speed);
    const auto left = left_text(event.report->progress);
    write_error(fmt::format("{:>6}%  {}{}{}\n", tenth * 10, name(event), speed.empty() ? "" : "  " + speed,
                            left.empty() ? "" : "  " + left));
  }
  void ended(const ProcessEvent& event) override { told_.erase(event.step->id); }

 private:
  std::map<std::string, int> told_;
};

class BarDisplay : public TextDisplay {
 public:
  using TextDisplay::TextDisplay;

  void finish() override { clear(); }

 protected:
  void started(const ProcessEvent& event) override {
    bars_.push_back({event.step->id, name(event), Progress{}});
    draw();
  }
  void progress(const ProcessEvent& event) override {
    if (!event.report) return;
    for (auto& bar : bars_) {
      if (bar.id == event.step->id) bar.progress = event.report->progress;
    }
    // Ten pictures a second are enough for eyes and cheap over a slow line.
    constexpr std::int64_t kBetween = 100'000'000;
    if (event.time.ns - drawn_at_ < kBetween && event.time.ns >= drawn_at_) return;
    drawn_at_ = event.time.ns;
    draw();
  }
  void ended(const ProcessEvent& event) override {
    std::erase_if(bars_, [&](const Bar& bar) { return bar.id == event.step->id; });
  }
  void recovered(const ProcessEvent& event) override {
    clear();
    TextDisplay::recovered(event);
    draw();
  }
  void line(const std::string& text) override {
    clear();
    TextDisplay::line(text);
    draw();
  }
  void trouble(const std::string& text) override {
    clear();
    TextDisplay::trouble(text);
    draw();
  }

 private:
  struct Bar {
    std::string id, name;
    Progress progress;
  };

  void clear() {
    if (lines_ == 0) return;
    std::string text = "\r\x1b[K";
    for (int i = 1; i < lines_; ++i) text += "\x1b[1A\x1b[K";
    write_error(text);
    lines_ = 0;
  }
  void draw() {
    std::string text = "\r";
    if (lines_ > 1) text += fmt::format("\x1b[{}A", lines_ - 1);
    text += "\x1b[J";
    // The width is asked again: windows change. One column stays free, so that no terminal wraps.
    const auto look = appearance_of(STDERR_FILENO, context_.options().color, context_.options().ascii);
    for (std::size_t i = 0; i < bars_.size(); ++i) {
      if (i > 0) text += "\n";
      text += progress_bar(bars_[i].name, bars_[i].progress, std::max(look.width - 1, 20), look);
    }
    if (!bars_.empty() || lines_ > 0) write_error(text);
    lines_ = static_cast<int>(bars_.size());
  }

  std::vector<Bar> bars_;
  int lines_ = 0;
  std::int64_t drawn_at_ = 0;
};

}  // namespace

std::string step_name(const PlannedStep& step, const std::string& disc) {
  return fmt::format("{:<9} {}:{}", to_string(step.stage), disc, step.track_number);
}

std::string speed_text(const std::optional<Speed>& speed) {
  if (!speed || !std::isfinite(speed->value) || speed->value <= 0) return {};
  if (speed->unit == SpeedUnit::kBytes) return human_size(static_cast<std::int64_t>(speed->value)) + "/s";
  if (speed->value < 0.05) return {};  // an encoder that has only just begun
  return fmt::format("{:.1f}{}", speed->value, to_string(speed->unit));
}

std::string progress_bar(const std::string& name, const Progress& progress, int width, const Appearance& appearance) {
  const double fraction = fraction_of(progress);
  std::string after = fmt::format(" {:>3}%", static_cast<int>(fraction * 100));
  for (const auto& part : {phase_text(progress.phase), speed_text(progress.speed), left_text(progress)}) {
    if (!part.empty()) after += "  " + part;
  }
  constexpr int kShortestBar = 6, kLongestBar = 30;
  const int room = width - terminal_width(name) - 1 - terminal_width(after);
  if (room < kShortestBar) return fit_to_width(name + after, width);
  const int cells = std::min(room, kLongestBar);
  const int full = static_cast<int>(std::lround(fraction * cells));
  std::string done, rest;
  for (int i = 0; i < full; ++i) done += appearance.ascii ? "#" : "█";
  for (int i = full; i < cells; ++i) rest += appearance.ascii ? "." : "░";
  return fmt::format("{} {}{}{}", name, styled(done, Style::kGreen, appearance), styled(rest, Style::kDim, appearance),
                     after);
}

std::unique_ptr<ProcessDisplay> make_display(Context& context, DiscName disc_name) {
  if (context.json()) return std::make_unique<JsonDisplay>(context);
  const auto& errors = context.error_appearance();
  const bool bars = errors.terminal && !context.options().quiet;
  if (bars) return std::make_unique<BarDisplay>(context, std::move(disc_name));
  return std::make_unique<PlainDisplay>(context, std::move(disc_name));
}

}  // namespace amphi::cmd
