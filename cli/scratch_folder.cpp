#include "cli/scratch_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "checks/errors.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "klab-";

/// Held for as long as the folder's klab lives.
FileDescriptor try_to_own(const fs::path& lock_file, int flags) {
  FileDescriptor lock(open(lock_file.c_str(), flags | O_RDWR | O_CLOEXEC, 0600));
  if (lock && flock(lock.get(), LOCK_EX | LOCK_NB) != 0) lock.reset();
  return lock;
}

void remove_abandoned(const fs::path& temporary) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(temporary, ignored))
    if (entry.path().filename().string().starts_with(kPrefix) && try_to_own(entry.path() / "lock", 0))
      fs::remove_all(entry.path(), ignored);
}

}  // namespace

ScratchFolder::ScratchFolder() {
  const fs::path temporary = fs::temp_directory_path();
  remove_abandoned(temporary);
  std::string name = (temporary / fmt::format("{}XXXXXX", kPrefix)).string();
  if (mkdtemp(name.data()) == nullptr)
    throw HarnessError(
        fmt::format("cannot make a folder in {}: {}", temporary.string(), std::strerror(errno)));
  path_ = name;
  lock_ = try_to_own(path_ / "lock", O_CREAT);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace klab
