#pragma once

namespace klab {

/// The leader is the process that klab knows: the one it started, at the head of the process group in which
/// the program runs as well. It knows nothing but how the program ends, and then ends the same way.
/// It speaks with the first process over a socket:
///   first process: kStarted, once the program is in the group; until then a signal ends the leader
///   leader:        kHolding, to the program: from now on a signal to the group is the program's
///   first process: the program's wait status
constexpr char kStarted = 's', kHolding = 'h';

/// Ends the process; with SIGKILL when the first process is gone without a word.
[[noreturn]] void lead(int first_process);

/// What is read and written there is /dev/null from now on: only the program holds its streams open.
void let_go_of_streams();

}  // namespace klab
