#pragma once

#include <sys/eventfd.h>

#include "checks/errors.hpp"
#include "runners/file_descriptor.hpp"

namespace klab {

/// Makes another thread's poll(2) return. Rings before it is cleared count as one.
class WakeUp {
 public:
  WakeUp() : event_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (!event_) throw HarnessError("cannot make an eventfd");
  }

  int fd() const { return event_.get(); }
  void ring() { eventfd_write(event_.get(), 1); }
  void clear() {
    eventfd_t ignored = 0;
    eventfd_read(event_.get(), &ignored);
  }

 private:
  FileDescriptor event_;
};

}  // namespace klab
