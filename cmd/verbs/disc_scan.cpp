// amphi disc scan
#include <filesystem>

#include <fmt/format.h>

#include "amphi/classify.hpp"
#include "amphi/error.hpp"
#include "amphi/process.hpp"
#include "amphi/reader.hpp"
#include "base/text.hpp"
#include "context.hpp"
#include "disc_page.hpp"
#include "drive_lock.hpp"
#include "edit_options.hpp"
#include "views/disc_view.hpp"
#include "views/track_view.hpp"

namespace amphi::cmd {

namespace {

const Document& disc_scan_document() {
  static const Document kDocument{"amphi.disc.scan/1",
                                  "what was read and stored",
                                  {{"known", "boolean", "was in the catalog before"},
                                   {"notes", "string[]", "what the merge changed"},
                                   {"warnings", "string[]", "what the reader stumbled over"},
                                   {"disc", "object", "the disc", &disc_info},
                                   {"tracks", "object[]", "its tracks by number", &track_info}},
                                  {}};
  return kDocument;
}

class DiscScan : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"SOURCE", Complete::kSource, {}}, source_, Options::Need::kOptional,
                     "drive, image (.iso, .cue, .toc), folder, makemkvcon log, toc:1 3 2625 ...; left out: the drive");
    options.value("--from-makemkv-log", log_, {"FILE", Complete::kFile, {}}, "a saved 'makemkvcon -r info'");
    options.value("--from-manifest", manifest_, {"FILE", Complete::kFile, {}}, "an Optical Disc Manifest (.odm.json)");
  }

  int run(Context& context) override {
    if (source_.has_value() + log_.has_value() + manifest_.has_value() > 1)
      throw Error(ErrorKind::kUsage, "SOURCE, --from-makemkv-log and --from-manifest exclude each other",
                  "give one of them");
    auto& catalog = context.catalog_to_write();  // first: a catalog that cannot be used is no news after a long read
    const auto disc = read(context, catalog);
    const auto merge = catalog.store_scan(disc, classify(disc));
    const auto report = survey_disc(catalog, context.config(), merge.disc_id, Look::kDisk);
    if (context.json()) {
      JsonDocument json(context, disc_scan_document());
      json.add("known", merge.known);
      json.add("notes", merge.notes);
      json.add("warnings", disc.warnings);
      add_disc_and_tracks(json, report);
      json.finish();
      return 0;
    }
    for (const auto& warning : disc.warnings) context.tell("warning: " + warning);
    if (disc.partial) context.tell("warning: the source ended early; the disc may have more tracks");
    for (const auto& note : merge.notes) context.tell(note);
    print_disc_page(context, report, {});
    return 0;
  }

 private:
  ScannedDisc read(Context& context, Catalog& catalog) const {
    if (log_) return read_written(*log_, parse_makemkv_log);
    if (manifest_) return read_written(*manifest_, parse_manifest);
    const auto source = source_ ? make_source(*source_) : default_source(context.config());
    if (source.kind == SourceKind::kLog) return read_disc(source);
    const auto lock = lock_drive(context, source);
    ReadOptions options;
    options.engine = context.config().rip_engine;
    options.min_length = context.config().min_length;
    return read_and_remember(catalog, source, options);
  }

  static ScannedDisc read_written(const std::string& path, ScannedDisc (*parse)(std::string_view)) {
    const auto text = read_text(path);
    try {
      auto disc = parse(text);
      disc.source = {SourceKind::kLog, std::filesystem::absolute(path).string()};
      return disc;
    } catch (const Error& error) {
      throw Error(error.kind(), fmt::format("{}: {}", path, error.message()), error.hint());
    }
  }

  std::optional<std::string> source_, log_, manifest_;
};

const Verb kDiscScanVerb({"disc scan", "read a disc, recognise its tracks, store both",
                          "amphi disc scan /srv/images/sita.iso"},
                         &make_command<DiscScan>, &disc_scan_document);

}  // namespace

}  // namespace amphi::cmd
