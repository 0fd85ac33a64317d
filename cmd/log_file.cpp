#include "log_file.hpp"

#include <fmt/format.h>

#include "amphi/error.hpp"
#include "amphi/reader.hpp"
#include "edit_options.hpp"

namespace amphi::cmd {

ScannedDisc parse_log_file(const std::string& path) {
  const auto text = read_text(path);
  try {
    return parse_makemkv_log(text);
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{}: {}", path, error.message()), error.hint());
  }
}

}  // namespace amphi::cmd
