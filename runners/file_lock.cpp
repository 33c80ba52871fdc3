#include "runners/file_lock.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>

#include "checks/errors.hpp"

namespace klab {

FileDescriptor lock_file(const std::filesystem::path& file, Clock::duration within) {
  using namespace std::chrono_literals;
  FileDescriptor lock(open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644));
  if (!lock) throw HarnessError(fmt::format("cannot write {}", file.string()));
  if (!eventually([&] { return flock(lock.get(), LOCK_EX | LOCK_NB) == 0; }, within, 50ms))
    throw HarnessError(fmt::format("another klab held {} for {}", file.string(),
                                   std::chrono::duration_cast<std::chrono::seconds>(within)));
  return lock;
}

}  // namespace klab
