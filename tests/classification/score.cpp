#include "score.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace amphi::test {

namespace {

bool is_extra(TrackType type) {
  return type != TrackType::kMainFeature && type != TrackType::kEpisode;
}

std::set<std::size_t> tracks_with(const JudgedDisc& judged, const std::string& truth) {
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < judged.truths.size(); ++i) {
    if (judged.truths[i] == truth) found.insert(i);
  }
  return found;
}

std::set<std::size_t> claimed_films(const std::vector<Classification>& classes) {
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i].type == TrackType::kMainFeature) found.insert(i);
  }
  return found;
}

void score_films(Score& score, const JudgedDisc& judged, const std::vector<Classification>& classes) {
  const auto claimed = claimed_films(classes), films = tracks_with(judged, "MainMovie");
  if (!films.empty()) {
    const bool right = !claimed.empty() && std::includes(films.begin(), films.end(), claimed.begin(), claimed.end());
    score.films.count(right);
    if (!right) score.wrong.push_back(judged.name);
  } else if (!tracks_with(judged, "Episode").empty()) {
    score.series.count(claimed.empty());
    if (!claimed.empty()) score.wrong.push_back(judged.name);
  }
}

std::string line(const std::string& name, const std::vector<std::string>& values) {
  std::string text = fmt::format("{:<36}", name);
  for (const auto& value : values) text += fmt::format("{:>22}", value);
  return text + "\n";
}

std::string share_text(const Share& share) {
  return share.all > 0 ? fmt::format("{} of {} = {:.2f}", share.right, share.all, share.value()) : "-";
}

}  // namespace

Score score(const std::vector<JudgedDisc>& discs, const Classes& classes) {
  Score score;
  for (std::size_t d = 0; d < discs.size(); ++d) {
    score_films(score, discs[d], classes[d]);
    for (std::size_t i = 0; i < discs[d].truths.size(); ++i) {
      const auto truth = type_of_truth(discs[d].truths[i]);
      if (!truth) continue;
      const bool right = classes[d][i].type == *truth;
      if (is_extra(*truth)) score.kinds[*truth].count(right);
      score.words[classes[d][i].confidence].count(right);
    }
  }
  return score;
}

double macro_recall(const Kinds& kinds, int fewest) {
  double sum = 0;
  int counted = 0;
  for (const auto& [type, share] : kinds) {
    if (share.all < fewest) continue;
    sum += share.value();
    ++counted;
  }
  return counted > 0 ? sum / counted : 1;
}

std::string table(const std::vector<std::pair<std::string, Score>>& columns) {
  std::set<TrackType> kinds;
  for (const auto& [name, score] : columns) {
    for (const auto& [type, share] : score.kinds) kinds.insert(type);
  }
  const auto row = [&](const std::string& name, const auto& value_of) {
    std::vector<std::string> values;
    for (const auto& [column, score] : columns) values.push_back(value_of(score));
    return line(name, values);
  };
  std::vector<std::string> names;
  for (const auto& [name, score] : columns) names.push_back(name);
  auto text = line("", names);
  text += row("discs whose main feature is right", [](const Score& s) { return share_text(s.films); });
  text += row("series discs without a claimed film", [](const Score& s) { return share_text(s.series); });
  for (const auto type : kinds) {
    text += row("recall of " + std::string(to_string(type)),
                [&](const Score& s) { return s.kinds.contains(type) ? share_text(s.kinds.at(type)) : "-"; });
  }
  text += row("macro recall, kinds seen 5 times",
              [](const Score& s) { return fmt::format("{:.2f}", macro_recall(s.kinds, 5)); });
  text +=
      row("macro recall, every kind", [](const Score& s) { return fmt::format("{:.2f}", macro_recall(s.kinds, 1)); });
  for (const auto* word : {"high", "medium", "low"}) {
    text += row(std::string("right of those said with ") + word,
                [&](const Score& s) { return s.words.contains(word) ? share_text(s.words.at(word)) : "-"; });
  }
  return text;
}

}  // namespace amphi::test
