#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>

namespace klab {

/// The TCP sockets of a process, of a machine that has proc(5): {"listens": [port, ..], "talks to": [port,
/// ..]}, the second being those ports of others, on whatever machine, that it has connections to and that are
/// not its own. Empty where it may not be looked at.
nlohmann::ordered_json sockets_of(pid_t process);

}  // namespace klab
