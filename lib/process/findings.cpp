#include "process/findings.hpp"

#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/clock.hpp"
#include "step/receipts.hpp"
#include "tools/worker.hpp"

namespace amphi {
namespace {

using FolderId = std::pair<dev_t, ino_t>;

FolderId id_of(const struct stat& folder) {
  return {folder.st_dev, folder.st_ino};
}

std::optional<FolderId> find_id(const std::string& folder) {
  struct stat info {};
  return ::stat(folder.c_str(), &info) == 0 ? std::optional(id_of(info)) : std::nullopt;
}

std::set<FolderId> ids_of(const std::vector<std::string>& folders) {
  std::set<FolderId> ids;
  for (const auto& folder : folders)
    if (const auto id = find_id(folder)) ids.insert(*id);
  return ids;
}

bool may_be_tagged(const std::string& name) {
  return name.ends_with(".mkv") || name.ends_with(".flac");
}

class Search {
 public:
  // `roots`: every configured folder; one that lies beneath this one is searched on its own.
  Search(const Root& root, Stage stage, const std::set<FolderId>& roots,
         const std::function<void(const std::string&)>& tell, std::vector<Finding>& found)
      : root_(root), stage_(stage), roots_(roots), tell_(tell), found_(found) {}

  void run() {
    read_receipts();
    read_tags("");
  }

 private:
  void read_receipts() {
    for (const auto& id : receipts_in(root_)) {
      try {
        if (auto receipt = find_receipt(root_, id)) take(std::move(*receipt));
      } catch (const Error& error) {
        tell_(error.message());
      }
    }
  }

  void take(Receipt receipt) {
    const auto relative = relative_to(receipt.root, receipt.path);
    if (!relative || relative->empty())
      return tell_(fmt::format("the receipt {} names a file outside of its folder: {}", receipt.step_id, receipt.path));
    receipt.root = root_.path();
    receipt.path = root_.path() + "/" + *relative;
    const auto there = root_.look(*relative);
    if (!there) return tell_(fmt::format("{} is gone", receipt.path));
    if (!matches(receipt, there)) return tell_(fmt::format("{} is not as its receipt says", receipt.path));
    names_.insert(*relative);
    found_.push_back({std::move(receipt), false});
  }

  // A folder may be somebody else's, and not to be read.
  std::vector<std::string> names_in(const std::string& folder) {
    try {
      return root_.list(folder);
    } catch (const Error& error) {
      tell_(error.message());
      return {};
    }
  }

  // Hidden names are amphi's own or somebody else's business, lost+found is the file system's; symbolic links are not
  // followed.
  void read_tags(const std::string& folder) {
    for (const auto& name : names_in(folder)) {
      if (folder.empty() && name == "lost+found") continue;
      const auto path = folder.empty() ? name : fmt::format("{}/{}", folder, name);
      const auto there = name.starts_with('.') ? std::nullopt : root_.look(path);
      if (there && S_ISDIR(there->st_mode) && !roots_.contains(id_of(*there))) read_tags(path);
      if (there && S_ISREG(there->st_mode) && may_be_tagged(name) && !names_.contains(path)) take_tagged(path, *there);
    }
  }

  void take_tagged(const std::string& relative, const struct stat& there) {
    const auto path = root_.path() + "/" + relative;
    try {
      const auto probe = probe_file(path);
      Receipt receipt;
      receipt.fingerprint = tag_of(probe, "AMPHI_FINGERPRINT");
      receipt.reference = tag_of(probe, "AMPHI_REFERENCE");
      if (receipt.fingerprint.empty() || receipt.reference.empty()) return;
      receipt.stage = stage_;
      receipt.root = root_.path();
      receipt.path = path;
      receipt.size_bytes = there.st_size;
      receipt.mtime_ns = mtime_ns_of(there);
      receipt.inode = there.st_ino;
      receipt.media = probe.media;
      receipt.created_at = {receipt.mtime_ns};
      found_.push_back({std::move(receipt), true});
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kUnavailable) throw;
      tell_(fmt::format("{} cannot be read: {}", path, error.message()));
    }
  }

  const Root& root_;
  Stage stage_;
  const std::set<FolderId>& roots_;
  const std::function<void(const std::string&)>& tell_;
  std::vector<Finding>& found_;
  std::set<std::string> names_;  // those with a receipt
};

Stage stage_of(const Config& config, const std::string& root) {
  if (root == config.ripped.path) return Stage::kRip;
  return root == config.transcoded.path ? Stage::kTranscode : Stage::kInsert;
}

}  // namespace

std::string tag_of(const ProbeResult& probe, std::string_view name) {
  for (const auto& [key, value] : probe.tags)
    if (key == name) return value;
  return "";
}

std::vector<Finding> find_artifacts(Folders& folders, const Config& config,
                                    const std::function<void(const std::string&)>& tell) {
  std::vector<Finding> found;
  const auto paths = configured_roots(config);
  const auto roots = ids_of(paths);
  std::set<FolderId> searched;
  for (const auto& path : paths) {
    const auto& folder = folders.look(path);
    if (!folder.readable || folder.device == 0) {
      if (!folder.trouble.empty()) tell(folder.trouble);
      continue;
    }
    if (const auto id = find_id(path); !id || !searched.insert(*id).second) continue;
    Search(Root::open(path), stage_of(config, path), roots, tell, found).run();
  }
  return found;
}

}  // namespace amphi
