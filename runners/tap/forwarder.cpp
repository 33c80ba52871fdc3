#include "runners/tap/forwarder.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kPauseWithoutDescriptors = 50ms;
constexpr std::uint32_t kTrouble = EPOLLERR | EPOLLHUP;  // reading or writing says what it is

/// What an event is about: its kind in the low bits, the id above.
enum class Kind : std::uint64_t { program, broker, listener, wake_up };
constexpr std::uint64_t key_of(Kind kind, std::uint64_t id) {
  return id << 2 | static_cast<std::uint64_t>(kind);
}
constexpr Kind kind_of(std::uint64_t key) { return static_cast<Kind>(key & 3); }
constexpr Kind kind_of(Side side) { return side == Side::program ? Kind::program : Kind::broker; }

void control(const FileDescriptor& epoll, int operation, int fd, std::uint32_t events, std::uint64_t key) {
  epoll_event event{.events = events, .data = {.u64 = key}};
  if (epoll_ctl(epoll.get(), operation, fd, &event) != 0)
    throw HarnessError("a tap cannot wait for a socket");
}

}  // namespace

Forwarder::Forwarder(ObservationQueue& observed, WakeUp& wake_up, std::size_t bytes_a_read)
    : observed_(observed), wake_up_(wake_up), epoll_(epoll_create1(EPOLL_CLOEXEC)), buffer_(bytes_a_read) {
  control(epoll_, EPOLL_CTL_ADD, wake_up_.fd(), EPOLLIN, key_of(Kind::wake_up, 0));
}

void Forwarder::listen(ListenerId id, FileDescriptor socket, Route route) {
  fcntl(socket.get(), F_SETFL, fcntl(socket.get(), F_GETFL) | O_NONBLOCK);
  control(epoll_, EPOLL_CTL_ADD, socket.get(), EPOLLIN, key_of(Kind::listener, id));
  listeners_.emplace(id, Listener{std::move(socket), std::move(route)});
}

void Forwarder::stop_listening(ListenerId id) {
  std::erase_if(connections_, [id](const auto& entry) { return entry.second.listener == id; });
  std::erase_if(held_, [this](ConnectionId held) { return !connections_.contains(held); });
  paused_.erase(id);
  const auto found = listeners_.find(id);
  if (found == listeners_.end()) return;
  // A child that was forked a moment ago has a copy until it becomes its program: to close ours alone would
  // leave the port taken, and epoll asking.
  epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, found->second.socket.get(), nullptr);
  ::shutdown(found->second.socket.get(), SHUT_RDWR);
  listeners_.erase(found);
}

bool Forwarder::has_passed_on_all(ListenerId id) const {
  return std::ranges::all_of(connections_, [id](const auto& entry) {
    return entry.second.listener != id || entry.second.connection.has_said_all();
  });
}

void Forwarder::take_turn() {
  if (observed_.is_full()) {
    pollfd wake_up{wake_up_.fd(), POLLIN, 0};
    poll(&wake_up, 1, milliseconds_to_wait());
    wake_up_.clear();
  } else {
    serve_what_is_ready();
  }
  reconsider_held();
  resume_listening();
}

void Forwarder::serve_what_is_ready() {
  std::array<epoll_event, 64> events;
  const int count =
      epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), milliseconds_to_wait());
  for (int i = 0; i < count; ++i) {
    serve(events[static_cast<std::size_t>(i)].data.u64, events[static_cast<std::size_t>(i)].events);
    if (observed_.is_full()) return;  // epoll will say again what was not served
  }
}

void Forwarder::serve(std::uint64_t key, std::uint32_t events) {
  const std::uint64_t id = key >> 2;
  switch (kind_of(key)) {
    case Kind::wake_up:
      return wake_up_.clear();
    case Kind::listener:
      return accept_from(id);
    case Kind::program:
      return serve_connection(id, Side::program, events);
    case Kind::broker:
      return serve_connection(id, Side::broker, events);
  }
}

void Forwarder::serve_connection(ConnectionId id, Side side, std::uint32_t events) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;  // it has ended while this event waited
  Connection& connection = found->second.connection;
  guard(id, [&] {
    if ((events & (EPOLLOUT | kTrouble)) != 0 && connection.wants_to_write(side)) connection.write(side);
    if ((events & (EPOLLIN | kTrouble)) != 0 && connection.wants_to_read(side))
      connection.read(side, buffer_);
    settle(id);
  });
}

/// What fails with one connection, in a gate or in the kernel, is told by drain(), and ends that one only.
void Forwarder::guard(ConnectionId id, const std::function<void()>& serve) try { serve(); } catch (...) {
  observed_.fail(std::current_exception());
  held_.erase(id);
  connections_.erase(id);
}

void Forwarder::accept_from(ListenerId id) {
  const Listener& listener = listeners_.at(id);
  while (true) {
    FileDescriptor program(accept4(listener.socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (program) {
      begin_connection(id, std::move(program));
    } else if (errno == EMFILE || errno == ENFILE) {
      epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener.socket.get(), nullptr);
      paused_.insert(id);
      resume_at_ = Clock::now() + kPauseWithoutDescriptors;
      return;
    } else if (errno != ECONNABORTED && errno != EINTR) {
      return;
    }
  }
}

void Forwarder::begin_connection(ListenerId from, FileDescriptor program) {
  const ConnectionId id = ++last_id_;
  guard(id, [&] {
    connections_.try_emplace(id, from, id, std::move(program), listeners_.at(from).route, observed_);
    settle(id);
  });
}

/// After anything has happened to a connection: it is over, or waits for something else now.
void Forwarder::settle(ConnectionId id) {
  Served& served = connections_.at(id);
  most_kept_bytes_ = std::max(most_kept_bytes_, served.connection.kept_bytes());
  if (served.connection.is_over()) {
    held_.erase(id);
    connections_.erase(id);
    return;
  }
  for (const Side side : {Side::program, Side::broker}) await(id, served, side);
  if (served.connection.is_held())
    held_.insert(id);
  else
    held_.erase(id);
}

// A socket of which nothing is wanted is taken out altogether: epoll reports trouble always.
void Forwarder::await(ConnectionId id, Served& served, Side side) {
  const int fd = served.connection.fd(side);
  if (fd < 0) return;
  const std::uint32_t wanted = (served.connection.wants_to_read(side) ? std::uint32_t{EPOLLIN} : 0) |
                               (served.connection.wants_to_write(side) ? std::uint32_t{EPOLLOUT} : 0);
  std::uint32_t& awaited = served.awaited[static_cast<std::size_t>(side)];
  if (wanted == awaited) return;
  const int operation = awaited == 0 ? EPOLL_CTL_ADD : wanted == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
  awaited = wanted;
  control(epoll_, operation, fd, wanted, key_of(kind_of(side), id));
}

void Forwarder::reconsider_held() {
  const std::vector<ConnectionId> held(held_.begin(), held_.end());
  for (const ConnectionId id : held)
    guard(id, [&] {
      connections_.at(id).connection.reconsider();
      settle(id);
    });
}

void Forwarder::resume_listening() {
  if (paused_.empty() || Clock::now() < resume_at_) return;
  for (const ListenerId id : std::exchange(paused_, {})) {
    try {
      control(epoll_, EPOLL_CTL_ADD, listeners_.at(id).socket.get(), EPOLLIN, key_of(Kind::listener, id));
    } catch (const HarnessError&) {
      observed_.fail(std::current_exception());
    }
  }
}

int Forwarder::milliseconds_to_wait() const {
  std::optional<Clock::time_point> until;
  if (!paused_.empty()) until = resume_at_;
  for (const ConnectionId id : held_)
    if (const auto at = connections_.at(id).connection.reconsiders_at())
      until = std::min(*at, until.value_or(*at));
  return until ? milliseconds_until(*until) : -1;
}

}  // namespace klab
