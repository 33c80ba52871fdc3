#pragma once

#include <filesystem>
#include <vector>

#include "runners/sandbox/inside/sandbox_request.hpp"

namespace klab {

/// The unix sockets in the file system to which something of this network namespace listens.
std::vector<std::filesystem::path> listening_unix_sockets();

/// In namespaces of its own: makes the files what the program may see and change. All is read-only; /tmp,
/// /var/tmp, /run and /dev/shm are empty and writable, /dev and /proc are the sandbox's own; writable,
/// readable, overlaid and hidden places are what sandbox.hpp promises. The sockets are covered: a network
/// namespace does not keep anybody from them. The working folder is entered anew. Throws Refusal.
void arrange_files(const SandboxRequest& request, const std::vector<std::filesystem::path>& unix_sockets);

}  // namespace klab
