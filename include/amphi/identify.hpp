// What TheDiscDB's data say of a disc, and what of it the catalog takes. Pure: texts and values in, values out.
// Source: the files of https://github.com/TheDiscDb/data: `metadata.json` of a film or show, `release.json` of a
// release, `discNN.json` of a disc in it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "amphi/catalog.hpp"
#include "amphi/disc.hpp"
#include "amphi/edit.hpp"
#include "amphi/track.hpp"

namespace amphi {

// ---- their files ---------------------------------------------------------------------------------------------------

struct DiscdbTitle {
  std::string source_file;  // "00800.mpls", "00007.m2ts"; of a DVD the title: "02"
  std::string segment_map;  // "1-11,12"
  std::optional<double> seconds;
  bool identified = false;                  // people said what it is; the rest is empty where not
  std::string name, type, season, episode;  // "MainMovie"; "1"; "1", "1-2"
};

struct DiscdbDisc {
  std::string content_hash, disc_id;  // upper case; "" where the file has none
  std::vector<DiscdbTitle> titles;
};

struct DiscdbRelease {
  std::string slug, title;  // "2017-the-final-cut-4k", "The Final Cut 4K"
};

// A film or a show.
struct DiscdbWork {
  std::string slug, title;
  std::optional<int> year;                      // 1900 to 2100
  std::optional<std::string> imdb_id, tmdb_id;  // as the catalog takes them
  std::optional<MediaType> type;
};

// The text of one of their files. Throws kUsage saying what is wrong with it: not JSON, nested too deeply, no object
// ... A value that does not fit is left out, whatever does is taken.
DiscdbDisc parse_discdb_disc(std::string_view text);
DiscdbRelease parse_discdb_release(std::string_view text);
DiscdbWork parse_discdb_work(std::string_view text);

// The content hash and the disc id that a disc's file tells, upper case, found without parsing it.
std::vector<std::string> glimpse_discdb_names(std::string_view text);

// ---- from their words to amphi's -----------------------------------------------------------------------------------

// nullopt for a word that they do not use. An `Extra` goes by what it is called: "Deleted Scenes", "Making of ...".
std::optional<TrackType> track_type_of(const DiscdbTitle& title);

// What a main feature's name has beyond the film's: "300 (English & Japanese Audio)" -> "English & Japanese Audio"; ""
// where it has nothing, or is another name.
std::string beyond_title(std::string_view name, std::string_view film);
// Whether a text tells one cut of a film from another: "Director's Cut", "Unrated", "Widescreen".
bool tells_a_version(std::string_view text);
// The cut that a release says it has; "" where it tells of its package only ("2014 4K Ultra HD Blu-ray", "Limited
// Collector's Edition").
std::string cut_in_release(std::string_view release_title);

struct EpisodeNumbers {
  int first = 0;
  std::optional<int> last;  // where the track has several
};
std::optional<EpisodeNumbers> parse_discdb_episode(std::string_view text);  // "7", "1-2", "1, 2", "1 & 2"

// ---- which of their titles a track is ------------------------------------------------------------------------------

struct TitleMatch {
  std::size_t track = 0, title = 0;  // indexes
  std::string by;                    // "source file", "segment map", "length"
};
struct TitleMatches {
  std::vector<TitleMatch> taken;                             // by track
  std::vector<std::pair<std::size_t, std::string>> refused;  // a track, and why what is said of it is not taken
};
// By source file; what has none of it by its clips (not of DVDs, whose cells have no names of their own); then, where
// one title and one track fit each other and nothing else, by length. Lengths must agree in any case.
TitleMatches match_titles(DiscKind kind, const std::vector<Track>& tracks, const std::vector<DiscdbTitle>& titles);

// ---- what the disc and its tracks would be -------------------------------------------------------------------------

struct TrackProposal {
  TrackId id;
  int number = 0;
  TrackEdits edits;
  std::string by;
};
struct Proposal {
  DiscEdits disc;
  std::vector<TrackProposal> tracks;     // in the disc's order; tracks of which nothing is said are not among them
  std::vector<std::string> untaken;      // what contradicts itself or the disc, one line each
  std::vector<std::string> not_on_disc;  // titles that people named and amphi does not have: "00801.mpls Trailer"
};

struct DiscdbEntry {
  DiscdbDisc disc;
  std::optional<DiscdbRelease> release;
  std::optional<DiscdbWork> work;
};
Proposal propose(const Disc& disc, const std::vector<Track>& tracks, const DiscdbEntry& entry);

// Several releases that have the disc: what all that say something agree on. `conflicts` names what they do not agree
// on: "title", "track 3 track_name".
struct Agreement {
  Proposal proposal;
  std::vector<std::string> conflicts;
};
Agreement agree(const std::vector<Proposal>& proposals);

// ---- what of it is written -----------------------------------------------------------------------------------------

enum class HandEdits { kKeep, kOverwrite };

struct FieldDecision {
  std::optional<TrackId> track;  // absent: the disc
  int track_number = 0;
  std::string field;                         // its contract name
  std::optional<std::string> now, proposed;  // as text
  bool written = false;                      // false: kept, because a user said it
};
struct Decisions {
  Edit edit;
  std::vector<FieldDecision> fields;  // those that differ, the disc's first
  Disc disc;                          // as they are after the edit
  std::vector<Track> tracks;
};
// A field may be written where it is empty, or where the latest entry of the history (newest first) that names it is of
// event "identified" and gave it the value it has; every other value is a user's. Season, episode and episode_end are
// one: a user's word on any of them keeps all. Where a user said what a track is, it becomes no episode.
Decisions decide(const Disc& disc, const std::vector<Track>& tracks, const std::vector<HistoryEntry>& history,
                 const Proposal& proposal, HandEdits hand_edits);

}  // namespace amphi
