#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace klab {

/// What somebody who looks at a folder sees: its files, without those that tools made (node_modules, a
/// virtual environment, target), hidden ones, and names that no command line could hold. Bounded, whatever
/// the folder is.
class FolderFiles {
 public:
  /// Throws BadInput where the folder is none or cannot be read.
  explicit FolderFiles(std::filesystem::path folder);

  const std::filesystem::path& folder() const { return folder_; }

  /// Relative to the folder, by name.
  const std::vector<std::filesystem::path>& names() const { return names_; }

  bool has(const std::filesystem::path& name) const;

  /// The first 256 KiB, long runs of white space made short; empty where it cannot be read.
  std::string text(const std::filesystem::path& name) const;

  /// The file of one of these names in `from`, or else in the closest folder above it; empty where there is
  /// none. The names come in order of preference.
  std::filesystem::path nearest(std::filesystem::path from, const std::vector<std::string>& names) const;

  /// What was passed over, for people: "only the first 5000 files were looked at".
  const std::vector<std::string>& doubts() const { return doubts_; }

 private:
  void walk(const std::filesystem::path& name, int depth);

  std::filesystem::path folder_;
  std::vector<std::filesystem::path> names_ = {};
  std::vector<std::string> doubts_ = {};
};

}  // namespace klab
