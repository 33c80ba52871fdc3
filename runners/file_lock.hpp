#pragma once

#include <filesystem>

#include "runners/eventually.hpp"
#include "runners/file_descriptor.hpp"

namespace klab {

/// Waits until no other process holds the lock, and holds it as long as the descriptor is open; the kernel
/// releases it however klab ends. Throws HarnessError when the file cannot be written, or another still holds
/// the lock after `within`; Interrupted.
FileDescriptor lock_file(const std::filesystem::path& file, Clock::duration within);

}  // namespace klab
