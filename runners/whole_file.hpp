#pragma once

#include <filesystem>
#include <string>

namespace klab {

/// The whole text of a file; empty when it is not there.
std::string read_whole_file(const std::filesystem::path& file);

/// Replaces a file at once: a reader sees the old text or the new, whatever happens in between. Throws
/// HarnessError that names the file and the reason, such as a full disk.
void replace_whole_file(const std::filesystem::path& file, const std::string& text);

}  // namespace klab
