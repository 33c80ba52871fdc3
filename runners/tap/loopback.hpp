#pragma once

#include "runners/file_descriptor.hpp"

namespace klab {

/// A socket that listens on 127.0.0.1 in the network namespace of the calling thread, where it stays whoever
/// accepts from it. Port 0 lets the kernel choose. Throws HarnessError.
FileDescriptor listen_on_loopback(int port = 0);

/// Of a socket that is bound.
int port_of(const FileDescriptor& socket);

/// A connection to 127.0.0.1 that does not block; it may still be under way, or be refused later. Throws
/// HarnessError where there can be no socket at all.
FileDescriptor begin_to_connect(int port);

/// Whether such a connection has been made, and not been refused.
bool is_connected(const FileDescriptor& socket);

/// What a tap adds to a connection's delay should not depend on how its bytes are cut.
void send_at_once(const FileDescriptor& socket);

/// Lets close(2) tell the other end that the connection was reset.
void reset_on_close(const FileDescriptor& socket);

}  // namespace klab
