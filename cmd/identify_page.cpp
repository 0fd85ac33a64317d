#include "identify_page.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "disc_page.hpp"
#include "printer.hpp"
#include "views/identify_view.hpp"

namespace amphi::cmd {

namespace {

std::string field_name(const FieldDecision& field) {
  return field.track ? fmt::format("track {} {}", field.track_number, field.field) : field.field;
}

std::string shown_value(const std::optional<std::string>& value) {
  return value ? escape_controls(*value) : "nothing";
}

void print_kept(Context& context, const Identification& disc) {
  for (const auto& field : disc.decisions.fields) {
    if (field.written) continue;
    const auto text = fmt::format("{} kept, said by hand: {} (TheDiscDB: {})", field_name(field),
                                  shown_value(field.now), shown_value(field.proposed));
    context.out().line(render({text, Style::kYellow}, context.appearance()));
  }
}

void print_disc_fields(Context& context, const Identification& disc) {
  for (const auto& field : disc.decisions.fields) {
    if (field.track || !field.written) continue;
    const auto before = field.now ? fmt::format(" (was {})", shown_value(field.now)) : "";
    context.out().line(fmt::format("{}: {}{}", field.field, shown_value(field.proposed), before));
  }
}

// Once for each key that is not there.
void print_missing_keys(Context& context, const Identification& disc) {
  std::set<std::string> keys;
  for (const auto& row : identified_rows(disc))
    if (!row.place().missing_key.empty() && !row.place().relative.empty()) keys.insert(row.place().missing_key);
  const auto& library = context.config().library;
  const auto* layout = library && library->layout == Layout::kJellyfin ? "jellyfin" : "plex";
  for (const auto& key : keys)
    context.out().line(fmt::format("{} is not configured: names are beneath it, in the layout of {}", key, layout));
}

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

void print_identify_preview(Context& context, const Identification& disc, const std::vector<std::string>& columns) {
  context.out().line(render({disc_name(disc.decisions.disc), Style::kBold}, context.appearance()));
  context.out().line(render({join(disc.files, ", "), Style::kDim}, context.appearance()));
  print_disc_fields(context, disc);
  print_kept(context, disc);
  context.out().line("");
  print_range(context, identify_document(), identified_track_view(), columns, identified_rows(disc));
  print_missing_keys(context, disc);
}

void print_identified(Context& context, const Identification& disc) {
  const auto& fields = disc.decisions.fields;
  std::size_t of_disc = 0;
  std::set<TrackId> tracks;
  for (const auto& field : fields) {
    if (!field.written) continue;
    if (field.track) {
      tracks.insert(*field.track);
    } else {
      ++of_disc;
    }
  }
  const auto name = escape_controls(disc_name(disc.decisions.disc));
  const auto from = escape_controls(join(disc.files, ", "));
  if (of_disc == 0 && tracks.empty()) {
    context.out().line(fmt::format("{}: nothing new in {}", name, from));
  } else {
    context.out().line(fmt::format("{}: {} of the disc and {} set from {}", name, counted(of_disc, "field"),
                                   counted(tracks.size(), "track"), from));
  }
  print_kept(context, disc);
}

void tell_identify_doubts(Context& context, const Identification& disc) {
  for (const auto& missing : disc.missing) context.tell("warning: " + escape_controls(missing));
  for (const auto& untaken : disc.proposal.untaken) context.tell("warning: " + escape_controls(untaken));
  for (const auto& row : identified_rows(disc)) {
    const auto other = row.same_name_as();
    if (other && *other > row.track().scanned.number)
      context.tell(fmt::format("warning: tracks {} and {} would have the same name in the library",
                               row.track().scanned.number, *other));
  }
  for (const auto& title : disc.proposal.not_on_disc)
    context.tell(escape_controls(fmt::format("no track of the disc is their title {}", title)));
}

}  // namespace amphi::cmd
