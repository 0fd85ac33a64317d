// What holds where the configuration says nothing.
#pragma once

#include <string>

#include "amphi/config.hpp"

namespace amphi {

std::string user_config_file(const ConfigInputs& inputs);  // "" where no home is known
// With origins "default" for every key; the presets still empty, for they hang on the engine.
Config default_config(const ConfigInputs& inputs);
void fill_presets(TranscodeConfig& transcode);
// Throws kUsage where a path is still unknown because there is no home.
void need_paths(const Config& config);

}  // namespace amphi
