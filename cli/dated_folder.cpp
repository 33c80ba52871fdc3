#include "cli/dated_folder.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

namespace klab {

std::filesystem::path dated_folder(const std::filesystem::path& parent, const std::string& lab) {
  const std::string name = fmt::format("{}-{:%Y%m%d-%H%M%S}", lab, fmt::localtime(std::time(nullptr)));
  std::filesystem::path path = parent / name;
  for (int again = 2; std::filesystem::exists(path); ++again)
    path = parent / fmt::format("{}-{}", name, again);
  return path;
}

}  // namespace klab
