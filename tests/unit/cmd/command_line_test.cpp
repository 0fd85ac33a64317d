#include "command_line.hpp"

#include <set>

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "help.hpp"

namespace amphi::cmd {
namespace {

Error error_of(const std::vector<std::string>& arguments) {
  try {
    parse_command_line(arguments);
  } catch (const Error& error) {
    return error;
  }
  return {ErrorKind::kUnexpected, "no error"};
}

TEST(CommandLine, GlobalOptionsWorkEverywhere) {
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"--json", "disc", "list"}, {"disc", "--json", "list"}, {"disc", "list", "--json"}}) {
    const auto line = parse_command_line(words);
    ASSERT_NE(line.verb, nullptr);
    EXPECT_EQ(line.verb->path(), "disc list");
    EXPECT_EQ(line.options.format, DataFormat::kJson);
  }
}

TEST(CommandLine, ValuesOfGlobalOptionsAreNoVerbs) {
  const auto line = parse_command_line({"--catalog", "status", "disc", "list", "--config=plan"});
  EXPECT_EQ(line.verb->path(), "disc list");
  EXPECT_EQ(line.options.catalog, "status");
  EXPECT_EQ(line.options.config, "plan");
}

TEST(CommandLine, AFollowingCommandMeansTheSameCatalog) {
  EXPECT_EQ(command_as_here({}, "amphi catalog check"), "amphi catalog check");
  const auto line = parse_command_line({"--catalog", "my films.db", "--config", "a.toml", "disc", "list"});
  EXPECT_EQ(command_as_here(line.options, "amphi catalog check"),
            "amphi --catalog 'my films.db' --config a.toml catalog check");
}

TEST(CommandLine, AVerbThatIsAlsoANounTakesItsOwnArguments) {
  EXPECT_EQ(parse_command_line({"process", "dvd-a1b2c3d"}).verb->path(), "process");
  EXPECT_EQ(parse_command_line({"process", "cancel", "dvd-a1b2c3d"}).verb->path(), "process cancel");
  EXPECT_EQ(parse_command_line({"process", "--resume"}).verb->path(), "process");
}

TEST(CommandLine, WordsAfterTheVerbAreNeverVerbs) {
  EXPECT_EQ(parse_command_line({"disc", "show", "status"}).verb->path(), "disc show");
  EXPECT_EQ(parse_command_line({"disc", "edit", "1", "--title", "--json"}).options.format, DataFormat::kText);
  EXPECT_EQ(parse_command_line({"disc", "edit", "1", "--title=", "--json"}).options.format, DataFormat::kJson);
}

TEST(CommandLine, TypingErrorsAreOneLineWithASuggestion) {
  EXPECT_EQ(error_of({"disc", "shwo"}).hint(), "did you mean 'amphi disc show'?");
  EXPECT_EQ(error_of({"staus"}).hint(), "did you mean 'amphi status'?");
  EXPECT_EQ(error_of({"disc", "edit", "1", "--titel", "x"}).hint(), "did you mean --title?");
  EXPECT_EQ(error_of({"disc", "list", "--sort", "yaer"}).hint(), "did you mean year?");
  EXPECT_EQ(error_of({"disc"}).message(), "'disc' needs a verb");
  EXPECT_EQ(error_of({"disc", "show", "1", "2"}).message(), "unexpected argument '2'");
  EXPECT_EQ(error_of({"disc", "edit"}).message(), "DISC is missing");
  EXPECT_EQ(error_of({"disc", "edit", "1", "--title"}).message(), "--title needs a value");
  EXPECT_EQ(error_of({"history", "--limit", "many"}).message(), "--limit takes a whole number, not 'many'");
  for (const auto& words : std::vector<std::vector<std::string>>{
           {"disc"}, {"disc", "shwo"}, {"disc", "edit"}, {"status", "--json", "--jsonl"}, {"status", "-q", "-v"}}) {
    EXPECT_EQ(error_of(words).kind(), ErrorKind::kUsage);
    EXPECT_EQ(error_of(words).message().find('\n'), std::string::npos);
  }
}

TEST(CommandLine, HelpIsAnAnswerNotAnError) {
  EXPECT_TRUE(parse_command_line({}).help);
  EXPECT_TRUE(parse_command_line({"--help"}).help);
  EXPECT_TRUE(parse_command_line({"disc", "--help"}).help);
  EXPECT_EQ(parse_command_line({"disc", "edit", "--help"}).help, parse_command_line({"help", "disc", "edit"}).help);
}

TEST(CommandLine, ErrorsFollowJsonEvenWhereTheLineCannotBeParsed) {
  EXPECT_TRUE(asks_for_json({"disc", "shwo", "--json"}));
  EXPECT_FALSE(asks_for_json({"__complete", "--", "amphi", "--json"}));
}

TEST(Verbs, EachHasOneLineHelpAndAnExampleThatNamesIt) {
  std::set<std::string_view> paths;
  for (const auto* verb : all_verbs()) {
    EXPECT_TRUE(paths.insert(verb->path()).second) << verb->path() << " is there twice";
    EXPECT_FALSE(verb->summary().empty()) << verb->path();
    if (verb->hidden()) continue;
    const auto place = verb->example().find("amphi " + std::string(verb->path()));
    EXPECT_NE(place, std::string_view::npos) << verb->path();
    EXPECT_NE(verb_help(*verb).find(verb->example()), std::string::npos);
  }
  for (const auto* path :
       {"status",       "disc scan",   "disc show",  "disc list",   "disc edit",   "disc fingerprint",
        "disc flag",    "disc forget", "track show", "track edit",  "track want",  "track verify",
        "track reset",  "track adopt", "track path", "plan",        "process",     "process cancel",
        "process log",  "step run",    "drive list", "drive eject", "config init", "config show",
        "config check", "history",     "completion", "schema",      "__complete"}) {
    EXPECT_TRUE(paths.contains(path)) << path;
  }
}

TEST(Verbs, EveryOptionHasAHelpText) {
  for (const auto* verb : all_verbs()) {
    Options options;
    const auto command = verb->make();
    command->describe(options);
    for (const auto& info : options.infos())
      EXPECT_FALSE(info.help.empty()) << verb->path() << " " << info.names.back();
  }
}

}  // namespace
}  // namespace amphi::cmd
