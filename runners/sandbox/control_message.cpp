#include "runners/sandbox/control_message.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace klab {
namespace {

constexpr std::size_t kLongestMessage = 16384;
constexpr std::size_t kMostDescriptors = 64;

std::vector<FileDescriptor> descriptors_in(msghdr& header) {
  std::vector<FileDescriptor> descriptors;
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    std::vector<int> numbers((part->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    std::memcpy(numbers.data(), CMSG_DATA(part), numbers.size() * sizeof(int));
    for (const int number : numbers) descriptors.emplace_back(number);
  }
  return descriptors;
}

std::optional<ControlMessage> receive(int socket, int flags) {
  std::string text(kLongestMessage, '\0');
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> rights{};
  iovec part{text.data(), text.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = rights.data();
  header.msg_controllen = rights.size();
  ssize_t length = 0;
  do length = recvmsg(socket, &header, flags | MSG_CMSG_CLOEXEC);
  while (length < 0 && errno == EINTR);
  if (length <= 0) return std::nullopt;
  text.resize(static_cast<std::size_t>(length));
  return ControlMessage{nlohmann::json::parse(text, nullptr, false), descriptors_in(header)};
}

}  // namespace

bool send_message(int socket, const nlohmann::json& content, const std::vector<int>& descriptors) {
  std::string text = content.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  std::vector<char> rights(CMSG_SPACE(descriptors.size() * sizeof(int)));
  iovec part{text.data(), text.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (!descriptors.empty()) {
    header.msg_control = rights.data();
    header.msg_controllen = rights.size();
    cmsghdr* const first = CMSG_FIRSTHDR(&header);
    first->cmsg_level = SOL_SOCKET;
    first->cmsg_type = SCM_RIGHTS;
    first->cmsg_len = CMSG_LEN(descriptors.size() * sizeof(int));
    std::memcpy(CMSG_DATA(first), descriptors.data(), descriptors.size() * sizeof(int));
  }
  return sendmsg(socket, &header, MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

std::optional<ControlMessage> receive_message(int socket) { return receive(socket, 0); }

std::optional<ControlMessage> poll_message(int socket) { return receive(socket, MSG_DONTWAIT); }

}  // namespace klab
