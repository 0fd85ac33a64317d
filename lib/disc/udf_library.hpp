// libudfread, loaded when a disc is read: Debian has it as a shared library only, and every start of amphi would pay
// for it.
#pragma once

#include <udfread/udfread.h>

namespace amphi {

struct UdfLibrary {
  decltype(&udfread_init) init;
  decltype(&udfread_open) open;
  decltype(&udfread_close) close;
  decltype(&udfread_get_volume_id) volume_id;
  decltype(&udfread_opendir) open_folder;
  decltype(&udfread_opendir_at) open_folder_at;
  decltype(&udfread_readdir) read_folder;
  decltype(&udfread_closedir) close_folder;
  decltype(&udfread_file_open) open_file;
  decltype(&udfread_file_openat) open_file_at;
  decltype(&udfread_file_close) close_file;
  decltype(&udfread_file_size) size;
  decltype(&udfread_file_lba) block;
  decltype(&udfread_file_read) read;
  decltype(&udfread_file_seek) seek;
};

// Throws kUnavailable where it is not installed.
const UdfLibrary& udf_library();

}  // namespace amphi
