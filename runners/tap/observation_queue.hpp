#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "runners/tap/tap_observer.hpp"

namespace klab {

/// What was seen, on its way to an observer that runs on a thread of this queue. Whoever fills it asks
/// is_full() first; nothing is ever left out.
///
/// An observer that throws is told nothing more; drain() throws what it threw.
class ObservationQueue {
 public:
  /// `on_room` is called on the observer's thread, once after each time that is_full() said yes.
  ObservationQueue(TapObserver& observer, std::size_t limit, std::function<void()> on_room);
  ~ObservationQueue();  ///< the observer is told all there is first

  void opened(ConnectionId connection, std::string program, Clock::time_point when);
  void bytes(ConnectionId connection, Direction direction, Clock::time_point when, std::string_view bytes);
  void closed(ConnectionId connection, const Closing& closing, Clock::time_point when);

  bool is_full();

  /// Waits until the observer was told all that was seen so far. Not to be called by the observer.
  void drain();

  /// Observing has failed; the first failure is kept for drain().
  void fail(std::exception_ptr failure);

  std::size_t most_queued_bytes() const;  ///< ever at once

 private:
  struct Opening {
    std::string program = {};
  };
  struct Bytes {
    Direction direction = Direction::to_broker;
    std::string bytes = {};
  };
  struct Seen {
    ConnectionId connection;
    Clock::time_point when;
    std::variant<Opening, Bytes, Closing> what;
  };

  std::string spare();
  void keep_spare(Seen& told);
  void push(Seen seen);
  void tell_all();
  void tell(const Seen& seen) noexcept;
  void count_told(Seen& told);

  TapObserver& observer_;
  const std::size_t limit_;
  const std::function<void()> on_room_;
  mutable std::mutex mutex_;
  std::condition_variable has_more_, was_told_;
  std::deque<Seen> waiting_ = {};
  std::vector<std::string> spares_ = {};
  std::uint64_t pushed_ = 0, told_ = 0;
  std::size_t queued_bytes_ = 0, most_queued_bytes_ = 0;
  bool is_awaited_ = false, is_over_ = false;
  std::exception_ptr failure_ = nullptr;
  bool observer_failed_ = false;  // for its own thread only
  std::thread thread_;
};

}  // namespace klab
