#pragma once

#include <filesystem>
#include <string>

#include "runners/eventually.hpp"
#include "runners/file_descriptor.hpp"

namespace klab {

/// One of as many places as this machine has cores, for work that keeps a core busy: a broker that starts, a
/// `setup`. All klabs of the machine share them, so that many gradings at once start no more at a time than
/// one alone. Held as long as the descriptor is open; the kernel takes it back however klab ends.
///
/// Places keep the machine from being overrun; nothing depends on them. So whoever has waited for `within`,
/// or may not write in the system's temporary folder, goes on without one: the descriptor is none then.
/// `kind` tells apart what must not wait for each other. Throws Interrupted.
FileDescriptor take_machine_slot(const std::string& kind, Clock::duration within);

/// The same, with `count` places in a folder of the caller's choice.
FileDescriptor take_slot(const std::filesystem::path& folder, const std::string& kind, unsigned count,
                         Clock::duration within);

}  // namespace klab
