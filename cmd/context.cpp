#include "context.hpp"

#include <unistd.h>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "catalog/patiently.hpp"
#include "view.hpp"

namespace amphi::cmd {

Context::Context(GlobalOptions options, const Verb* verb)
    : options_(std::move(options)),
      verb_(verb),
      out_(STDOUT_FILENO),
      appearance_(appearance_of(STDOUT_FILENO, options_.color, options_.ascii)),
      error_appearance_(appearance_of(STDERR_FILENO, options_.color, options_.ascii)),
      clock_(system_now) {}

const Document& Context::document() const {
  const auto* document = verb_->document();
  if (document == nullptr) throw Error(ErrorKind::kUsage, fmt::format("'{}' has no JSON form", verb_->path()));
  return *document;
}

ConfigInputs Context::config_inputs() const {
  auto inputs = config_inputs_from_environment();
  inputs.config_option = options_.config;
  inputs.catalog_option = options_.catalog;
  return inputs;
}

const Config& Context::config() {
  if (!config_) config_ = load_config(config_inputs());
  return *config_;
}

namespace {

// A folder that the user named is never made up: it may be one that is not mounted.
bool has_default_catalog(const Config& config) {
  const auto origin = config.origins.find("catalog");
  return origin == config.origins.end() || origin->second == "default";
}

}  // namespace

const std::string& Context::catalog_path_to_write() {
  if (has_default_catalog(config())) Catalog::make_folder(catalog_path());
  return catalog_path();
}

Catalog& Context::open(Catalog::Mode mode) {
  if (!catalog_) {
    const auto& path = mode == Catalog::Mode::kReadWrite ? catalog_path_to_write() : catalog_path();
    catalog_ = patiently(when_busy(), [&] { return Catalog::open(path, mode, clock_); });
  }
  return *catalog_;
}

Catalog& Context::catalog_to_read() {
  return open(Catalog::Mode::kReadOnly);
}

Catalog& Context::catalog_to_observe() {
  const bool writable = ::access(config().catalog.c_str(), W_OK) == 0;
  return open(writable ? Catalog::Mode::kReadWrite : Catalog::Mode::kReadOnly);
}

Catalog& Context::catalog_to_write() {
  auto& catalog = open(Catalog::Mode::kReadWrite);
  for (const auto& line : recover(catalog, config())) tell(line);
  return catalog;
}

void Context::tell(const std::string& text) const {
  log_info(escape_controls(text));
}

void Context::next_step(const std::string& command) {
  if (json() || !appearance_.terminal || options_.quiet) return;
  out_.line("");
  out_.line(styled("next: " + command_as_here(options_, command), Style::kDim, appearance_));
}

}  // namespace amphi::cmd
