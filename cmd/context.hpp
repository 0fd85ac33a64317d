// What a running verb has at hand: global options, output, configuration and catalog, the latter two made when first
// asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "amphi/care.hpp"
#include "amphi/catalog.hpp"
#include "amphi/config.hpp"
#include "base/clock.hpp"
#include "command_line.hpp"
#include "output.hpp"
#include "terminal.hpp"

namespace amphi::cmd {

class Context {
 public:
  Context(GlobalOptions options, const Verb* verb);

  const GlobalOptions& options() const { return options_; }
  DataFormat format() const { return options_.format; }
  bool json() const { return options_.format != DataFormat::kText; }
  Output& out() { return out_; }
  const Appearance& appearance() const { return appearance_; }              // of stdout
  const Appearance& error_appearance() const { return error_appearance_; }  // of stderr
  const Document& document() const;                                         // of the verb that runs
  Timestamp now() const { return clock_(); }
  const Clock& clock() const { return clock_; }

  ConfigInputs config_inputs() const;
  const Config& config();

  // For verbs that look after the catalog's file, whatever is in it. The second makes the folder of the default one.
  const std::string& catalog_path() { return config().catalog; }
  const std::string& catalog_path_to_write();
  WhenBusy when_busy() const { return options_.wait ? WhenBusy::kWait : WhenBusy::kFail; }
  // For verbs that only tell: never creates the file.
  Catalog& catalog_to_read();
  // For verbs that look at files and store what they saw where they can.
  Catalog& catalog_to_observe();
  // For verbs that write: what an interrupted amphi left is settled first, and told on stderr.
  Catalog& catalog_to_write();

  void tell(const std::string& text) const;  // stderr, unless -q
  // "amphi NOUN VERB ..." as a dim line after the data, on a terminal only.
  void next_step(const std::string& command);

 private:
  Catalog& open(Catalog::Mode mode);

  GlobalOptions options_;
  const Verb* verb_;
  Output out_;
  Appearance appearance_, error_appearance_;
  Clock clock_;
  std::optional<Config> config_;
  std::optional<Catalog> catalog_;
};

}  // namespace amphi::cmd
