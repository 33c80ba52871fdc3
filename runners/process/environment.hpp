#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace klab {

/// The environment of a submission's program: what is on the allow-list of klab's own (PATH, HOME, the
/// locale, where language runtimes live), never the rest, which may hold credentials. Output is asked to be
/// line-buffered, as it is at the terminal where the student tried it. `token` marks the program and all its
/// descendants, see `kill_marked`.
std::vector<std::string> program_environment(const std::string& token,
                                             const std::filesystem::path& temporary_folder);

/// Puts what that environment refers to into the temporary folder, which several programs may share.
void lay_out_for_environment(const std::filesystem::path& temporary_folder);

/// For `setup`: the same, and where package managers are told their mirrors and proxies.
std::vector<std::string> setup_environment(const std::string& token);

/// Kills every process that carries a token which begins so in its environment, whatever group or session it
/// moved itself to. Gives up after ten seconds on one that the kernel does not let go, as on a dead disk.
void kill_marked(const std::string& token);

}  // namespace klab
