#pragma once

#include <filesystem>

#include "runners/file_descriptor.hpp"

namespace klab {

/// A folder of its own for what a run needs only while it lasts, below the system's temporary folder. Removed
/// with this object; one that a killed klab left behind is removed by the next.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& temporary = std::filesystem::temp_directory_path());
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  FileDescriptor lock_;
};

}  // namespace klab
