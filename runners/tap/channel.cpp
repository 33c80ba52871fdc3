#include "runners/tap/channel.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace klab {

void Channel::send(std::string_view bytes) {
  if (is_done_) return;
  if (pending_.empty()) bytes.remove_prefix(try_to_send(bytes));
  if (!is_done_) pending_ += bytes;
}

void Channel::send_pending() {
  if (is_done_) return;
  const std::size_t sent = try_to_send(pending_);
  if (!is_done_) pending_.erase(0, sent);
  end_when_sent();
}

void Channel::end(bool tells_sink) {
  is_ending_ = true;
  tells_sink_ = tells_sink;
  end_when_sent();
}

void Channel::end_when_sent() {
  if (!is_ending_ || is_done_ || !pending_.empty()) return;
  if (tells_sink_) shutdown(sink_, SHUT_WR);
  is_done_ = true;
}

void Channel::give_up() {
  pending_.clear();
  is_done_ = true;
}

/// How many were sent. A sink that fails has no use for more.
std::size_t Channel::try_to_send(std::string_view bytes) {
  const ssize_t sent = ::send(sink_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<std::size_t>(sent);
  if (errno != EAGAIN && errno != EINTR) give_up();
  return 0;
}

}  // namespace klab
