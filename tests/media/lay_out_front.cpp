// lay_out_front FILE... : the front of each Matroska file laid out anew, in place. 1: one was left as it was.
#include "tools/matroska_front.hpp"

#include <iostream>

#include <fcntl.h>

#include "base/handle.hpp"

int main(int count, char** arguments) {
  int code = 0;
  for (int i = 1; i < count; ++i) {
    const amphi::Handle file(::open(arguments[i], O_RDWR | O_CLOEXEC));
    if (!file) return 2;
    if (amphi::lay_out_front(file.get())) continue;
    std::cout << arguments[i] << ": left as it was\n";
    code = 1;
  }
  return code;
}
