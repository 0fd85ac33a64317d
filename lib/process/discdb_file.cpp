#include "process/discdb_file.hpp"

#include <fcntl.h>

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "base/descriptor.hpp"
#include "base/text.hpp"

namespace amphi {
namespace {

std::string text_of_discdb_file(const Root& data, const std::string& path) {
  return read_all(data.open_file(path, O_RDONLY).get(), path, kLargestDiscdbFile);
}

// A file without which less is known; what is wrong with it goes to `missing`.
template <class Value>
std::optional<Value> load_around(const Root& data, const std::string& path, Value (*parse)(std::string_view),
                                 const char* without, std::vector<std::string>& missing) {
  std::string why = "is not there";
  try {
    if (data.look(path)) return parse(text_of_discdb_file(data, path));
  } catch (const Error& error) {
    why = error.kind() == ErrorKind::kUsage ? error.message() : "cannot be read";
  }
  missing.push_back(fmt::format("{}/{} {}: {}", data.path(), path, why, without));
  return std::nullopt;
}

std::optional<MediaType> type_of_folder(std::string_view path) {
  if (path.starts_with("movie/")) return MediaType::kMovie;
  if (path.starts_with("series/")) return MediaType::kTv;
  return std::nullopt;
}

std::string if_empty(const std::string& text, std::string_view otherwise) {
  return text.empty() ? std::string(otherwise) : text;
}

}  // namespace

DiscdbDiscFile load_discdb_disc(const Root& data, const std::string& path) {
  DiscdbDiscFile file;
  file.path = path;
  const auto text = text_of_discdb_file(data, path);
  try {
    file.entry.disc = parse_discdb_disc(text);
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}/{} {}", data.path(), path, error.message()), error.hint());
  }
  const auto release = folder_of(path), work = folder_of(release);
  auto& known = file.entry;
  known.work =
      load_around(data, work + "/metadata.json", parse_discdb_work, "title, year and ids are not taken", file.missing);
  if (!known.work) known.work.emplace();
  if (!known.work->type) known.work->type = type_of_folder(path);
  std::vector<std::string> not_missed;  // a show has no editions
  known.release = load_around(data, release + "/release.json", parse_discdb_release, "no edition is taken",
                              known.work->type == MediaType::kTv ? not_missed : file.missing);
  file.release = if_empty(known.work->slug, base_of(work)) + "/" +
                 if_empty(known.release ? known.release->slug : "", base_of(release));
  return file;
}

bool DiscdbDiscFile::is_called(std::string_view name) const {
  const auto folder = folder_of(path);
  const auto wanted = to_lower_ascii(name);
  for (const auto& mine : {release, base_of(release), release + "/" + base_of(path), folder, base_of(folder), path})
    if (to_lower_ascii(mine) == wanted) return true;
  return false;
}

}  // namespace amphi
