// An export as a file: whole and durable before it has its name.
#include "amphi/care.hpp"
#include "base/descriptor.hpp"
#include "catalog/new_file.hpp"

namespace amphi {
namespace {

constexpr std::size_t kAtOnce = 1 << 20;  // bytes

void write_lines(const std::string& path, int descriptor, const std::string& name,
                 std::map<std::string, std::int64_t>& counts) {
  std::string buffer;
  counts = export_catalog(path, [&](std::string_view line) {
    buffer.append(line) += '\n';
    if (buffer.size() < kAtOnce) return;
    write_all(descriptor, buffer, name);
    buffer.clear();
  });
  write_all(descriptor, buffer, name);
  sync_file(descriptor, name);
}

}  // namespace

std::map<std::string, std::int64_t> export_catalog_to(const std::string& path, const std::string& target) {
  std::map<std::string, std::int64_t> counts;
  write_new_file(target, mode_of(path),
                 [&](const Part& part) { write_lines(path, part.descriptor(), target, counts); });
  return counts;
}

}  // namespace amphi
