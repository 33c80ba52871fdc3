#include "runners/machine_folder.hpp"

#include <sys/stat.h>

namespace klab {

std::filesystem::path machine_folder(const std::string& name) {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / name;
  if (mkdir(folder.c_str(), 0777) == 0) chmod(folder.c_str(), 01777);
  return folder;
}

}  // namespace klab
