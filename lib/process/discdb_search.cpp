// Looking through a copy of TheDiscDB's data for discs.
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>

#include <fmt/format.h>

#include "amphi/thediscdb.hpp"
#include "base/descriptor.hpp"
#include "base/failure.hpp"
#include "base/root.hpp"
#include "base/text.hpp"
#include "process/discdb_file.hpp"

namespace amphi {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 8;  // folders beneath the data folder; theirs are three deep
constexpr std::int64_t kMostEntries = 5'000'000;
constexpr std::size_t kMostWarnings = 20;
constexpr std::size_t kHead = 4096;  // bytes: where a disc's file tells its names, before its titles

// "disc01.json", but neither "disc01.odm.json" nor "disc01.placeholder.json"; a "disc01.ref" only points to another
// release's disc, which counts where it is.
bool is_disc_file(std::string_view name) {
  return name.starts_with("disc") && name.ends_with(".json") && std::count(name.begin(), name.end(), '.') == 1;
}

class DiscdbSearch {
 public:
  DiscdbSearch(const std::string& data, const std::set<std::string>& names) : root_(Root::open(data)), names_(names) {}

  DiscdbHits run() {
    walk("", 0);
    for (auto& [name, files] : hits_.files) std::sort(files.begin(), files.end());
    std::sort(hits_.warnings.begin(), hits_.warnings.end());
    if (unsaid_ > 0) hits_.warnings.push_back(fmt::format("{} more of the kind", unsaid_));
    if (links_ > 0) hits_.warnings.push_back(fmt::format("{} symbolic links in it were not followed", links_));
    if (entries_ > kMostEntries)
      hits_.warnings.push_back(fmt::format("only its first {} files were looked at", kMostEntries));
    return std::move(hits_);
  }

 private:
  void walk(const std::string& folder, int depth) {
    std::error_code error;
    fs::directory_iterator at(fs::path(root_.path()) / folder, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
      if (++entries_ > kMostEntries) return;
      look_at(*at, folder, depth);
    }
    if (error) warn(fmt::format("cannot read the folder {}/{}: {}", root_.path(), folder, error.message()));
  }

  void look_at(const fs::directory_entry& entry, const std::string& folder, int depth) {
    const auto name = entry.path().filename().string();
    if (name.starts_with('.')) return;
    std::error_code error;
    const auto type = entry.symlink_status(error).type();
    const auto path = folder.empty() ? name : folder + "/" + name;
    if (type == fs::file_type::symlink) ++links_;
    if (type == fs::file_type::directory && depth < kDeepest) walk(path, depth + 1);
    if (type == fs::file_type::regular && is_disc_file(name)) look_into(path);
  }

  void look_into(const std::string& path) {
    ++hits_.discs;
    try {
      for (const auto& name : names_in(path))
        if (names_.contains(name)) hits_.files[name].push_back(path);
    } catch (const Error& failure) {
      warn(failure.message());
    }
  }

  std::vector<std::string> names_in(const std::string& path) {
    const auto file = root_.open_file(path, O_RDONLY);
    std::string head(kHead, '\0');
    const auto size = ::pread(file.get(), head.data(), head.size(), 0);
    if (size < 0) fail_system(errno, fmt::format("cannot read {}/{}", root_.path(), path));
    head.resize(static_cast<std::size_t>(size));
    auto names = glimpse_discdb_names(head);
    if (!names.empty()) return names;
    const auto text = head.size() < kHead ? head : read_all(file.get(), path, kLargestDiscdbFile);
    names = glimpse_discdb_names(text);
    if (names.empty() && !looks_whole(text))
      warn(fmt::format("{}/{} is no whole JSON document; it may be of any disc", root_.path(), path));
    return names;
  }

  static bool looks_whole(std::string_view text) { return trim(text).ends_with('}'); }

  void warn(const std::string& what) {
    if (hits_.warnings.size() < kMostWarnings) {
      hits_.warnings.push_back(escape_controls(to_valid_utf8(what)));
    } else {
      ++unsaid_;
    }
  }

  Root root_;
  const std::set<std::string>& names_;
  DiscdbHits hits_;
  std::int64_t entries_ = 0, links_ = 0, unsaid_ = 0;
};

bool is_folder(const std::string& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() == fs::file_type::directory;
}

}  // namespace

std::string find_discdb_data(const std::string& folder) {
  Root::open(folder);  // says why it cannot be used
  for (const auto& data : {is_folder(folder + "/data") ? folder + "/data" : folder, folder})
    if (is_folder(data + "/movie") || is_folder(data + "/series")) return data;
  throw Error(ErrorKind::kUsage,
              fmt::format("{} is no copy of TheDiscDB's data: neither movie nor series is in it", folder),
              "git clone https://github.com/TheDiscDb/data makes one; name its folder");
}

DiscdbHits search_discdb(const std::string& data, const std::set<std::string>& names) {
  return DiscdbSearch(data, names).run();
}

}  // namespace amphi
