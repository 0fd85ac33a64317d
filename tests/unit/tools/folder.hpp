// A temporary folder, gone with its test.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "environment.hpp"
#include "scratch.hpp"

namespace amphi::test {

class Folder {
 public:
  std::string path() const { return scratch_.path(); }
  std::string at(const std::string& name) const { return scratch_.path(name); }
  std::string write(const std::string& name, const std::string& text) const { return scratch_.write(name, text); }
  std::string write_program(const std::string& name, const std::string& text) const {
    return scratch_.write_program(name, text);
  }

 private:
  Scratch scratch_;
};

}  // namespace amphi::test
