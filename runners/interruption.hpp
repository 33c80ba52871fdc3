#pragma once

namespace klab {

/// From here on SIGINT, SIGTERM and SIGHUP ask the process to stop instead of ending it: every wait of klab
/// then throws Interrupted, and what was started is stopped on the way out.
void catch_interruptions();

bool is_interrupted();

/// Throws Interrupted once a stop was asked for.
void throw_if_interrupted();

/// Readable once a stop was asked for, for use with poll(2); -1 before catch_interruptions().
int interruption_fd();

}  // namespace klab
