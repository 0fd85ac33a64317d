#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "sample.hpp"
#include "tools/retag.hpp"

namespace amphi {
namespace {

using test::exit_with;
using Words = std::vector<std::string>;

StepSpec retag_spec() {
  StepSpec spec;
  spec.tags = {{"TITLE", "Tom & \"Jerry\"\n= @x"}, {"IMDB", "tt1"}};
  AudioStream english, german;
  english.language = "en";
  english.flags.is_default = true;
  german.language = "deu";
  german.name = "Director's\tcommentary";
  german.flags.commentary = true;
  spec.track.audio = {english, german};
  SubtitleStream subtitle;
  subtitle.language = "not a language";
  subtitle.flags.forced = subtitle.flags.hearing_impaired = subtitle.flags.visual_impaired = true;
  spec.track.subtitles = {subtitle};
  return spec;
}

TEST(Retag, EveryKeptStreamGetsBackWhatTheInputSaid) {
  const Words wanted{"mkvpropedit", "/f.mkv",
                     "--chapters",  "/c.xml",
                     "--tags",      "global:/t.xml",
                     "--edit",      "info",
                     "--set",       "title=Tom & \"Jerry\" = @x",
                     "--edit",      "track:a1",
                     "--set",       "language=ger",
                     "--set",       "name=Director's commentary",
                     "--set",       "flag-default=0",
                     "--set",       "flag-forced=0",
                     "--set",       "flag-commentary=1",
                     "--set",       "flag-hearing-impaired=0",
                     "--set",       "flag-visual-impaired=0",
                     "--edit",      "track:s1",
                     "--set",       "language=und",
                     "--delete",    "name",
                     "--set",       "flag-default=0",
                     "--set",       "flag-forced=1",
                     "--set",       "flag-commentary=0",
                     "--set",       "flag-hearing-impaired=1",
                     "--set",       "flag-visual-impaired=1"};
  EXPECT_EQ(retag_arguments(retag_spec(), {{1}, {0}}, "/f.mkv", "/c.xml", "/t.xml"), wanted);
}

// What a probe finds in a file that says all of retag_spec() for the second audio stream and the subtitle.
ProbeResult a_file_that_says_it() {
  ProbeResult found;
  ProbedStream video, audio, subtitle;
  video.type = "video";
  audio.type = "audio";
  audio.language = "ger";
  audio.title = "Director's commentary";
  audio.flags.commentary = true;
  subtitle.type = "subtitle";
  subtitle.language = "und";
  subtitle.flags = retag_spec().track.subtitles[0].flags;
  found.streams = {video, audio, subtitle};
  found.chapters = {0, 7.5};
  found.tags = {{"ENCODER", "x"}, {"title", retag_spec().tags[0].second}, {"IMDB", "tt1"}};
  return found;
}

TEST(Retag, NothingIsSetAgainWhereNothingWasDropped) {
  auto spec = retag_spec();
  spec.track.chapters = {0, 7.51};
  const KeptStreams kept{{1}, {0}};
  EXPECT_TRUE(is_tagged(spec, kept, a_file_that_says_it()));
  const std::vector<void (*)(ProbeResult&)> losses{
      [](ProbeResult& file) { file.streams[1].language = "eng"; },
      [](ProbeResult& file) { file.streams[1].title = "Stereo"; },
      [](ProbeResult& file) { file.streams[1].flags.commentary = false; },
      [](ProbeResult& file) { file.streams[1].flags.is_default = true; },
      [](ProbeResult& file) { file.streams[2].flags.forced = false; },
      [](ProbeResult& file) { file.streams.pop_back(); },
      [](ProbeResult& file) { file.chapters.pop_back(); },
      [](ProbeResult& file) { file.chapters[1] += 0.1; },
      [](ProbeResult& file) { file.tags.pop_back(); },
      [](ProbeResult& file) { file.tags[1].second = "Tom"; },
  };
  for (std::size_t i = 0; i < losses.size(); ++i) {
    auto file = a_file_that_says_it();
    losses[i](file);
    EXPECT_FALSE(is_tagged(spec, kept, file)) << i;
  }
}

TEST(Retag, AnInputEncodedTwiceIsTheDefaultOnce) {
  const auto words = retag_arguments(retag_spec(), {{0, 0}, {}}, "/f.mkv", "", "");
  EXPECT_EQ(std::count(words.begin(), words.end(), "flag-default=1"), 1);
  EXPECT_EQ(std::count(words.begin(), words.end(), "--chapters"), 0);
  EXPECT_EQ(std::count(words.begin(), words.end(), "--tags"), 0);
}

TEST(Retag, AStreamTheInputDoesNotHaveIsLeftAlone) {
  const Words title{"mkvpropedit", "/f.mkv", "--edit", "info", "--set", "title=Tom & \"Jerry\" = @x"};
  EXPECT_EQ(retag_arguments(retag_spec(), {{7, -1}, {3}}, "/f.mkv", "", ""), title);
}

TEST(Retag, NothingToSetStartsNothing) {
  EXPECT_TRUE(retag_arguments({}, {}, "/f.mkv", "", "").empty());
}

TEST(Retag, TagsEscapeWhatXmlCannotCarry) {
  const auto xml = matroska_tags_xml({{"TITLE", "<a> & \"b\" \x01\xff]]>\xef\xbf\xbf."}, {"IMDB", "tt1"}});
  EXPECT_NE(xml.find("<String>&lt;a&gt; &amp; \"b\" \xef\xbf\xbd]]&gt;.</String>"), std::string::npos) << xml;
  EXPECT_NE(xml.find("<TargetTypeValue>50</TargetTypeValue>"), std::string::npos);
  EXPECT_LT(xml.find("TITLE"), xml.find("IMDB"));
}

TEST(Retag, ChaptersAreTimesOfTheFile) {
  const auto xml = matroska_chapters_xml({7.5, 0, 3661.25, 9999, -1, NAN}, 4000);
  EXPECT_NE(xml.find("<ChapterTimeStart>00:00:00.000000000</ChapterTimeStart><ChapterTimeEnd>00:00:07.500000000"),
            xml.npos);
  EXPECT_NE(xml.find("<ChapterTimeStart>01:01:01.250000000</ChapterTimeStart><ChapterTimeEnd>01:06:40.000000000"),
            xml.npos);
  EXPECT_NE(xml.find("Chapter 3"), xml.npos);
  EXPECT_EQ(xml.find("Chapter 4"), xml.npos);
}

TEST(Retag, AWarningIsNoFailure) {
  EXPECT_TRUE(retag_verdict(exit_with(0), "").ok);
  EXPECT_TRUE(retag_verdict(exit_with(1), "Warning: x").ok);
  const auto failed = retag_verdict(exit_with(2), "The file is being analyzed.\nError: it is no Matroska file\n\n");
  EXPECT_FALSE(failed.ok);
  EXPECT_NE(failed.message.find("it is no Matroska file"), std::string::npos);
  EXPECT_EQ(retag_verdict(exit_with(2), "No space left on device").cause, Cause::kSpace);
  EXPECT_FALSE(retag_verdict(test::killed_by(9), "").ok);
}

}  // namespace
}  // namespace amphi
