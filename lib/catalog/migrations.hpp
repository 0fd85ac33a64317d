// The scripts of sql/, embedded at build time. Never changed once released.
#pragma once

#include <vector>

namespace amphi {

struct Migration {
  int number;
  const char* name;
  const char* sql;
};

extern const std::vector<Migration> kMigrations;

}  // namespace amphi
