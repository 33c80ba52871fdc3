#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "runners/file_descriptor.hpp"

namespace klab {

/// What klab and its sandbox helper tell each other over their socket (AF_UNIX, SOCK_SEQPACKET), and the
/// descriptors that come with it. In the order in which they are said:
///   helper: {"refused": "a sentence"}, and ends; or {"ready": true} with a pidfd of the sandbox's first
///           process and then one listening socket a port
///   klab:   {"go": true}
///   helper: {"limit": "memory", "used": 3, "allowed": 2}, and ends the sandbox
/// Either side ends the sandbox by closing its end.
struct ControlMessage {
  nlohmann::json content = {};
  std::vector<FileDescriptor> descriptors = {};
};

/// False when the other side is gone.
bool send_message(int socket, const nlohmann::json& content, const std::vector<int>& descriptors = {});

/// Waits for a message; none when the other side is gone.
std::optional<ControlMessage> receive_message(int socket);

/// The same without waiting; none also when there is no message yet.
std::optional<ControlMessage> poll_message(int socket);

}  // namespace klab
