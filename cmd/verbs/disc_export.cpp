// amphi disc export
#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/manifest.hpp"
#include "amphi/process.hpp"
#include "base/descriptor.hpp"
#include "base/text.hpp"
#include "catalog/new_file.hpp"
#include "context.hpp"
#include "printer.hpp"

namespace amphi::cmd {

namespace {

constexpr unsigned kForEverybody = 0644;

const Document& disc_export_document() {
  static const Document kDocument{"amphi.disc.export/1",
                                  "what was written, with --output; else the manifest itself is printed",
                                  {{"output", "string", "the new file"},
                                   {"titles", "integer", "titles in it"},
                                   {"files", "integer", "files of the disc in it; 0 where they were never listed"}},
                                  {}};
  return kDocument;
}

class DiscExport : public Command {
 public:
  void describe(Options& options) override {
    options.argument({"DISC", Complete::kDisc, {}}, disc_, Options::Need::kOptional,
                     "the disc; left out: the one in the drive");
    options.flag("--manifest", manifest_, "an Optical Disc Manifest (JSON): identifiers, files, titles, streams");
    options.value("--output", output_, {"FILE", Complete::kFile, {}},
                  "a new file, durable before it has its name; left out: stdout");
  }

  int run(Context& context) override {
    if (!manifest_)
      throw Error(ErrorKind::kUsage, "say what to export", "amphi disc export DISC --manifest > disc.odm.json");
    auto& catalog = context.catalog_to_read();
    const auto disc = resolve_disc(catalog, context.config(), disc_);
    const auto record = catalog.load_disc(disc);
    const auto files = catalog.files_of(disc);
    const auto manifest = make_manifest(record.disc, record.tracks, files, AMPHI_VERSION);
    if (!output_) {
      context.out().line(manifest);
      return 0;
    }
    write_new_file(*output_, kForEverybody, [&](const Part& part) {
      write_all(part.descriptor(), manifest + "\n", *output_);
      sync_file(part.descriptor(), *output_);
    });
    const auto written = nlohmann::json::parse(manifest).at("disc");
    tell(context, written.at("titles").size(), written.contains("files") ? written["files"].size() : 0);
    return 0;
  }

 private:
  void tell(Context& context, std::size_t titles, std::size_t files) const {
    if (context.json()) {
      return print_document(context, disc_export_document(),
                            {{"output", *output_}, {"titles", titles}, {"files", files}});
    }
    context.out().line(fmt::format("{}: {} titles, {} files", escape_controls(*output_), titles, files));
  }

  std::optional<std::string> disc_, output_;
  bool manifest_ = false;
};

const Verb kDiscExportVerb({"disc export", "what was read of a disc, as an Optical Disc Manifest",
                            "amphi disc export dvd-a1b2c3d --manifest --output disc.odm.json"},
                           &make_command<DiscExport>, &disc_export_document);

}  // namespace

}  // namespace amphi::cmd
