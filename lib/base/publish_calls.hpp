// The system calls that publish.hpp is made of, as a value, so that tests can play a file system that lacks some of
// them and a death between any two. Each returns 0 or an errno. Names are relative to `folder`.
#pragma once

#include <functional>
#include <string>

#include "base/publish.hpp"

namespace amphi {

struct PublishCalls {
  using Two = std::function<int(int folder, const std::string& from, const std::string& to)>;
  Two rename_noreplace;  // renameat2(RENAME_NOREPLACE)
  Two rename_exchange;   // renameat2(RENAME_EXCHANGE)
  Two rename_over;       // renameat
  Two link;              // linkat
  std::function<int(int folder, const std::string& name)> unlink;
  // O_CREAT|O_EXCL with these bytes in it, or nothing.
  std::function<int(int folder, const std::string& name, const std::string& bytes)> create;
  std::function<void(int folder, const std::string& shown)> sync_folder;
};

PublishCalls system_publish_calls();

PublishResult publish_with(const PublishCalls& calls, const Root& root, std::string_view temporary,
                           std::string_view final_name);
void publish_exchange_with(const PublishCalls& calls, const Root& root, std::string_view temporary,
                           std::string_view final_name);

}  // namespace amphi
