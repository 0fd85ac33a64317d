// From a copy of TheDiscDB's data into the catalog: found by identifiers, proposed, decided, written.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "amphi/thediscdb.hpp"
#include "base/root.hpp"
#include "base/text.hpp"
#include "process/discdb_file.hpp"

namespace amphi {
namespace {

// The first that finds something counts: the content hash is in nearly all of their files, disc ids in the newer ones.
constexpr std::array<std::string_view, 3> kKinds{"thediscdb-content-hash", "dvd-disc-id", "aacs-disc-id"};

struct DiscdbNames {
  std::vector<Identifier> all;  // in the order of kKinds, values in upper case
};

DiscdbNames discdb_names_of(const Disc& disc) {
  DiscdbNames names;
  for (const auto kind : kKinds)
    for (const auto& identifier : disc.identifiers)
      if (identifier.kind == kind) names.all.push_back({identifier.kind, to_upper_ascii(identifier.value)});
  return names;
}

std::string name_for_people(const Disc& disc) {
  const auto title = display_title(disc), print = short_fingerprint(disc.fingerprint);
  return escape_controls(title == print ? print : fmt::format("{}, {}", title, print));
}

Error nothing_to_find_by(const Disc& disc) {
  const auto what = fmt::format("{} has no content hash and no disc id to look for", name_for_people(disc));
  if (disc.kind == DiscKind::kCd) return {ErrorKind::kNotFound, what, "TheDiscDB has no audio CDs"};
  return {ErrorKind::kNotFound, what, "amphi disc scan of the disc itself, an image or a folder of it gives it one"};
}

Error not_found(const Disc& disc, const DiscdbNames& names, const DiscdbHits& hits, const std::string& data) {
  const auto& first = names.all.front();
  const auto kind = first.kind == kKinds.front() ? std::string("content hash") : first.kind;
  const auto unread = hits.warnings.empty() ? "" : ", some of which could not be read";
  return {ErrorKind::kNotFound,
          fmt::format("{} is not in TheDiscDB's copy; its {} is {}", name_for_people(disc), kind, first.value),
          fmt::format("{} has {} discs{}; git pull fetches those that came since", data, hits.discs, unread)};
}

std::set<std::string> names_of(Catalog& catalog, const std::vector<DiscId>& discs) {
  std::set<std::string> names;
  for (const auto id : discs)
    for (const auto& name : discdb_names_of(catalog.load_disc(id, Catalog::Detail::kListing).disc).all)
      names.insert(name.value);
  return names;
}

// What several releases do not agree on, the first of it.
Error do_not_agree(const Disc& disc, std::size_t releases, std::vector<std::string> conflicts,
                   const std::vector<std::string>& labels) {
  constexpr std::size_t kShown = 3;
  conflicts.erase(std::unique(conflicts.begin(), conflicts.end()), conflicts.end());
  const auto count = conflicts.size();
  conflicts.resize(std::min(count, kShown));
  const auto more = count > kShown ? fmt::format(" and {} more", count - kShown) : "";
  return {ErrorKind::kAmbiguous,
          fmt::format("{} is in {} releases that do not agree on {}{}", name_for_people(disc), releases,
                      join(conflicts, ", "), more),
          "choose one with --release", labels};
}

// How a user names each; where a release has the disc twice, by its file.
std::vector<std::string> labels_of(const std::vector<DiscdbDiscFile>& files) {
  std::vector<std::string> labels;
  for (const auto& file : files) {
    const auto same =
        std::count_if(files.begin(), files.end(), [&](const auto& other) { return other.release == file.release; });
    labels.push_back(same == 1 ? file.release : file.path);
  }
  return labels;
}

}  // namespace

struct DiscdbIdentifier::Impl {
  Impl(Catalog& catalog, const Config& config, const std::vector<DiscId>& discs, IdentifyOptions options)
      : catalog_(catalog),
        config_(config),
        options_(std::move(options)),
        data_(find_discdb_data(options_.folder)),
        root_(Root::open(data_)) {
    const auto names = names_of(catalog, discs);
    if (!names.empty()) hits_ = search_discdb(data_, names);
  }

  const std::string& data() const { return data_; }
  const std::vector<std::string>& warnings() const { return hits_.warnings; }

  Identification identify(DiscId id) {
    Identification found;
    const auto record = catalog_.load_disc(id, Catalog::Detail::kListing);
    found.decisions.disc = record.disc;
    found.decisions.tracks = record.tracks;
    found.trouble = fill(found, id);
    place(found);
    return found;
  }

 private:
  std::optional<Error> fill(Identification& found, DiscId id) {
    const auto& disc = found.decisions.disc;
    const auto names = discdb_names_of(disc);
    if (names.all.empty()) return nothing_to_find_by(disc);
    auto files = files_of(names, found);
    if (files.empty()) return broken_ ? broken_ : not_found(disc, names, hits_, data_);
    if (auto trouble = choose(files)) return trouble;
    for (const auto& file : files) {
      found.files.push_back(file.path);
      found.releases.push_back(file.release);
      found.missing.insert(found.missing.end(), file.missing.begin(), file.missing.end());
    }
    std::optional<Error> trouble;
    if (options_.preview) return propose_and_decide(id, files, found);
    catalog_.in_one_transaction([&] {
      trouble = propose_and_decide(id, files, found);
      if (!trouble && !found.decisions.fields.empty())
        catalog_.apply_edit(id, found.decisions.edit, EditOrigin::kIdentified);
    });
    return trouble;
  }

  // Every file that is of the disc and can be read; a broken one goes to `missing`.
  std::vector<DiscdbDiscFile> files_of(const DiscdbNames& names, Identification& found) {
    std::vector<DiscdbDiscFile> files;
    broken_.reset();
    for (const auto& [kind, value] : names.all) {
      const auto paths = hits_.files.find(value);
      if (!files.empty() || paths == hits_.files.end()) continue;
      for (const auto& path : paths->second) load(path, value, files, found);
      found.found_by = kind;
    }
    return files;
  }

  void load(const std::string& path, const std::string& value, std::vector<DiscdbDiscFile>& files,
            Identification& found) {
    try {
      auto file = load_discdb_disc(root_, path);
      const auto& disc = file.entry.disc;
      if (disc.content_hash == value || disc.disc_id == value) files.push_back(std::move(file));
    } catch (const Error& error) {
      found.missing.push_back(error.message());
      broken_ = error;
    }
  }

  // Leaves those that the user named.
  std::optional<Error> choose(std::vector<DiscdbDiscFile>& files) const {
    if (!options_.release) return std::nullopt;
    const auto labels = labels_of(files);
    std::erase_if(files, [&](const auto& file) { return !file.is_called(*options_.release); });
    if (!files.empty()) return std::nullopt;
    return Error(ErrorKind::kNotFound, fmt::format("no release called '{}' has this disc", *options_.release),
                 "these have it; give one of them, or its last part", labels);
  }

  std::optional<Error> propose_and_decide(DiscId id, const std::vector<DiscdbDiscFile>& files, Identification& found) {
    const auto record = catalog_.load_disc(id, Catalog::Detail::kListing);
    std::vector<Proposal> proposals;
    for (const auto& file : files) proposals.push_back(propose(record.disc, record.tracks, file.entry));
    auto agreement = agree(proposals);
    if (!agreement.conflicts.empty())
      return do_not_agree(record.disc, files.size(), std::move(agreement.conflicts), labels_of(files));
    found.proposal = std::move(agreement.proposal);
    found.decisions =
        decide(record.disc, record.tracks, catalog_.history(id, std::nullopt, 0), found.proposal, options_.hand_edits);
    return std::nullopt;
  }

  void place(Identification& found) const {
    const auto& disc = found.decisions.disc;
    const auto extension = extension_of(disc.kind, Stage::kInsert, "");
    for (const auto& track : found.decisions.tracks)
      found.places.push_back(library_place(config_.library, disc, track, extension));
  }

  Catalog& catalog_;
  const Config& config_;
  IdentifyOptions options_;
  std::string data_;
  Root root_;
  DiscdbHits hits_;
  std::optional<Error> broken_;
};

DiscdbIdentifier::DiscdbIdentifier(Catalog& catalog, const Config& config, const std::vector<DiscId>& discs,
                                   IdentifyOptions options)
    : impl_(std::make_unique<Impl>(catalog, config, discs, std::move(options))) {}
DiscdbIdentifier::~DiscdbIdentifier() = default;

const std::string& DiscdbIdentifier::data() const {
  return impl_->data();
}
const std::vector<std::string>& DiscdbIdentifier::warnings() const {
  return impl_->warnings();
}
Identification DiscdbIdentifier::identify(DiscId disc) {
  return impl_->identify(disc);
}

}  // namespace amphi
