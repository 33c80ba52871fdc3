#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <vector>

#include "runners/tap/connection.hpp"
#include "runners/tap/wake_up.hpp"

namespace klab {

using ListenerId = std::uint64_t;  ///< of one tap; never used twice

/// The listeners and connections of a tap, and the loop that serves them. For one thread: the tap's.
class Forwarder {
 public:
  /// `wake_up` makes take_turn() return.
  Forwarder(ObservationQueue& observed, WakeUp& wake_up, std::size_t bytes_a_read);

  void listen(ListenerId id, FileDescriptor socket, Route route);
  void stop_listening(ListenerId id);

  /// True of a listener that has stopped, too.
  bool has_passed_on_all(ListenerId id) const;

  /// Waits until something is ready and serves it. Reads nothing while the observer is too far behind.
  void take_turn();

  std::size_t most_kept_bytes() const { return most_kept_bytes_; }  ///< ever, by one connection

 private:
  struct Listener {
    FileDescriptor socket = {};
    Route route = {};
  };
  struct Served {
    Served(ListenerId from, ConnectionId id, FileDescriptor program, const Route& route,
           ObservationQueue& observed)
        : listener(from), connection(id, std::move(program), route, observed) {}

    ListenerId listener;
    Connection connection;
    std::array<std::uint32_t, 2> awaited = {};  // epoll's events, by side
  };

  void serve_what_is_ready();
  void serve(std::uint64_t key, std::uint32_t events);
  void serve_connection(ConnectionId id, Side side, std::uint32_t events);
  void accept_from(ListenerId id);
  void begin_connection(ListenerId from, FileDescriptor program);
  void guard(ConnectionId id, const std::function<void()>& serve);
  void settle(ConnectionId id);
  void await(ConnectionId id, Served& served, Side side);
  void reconsider_held();
  void resume_listening();
  int milliseconds_to_wait() const;

  ObservationQueue& observed_;
  WakeUp& wake_up_;
  FileDescriptor epoll_;
  std::vector<char> buffer_;
  std::map<ListenerId, Listener> listeners_ = {};
  std::unordered_map<ConnectionId, Served> connections_ = {};
  std::set<ConnectionId> held_ = {};
  std::set<ListenerId> paused_ = {};  // no descriptors were left for their connections
  Clock::time_point resume_at_ = {};
  ConnectionId last_id_ = 0;
  std::size_t most_kept_bytes_ = 0;
};

}  // namespace klab
