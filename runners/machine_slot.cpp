#include "runners/machine_slot.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <thread>

#include "runners/machine_folder.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

FileDescriptor open_slot(const fs::path& folder, const std::string& kind, unsigned number) {
  const fs::path file = folder / fmt::format("{}-{}", kind, number);
  // Some kernels refuse O_CREAT for what another user made in such a folder.
  FileDescriptor slot(open(file.c_str(), O_RDONLY | O_CLOEXEC));
  return slot ? std::move(slot) : FileDescriptor(open(file.c_str(), O_CREAT | O_RDONLY | O_CLOEXEC, 0644));
}

}  // namespace

FileDescriptor take_slot(const fs::path& folder, const std::string& kind, unsigned count,
                         Clock::duration within) {
  FileDescriptor taken;
  const auto try_all = [&] {
    bool can_wait = false;
    for (unsigned number = 1; number <= count; ++number) {
      FileDescriptor slot = open_slot(folder, kind, number);
      can_wait = can_wait || slot;
      if (!slot || flock(slot.get(), LOCK_EX | LOCK_NB) != 0) continue;
      taken = std::move(slot);
      return true;
    }
    return !can_wait;
  };
  eventually(try_all, within, 50ms);
  return taken;
}

FileDescriptor take_machine_slot(const std::string& kind, Clock::duration within) {
  return take_slot(machine_folder("klab-slots"), kind, std::max(std::thread::hardware_concurrency(), 1u),
                   within);
}

}  // namespace klab
