#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

#include "runners/file_descriptor.hpp"

namespace klab {

/// Moves the process into user, mount, network, IPC and host name namespaces of its own; its next child is
/// the first process of a new process namespace. User and group keep their ids, nobody else has one there.
/// Throws Refusal.
void enter_namespaces();

/// In a new user namespace: nobody makes another one in it, and with it file systems in memory that no limit
/// knows of. Throws Refusal.
void forbid_more_namespaces();

/// In a new process namespace, where ids begin with 1: the next are some that no other sandbox has now, since
/// programs name themselves by their process id. `outside` is one that lives as long as the sandbox, as klab
/// sees it. Does nothing where the kernel refuses.
void number_processes_apart(pid_t outside);

/// In a new network namespace: brings the loopback interface up, the only one there is. Throws Refusal.
void bring_loopback_up();

/// A listening socket a port, on 127.0.0.1 and on ::1, so that a program may say `localhost`. Each belongs to
/// this network namespace, wherever it is passed. Throws Refusal.
std::vector<FileDescriptor> listen_on(const std::vector<std::uint16_t>& ports);

}  // namespace klab
