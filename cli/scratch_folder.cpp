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

// No names that a person gives a folder: those found so are removed.
constexpr const char* kPrefix = "klab-scratch-";
constexpr const char* kLock = ".klab-scratch";

/// Held for as long as the folder's klab lives.
FileDescriptor try_to_own(const fs::path& lock_file, int flags) {
  FileDescriptor lock(open(lock_file.c_str(), flags | O_RDWR | O_CLOEXEC, 0600));
  if (lock && flock(lock.get(), LOCK_EX | LOCK_NB) != 0) lock.reset();
  return lock;
}

void remove_abandoned(const fs::path& temporary) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(temporary, ignored))
    if (entry.path().filename().string().starts_with(kPrefix) && try_to_own(entry.path() / kLock, 0))
      fs::remove_all(entry.path(), ignored);
}

}  // namespace

ScratchFolder::ScratchFolder(const fs::path& temporary) {
  remove_abandoned(temporary);
  // Gets the name under which another klab may take it for abandoned only when it is owned.
  std::string unowned = (temporary / "new-klab-XXXXXX").string();
  if (mkdtemp(unowned.data()) == nullptr)
    throw HarnessError(
        fmt::format("cannot make a folder in {}: {}", temporary.string(), std::strerror(errno)));
  lock_ = try_to_own(fs::path(unowned) / kLock, O_CREAT);
  path_ = temporary / (kPrefix + unowned.substr(unowned.rfind('-') + 1));
  fs::rename(unowned, path_);
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace klab
