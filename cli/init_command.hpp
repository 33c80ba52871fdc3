#pragma once

#include <filesystem>
#include <string>

namespace klab {

struct InitOptions {
  std::filesystem::path folder = ".";
  std::string lab = "data_transport";
  bool force = false;  ///< write over a manifest that is there
};

/// Writes FOLDER/submission.json from what the folder looks like, and says on stdout what was guessed from
/// which file, what is not sure, and which sections are not attempted with it. Throws BadInput, and writes
/// nothing, where a manifest is there already or no program was found.
void init(const InitOptions& options);

}  // namespace klab
