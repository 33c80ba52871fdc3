#pragma once

#include <filesystem>
#include <string>

namespace klab {

/// A folder of that name where the klabs of all users of this machine find each other's locks. Makes it; one
/// that cannot be made is found missing by whoever opens a file in it.
std::filesystem::path machine_folder(const std::string& name);

}  // namespace klab
