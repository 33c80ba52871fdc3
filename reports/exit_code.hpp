#pragma once

namespace klab {

/// What klab's commands end with, as their --help says, too.
enum ExitCode : int {
  kExitAllHolds = 0,
  kExitFailed = 1,     ///< by a fault of what was judged
  kExitFellShort = 2,  ///< nothing failed, but not everything could be judged
  kExitBadInput = 64,  ///< no sense can be made of the command line or of a file: EX_USAGE of sysexits.h
};

}  // namespace klab
