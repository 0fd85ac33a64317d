// What completion offers from catalog, configuration and machine. Every failure is an empty answer: a shell prompt is
// no place for errors.
#pragma once

#include "completion/engine.hpp"
#include "context.hpp"

namespace amphi::cmd {

class CatalogSource : public CompletionSource {
 public:
  explicit CatalogSource(Context& context) : context_(context) {}
  std::vector<Suggestion> discs(const std::string& word) override;
  std::vector<Suggestion> tracks(const std::string& word) override;
  std::vector<Suggestion> presets() override;
  std::vector<Suggestion> drives() override;
  std::vector<Suggestion> steps() override;

 private:
  Context& context_;
};

}  // namespace amphi::cmd
