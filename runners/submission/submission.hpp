#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace klab {

/// A submission as its submission.json describes it.
/// Which links of a submission are followed: those into its git work tree, or, where other people's
/// submissions may lie there, those into its own folder only.
enum class Links : std::uint8_t { into_work_tree, into_own_folder };

struct Submission {
  std::filesystem::path folder = {};
  std::map<std::string, std::string> programs = {};  ///< role -> command for `sh -c`, with placeholders
  std::string setup = {};             ///< run once in a prepared copy; empty when there is none
  std::string consumed_pattern = {};  ///< output.consumed; empty when every line counts
  Links links = Links::into_work_tree;

  bool has(const std::string& role) const { return programs.contains(role); }
};

/// Reads DIR/submission.json. Throws BadInput, with line and field, for a folder that is none, a missing or
/// malformed manifest, a field of the wrong type, an unknown field, a pattern that is no regular expression.
Submission load_submission(const std::filesystem::path& folder);

}  // namespace klab
