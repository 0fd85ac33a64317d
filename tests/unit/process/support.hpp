// What the tests of this room share: a home of their own, a catalog with the real disc in it, steps made by hand.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "amphi/process.hpp"
#include "scratch.hpp"

namespace amphi::test {

// A temporary folder with a configuration of four roots, removed in the end.
class Home {
 public:
  Home();
  std::string path(const std::string& name = {}) const;
  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;
  bool has(const std::string& name) const;
  std::vector<std::string> files(const std::string& below = {}) const;  // relative, sorted, regular files
  std::vector<std::string> leftovers() const;                           // names with ".amphi-" in them

  Config config;

 private:
  Scratch scratch_;
  std::filesystem::path path_ = scratch_.path();
};

std::string fixture_image();  // fails the test with the way to make it
Catalog open_catalog(const Home& home);

// The fixture's disc, scanned from a link to its image within the home.
struct Scanned {
  DiscId disc;
  DiscRecord record;
  TrackId track(int number) const;
};
Scanned scan_fixture(Catalog& catalog, const Home& home);

// A step that makes `relative` beneath `root` (which is marked), as the coordinator would have specified it.
StepSpec make_spec(Home& home, Catalog& catalog, const std::string& root, const std::string& relative, Stage stage);
// What a step leaves: the temporary or the final file with `text`, and its receipt.
Receipt leave_receipt(const StepSpec& spec, const std::string& name, const std::string& text);
// A file that holds its root's name, with its receipt, recorded as the track's artifact.
Receipt put_artifact(Home& home, Catalog& catalog, TrackId track, const std::string& root, const std::string& relative,
                     Stage stage);
// What a step of the same name left before; the specification says that the new file takes its place.
void leave_old_file(StepSpec& spec, const std::string& text);
Intent add_intent(Catalog& catalog, TrackId track, const StepSpec& spec);

// The plan of a whole disc, as `plan` shows it.
std::vector<std::string> plan_lines(Catalog& catalog, const Home& home, DiscId disc);

}  // namespace amphi::test
