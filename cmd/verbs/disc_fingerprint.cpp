// amphi disc fingerprint
#include "amphi/process.hpp"
#include "amphi/reader.hpp"
#include "context.hpp"
#include "drive_lock.hpp"
#include "printer.hpp"
#include "views/disc_view.hpp"

namespace amphi::cmd {

namespace {

const Document& disc_fingerprint_document() {
  static const Document kDocument{"amphi.disc.fingerprint/1",
                                  "what a disc is known by",
                                  {{"fingerprint", "string", "amphi's own"},
                                   {"kind", "dvd|bluray|uhd|cd", "kind of disc"},
                                   {"volume_label", "string?", "label on the disc"},
                                   {"identifiers", "object[]", "all of them", &identifier_info}},
                                  "identifiers"};
  return kDocument;
}

ScannedDisc identity_of(Context& context, const Source& source) {
  if (source.kind == SourceKind::kLog) return read_identity(source);
  const auto lock = lock_drive(context, source);
  return read_identity(source);
}

class DiscFingerprint : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"SOURCE", Complete::kSource, {}}, source_, Options::Need::kOptional,
                     "drive, image (.iso, .cue, .toc), folder, makemkvcon log, toc:1 3 2625 ...; left out: the drive");
  }

  int run(Context& context) override {
    const auto disc = identity_of(context, source_ ? make_source(*source_) : default_source(context.config()));
    if (context.json()) {
      print_document(context, disc_fingerprint_document(),
                     {{"fingerprint", disc.fingerprint},
                      {"kind", to_string(disc.kind)},
                      {"volume_label", or_null(disc.volume_label)},
                      {"identifiers", json_array_of(identifier_view(), disc.identifiers)}});
      return 0;
    }
    std::vector<std::pair<std::string, Cell>> facts{{"fingerprint", {disc.fingerprint, Style::kBold}},
                                                    {"kind", std::string(to_string(disc.kind))},
                                                    {"volume label", disc.volume_label}};
    for (const auto& identifier : disc.identifiers) facts.emplace_back(identifier.kind, identifier.value);
    print_facts(context.out(), context.appearance(), facts);
    return 0;
  }

 private:
  std::optional<std::string> source_;
};

const Verb kDiscFingerprintVerb({"disc fingerprint", "fingerprint and identifiers of a disc; needs no catalog",
                                 "amphi disc fingerprint /dev/sr0"},
                                &make_command<DiscFingerprint>, &disc_fingerprint_document);

}  // namespace

}  // namespace amphi::cmd
