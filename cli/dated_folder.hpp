#pragma once

#include <filesystem>
#include <string>

namespace klab {

/// A folder that is not there yet, named after the lab and the local time; two may be asked for within a
/// second. Does not make it.
std::filesystem::path dated_folder(const std::filesystem::path& parent, const std::string& lab);

}  // namespace klab
