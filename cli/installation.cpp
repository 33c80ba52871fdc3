#include "cli/installation.hpp"

#include <cstdlib>

#include "checks/errors.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

fs::path from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? fs::path() : fs::path(value);
}

fs::path cache_folder() {
  if (const fs::path own = from_environment("KLAB_CACHE"); !own.empty()) return fs::absolute(own);
  if (const fs::path shared = from_environment("XDG_CACHE_HOME"); !shared.empty()) return shared / "klab";
  if (const fs::path home = from_environment("HOME"); !home.empty()) return home / ".cache" / "klab";
  throw BadInput("HOME is not set: say where klab may keep its cache with KLAB_CACHE");
}

}  // namespace

Installation find_installation() {
  const fs::path home = from_environment("KLAB_HOME");
  return {.home = home.empty() ? fs::path(KLAB_SOURCE_DIR) : home,
          .specs = fs::read_symlink("/proc/self/exe").parent_path() / "specs",
          .cache = cache_folder()};
}

}  // namespace klab
