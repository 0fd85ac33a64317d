// A disc with its tracks, as `disc show` and the verbs that change one print it.
#pragma once

#include <string>
#include <vector>

#include "amphi/process.hpp"
#include "context.hpp"
#include "printer.hpp"
#include "view.hpp"

namespace amphi::cmd {

// {"schema", "disc", "tracks"}: the same parts under each verb's own schema.
Document disc_page_document(std::string_view schema, std::string_view summary);

// The two parts that every page has.
void add_disc_and_tracks(JsonDocument& json, const DiscReport& report);

void print_disc_page(Context& context, const DiscReport& report, const std::vector<std::string>& columns);

// The page as JSON, or `sentence` as text.
void print_changed_disc(Context& context, Catalog& catalog, DiscId disc, const std::string& sentence);

// "Sita Sings the Blues (2008), dvd-a1b2c3d"
std::string disc_name(const Disc& disc);

}  // namespace amphi::cmd
