#include "disc/udf_library.hpp"

#include <string>

#include <dlfcn.h>

#include "amphi/error.hpp"

namespace amphi {
namespace {

constexpr const char* kLibrary = "libudfread.so.0";

[[noreturn]] void throw_no_library() {
  const char* why = ::dlerror();
  throw Error(ErrorKind::kUnavailable, std::string("libudfread cannot be used: ") + (why != nullptr ? why : kLibrary),
              "apt install libudfread0");
}

template <class Function>
void find_symbol(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  if (function == nullptr) throw_no_library();
}

UdfLibrary load() {
  void* library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);  // stays until the process ends
  if (library == nullptr) throw_no_library();
  UdfLibrary found{};
  find_symbol(library, "udfread_init", found.init);
  find_symbol(library, "udfread_open", found.open);
  find_symbol(library, "udfread_close", found.close);
  find_symbol(library, "udfread_get_volume_id", found.volume_id);
  find_symbol(library, "udfread_opendir", found.open_folder);
  find_symbol(library, "udfread_opendir_at", found.open_folder_at);
  find_symbol(library, "udfread_readdir", found.read_folder);
  find_symbol(library, "udfread_closedir", found.close_folder);
  find_symbol(library, "udfread_file_open", found.open_file);
  find_symbol(library, "udfread_file_openat", found.open_file_at);
  find_symbol(library, "udfread_file_close", found.close_file);
  find_symbol(library, "udfread_file_size", found.size);
  find_symbol(library, "udfread_file_lba", found.block);
  find_symbol(library, "udfread_file_read", found.read);
  find_symbol(library, "udfread_file_seek", found.seek);
  return found;
}

}  // namespace

const UdfLibrary& udf_library() {
  static const UdfLibrary kLoaded = load();
  return kLoaded;
}

}  // namespace amphi
