#include "manual.hpp"

#include <fmt/format.h>

#include "application.hpp"
#include "base/text.hpp"
#include "command_line.hpp"
#include "exit_code.hpp"
#include "verb.hpp"

namespace amphi::cmd {

namespace {

std::string term(const std::string& name, const std::string& text) {
  return fmt::format(".TP\n{}\n{}\n", name, roff_escaped(text));
}

std::string option_term(const OptionInfo& info) {
  auto name = info.argument ? fmt::format("\\fI{}\\fR", roff_escaped(info.names.back())) : std::string();
  if (!info.argument) {
    for (const auto& one : info.names) name += fmt::format("{}\\fB{}\\fR", name.empty() ? "" : ", ", roff_escaped(one));
    if (info.value && info.value->choices.empty()) name += fmt::format(" \\fI{}\\fR", roff_escaped(info.value->name));
  }
  const bool choices = info.value && !info.value->choices.empty() && !info.argument;
  return term(name, choices ? fmt::format("{}: {}", info.help, join(info.value->choices, ", ")) : info.help);
}

std::string verb_part(const Verb& verb) {
  Options options;
  const auto command = verb.make();
  command->describe(options);
  auto out = fmt::format(".SS amphi {}\n{}\n", verb.path(), roff_escaped(std::string(verb.summary())));
  for (const auto& info : options.infos()) out += option_term(info);
  return out + fmt::format(".PP\n.RS\n.nf\n{}\n.fi\n.RE\n", roff_escaped(std::string(verb.example())));
}

std::string options_part() {
  Options options;
  GlobalFlags flags;
  flags.describe(options);
  std::string out = ".SH OPTIONS\nThey work before and after the verb.\n";
  for (const auto& info : options.infos()) out += option_term(info);
  return out;
}

std::string files_part() {
  return ".SH FILES\n" + term("$XDG_CONFIG_HOME/amphi/config.toml, /etc/amphi/config.toml", "the configuration") +
         term("$XDG_DATA_HOME/amphi/catalog.db",
              "the catalog, unless --catalog, AMPHI_CATALOG or the configuration names one");
}

}  // namespace

std::string roff_escaped(const std::string& text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out = "\\&";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else if (c == '\'') {
      out += "\\(aq";
    } else {
      out += c;
    }
  }
  return out;
}

std::string manual_page() {
  auto out = fmt::format(".TH AMPHI 1 \"\" \"{}\" \"User Commands\"\n", trim(version_line()));
  out += ".SH NAME\namphi \\- digitise your own discs into a Plex or Jellyfin library\n";
  out += ".SH SYNOPSIS\n.B amphi\n[\\fIOPTIONS\\fR] \\fIVERB\\fR ...\n";
  out +=
      ".SH DESCRIPTION\nDISC is a catalog id, a fingerprint or its beginning, any other identifier, or a source (a "
      "drive, an image, a\n"
      "folder); left out, the disc in the only drive. TRACK is a track id, or DISC:NUMBER.\n";
  out += ".SH VERBS\n";
  for (const auto* verb : all_verbs()) {
    if (!verb->hidden()) out += verb_part(*verb);
  }
  out += options_part() + ".SH EXIT STATUS\n";
  for (const auto& [code, meaning] : exit_meanings()) out += term(std::to_string(code), std::string(meaning));
  return out + files_part();
}

}  // namespace amphi::cmd
