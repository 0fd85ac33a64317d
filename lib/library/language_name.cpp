// English names of the languages that discs carry most, by ISO 639-2/B.
#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "library/naming.hpp"
#include "model/language.hpp"

namespace amphi {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto kNames = std::to_array<Pair>({
    {"alb", "Albanian"},
    {"ara", "Arabic"},
    {"arm", "Armenian"},
    {"baq", "Basque"},
    {"bel", "Belarusian"},
    {"ben", "Bengali"},
    {"bos", "Bosnian"},
    {"bul", "Bulgarian"},
    {"cat", "Catalan"},
    {"chi", "Chinese"},
    {"cze", "Czech"},
    {"dan", "Danish"},
    {"dut", "Dutch"},
    {"eng", "English"},
    {"est", "Estonian"},
    {"fin", "Finnish"},
    {"fre", "French"},
    {"geo", "Georgian"},
    {"ger", "German"},
    {"gle", "Irish"},
    {"glg", "Galician"},
    {"gre", "Greek"},
    {"heb", "Hebrew"},
    {"hin", "Hindi"},
    {"hrv", "Croatian"},
    {"hun", "Hungarian"},
    {"ice", "Icelandic"},
    {"ind", "Indonesian"},
    {"ita", "Italian"},
    {"jpn", "Japanese"},
    {"kan", "Kannada"},
    {"kaz", "Kazakh"},
    {"kor", "Korean"},
    {"lat", "Latin"},
    {"lav", "Latvian"},
    {"lit", "Lithuanian"},
    {"mac", "Macedonian"},
    {"mal", "Malayalam"},
    {"mar", "Marathi"},
    {"may", "Malay"},
    {"mon", "Mongolian"},
    {"nob", "Norwegian Bokmål"},
    {"nno", "Norwegian Nynorsk"},
    {"nor", "Norwegian"},
    {"pan", "Punjabi"},
    {"per", "Persian"},
    {"pol", "Polish"},
    {"por", "Portuguese"},
    {"rum", "Romanian"},
    {"rus", "Russian"},
    {"slo", "Slovak"},
    {"slv", "Slovenian"},
    {"spa", "Spanish"},
    {"srp", "Serbian"},
    {"swe", "Swedish"},
    {"tam", "Tamil"},
    {"tel", "Telugu"},
    {"tgl", "Tagalog"},
    {"tha", "Thai"},
    {"tur", "Turkish"},
    {"ukr", "Ukrainian"},
    {"urd", "Urdu"},
    {"vie", "Vietnamese"},
    {"wel", "Welsh"},
});

}  // namespace

std::string language_name(std::string_view code) {
  const auto wanted = iso639_2b(trim(code));
  const auto at = std::find_if(kNames.begin(), kNames.end(), [&](const Pair& entry) { return entry.first == wanted; });
  return std::string(at == kNames.end() ? code : at->second);
}

}  // namespace amphi
