#include "runners/tap/observation_queue.hpp"

#include <pthread.h>
#include <sys/resource.h>

#include <algorithm>
#include <utility>

namespace klab {
namespace {

constexpr int kNiceness = 19;
constexpr std::size_t kLargePiece = 32 * 1024, kMostSpares = 16;

// Decoding can wait; a program's bytes cannot. On Linux a thread has a niceness of its own, and 0 is this
// one.
void give_way_to_others() { setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + kNiceness); }

}  // namespace

ObservationQueue::ObservationQueue(TapObserver& observer, std::size_t limit, std::function<void()> on_room)
    : observer_(observer), limit_(limit), on_room_(std::move(on_room)) {
  thread_ = std::thread([this] {
    pthread_setname_np(pthread_self(), "klab-observer");
    give_way_to_others();
    tell_all();
  });
}

ObservationQueue::~ObservationQueue() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  has_more_.notify_one();
  thread_.join();
}

void ObservationQueue::opened(ConnectionId connection, std::string program, Clock::time_point when) {
  push({connection, when, Opening{std::move(program)}});
}

void ObservationQueue::bytes(ConnectionId connection, Direction direction, Clock::time_point when,
                             std::string_view bytes) {
  std::string copy = bytes.size() < kLargePiece ? std::string() : spare();
  copy.assign(bytes);
  push({connection, when, Bytes{direction, std::move(copy)}});
}

void ObservationQueue::closed(ConnectionId connection, const Closing& closing, Clock::time_point when) {
  push({connection, when, closing});
}

namespace {

/// Small pieces cost more than their bytes.
template <typename Seen>
std::size_t cost(const Seen& seen) {
  const auto* bytes = std::get_if<1>(&seen.what);
  return sizeof(Seen) + (bytes == nullptr ? 0 : bytes->bytes.size());
}

}  // namespace

/// Memory that was used for a large piece before: the kernel takes longer to give new memory than to copy.
std::string ObservationQueue::spare() {
  const std::lock_guard lock(mutex_);
  if (spares_.empty()) return {};
  std::string spare = std::move(spares_.back());
  spares_.pop_back();
  return spare;
}

void ObservationQueue::keep_spare(Seen& told) {
  auto* bytes = std::get_if<Bytes>(&told.what);
  if (bytes != nullptr && bytes->bytes.size() >= kLargePiece && spares_.size() < kMostSpares)
    spares_.push_back(std::move(bytes->bytes));
}

void ObservationQueue::push(Seen seen) {
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    was_empty = waiting_.empty();
    queued_bytes_ += cost(seen);
    most_queued_bytes_ = std::max(most_queued_bytes_, queued_bytes_);
    waiting_.push_back(std::move(seen));
    ++pushed_;
  }
  if (was_empty) has_more_.notify_one();
}

bool ObservationQueue::is_full() {
  const std::lock_guard lock(mutex_);
  is_awaited_ = queued_bytes_ >= limit_;
  return is_awaited_;
}

void ObservationQueue::drain() {
  std::unique_lock lock(mutex_);
  was_told_.wait(lock, [this, end = pushed_] { return told_ >= end; });
  if (failure_) std::rethrow_exception(failure_);
}

void ObservationQueue::fail(std::exception_ptr failure) {
  const std::lock_guard lock(mutex_);
  if (!failure_) failure_ = std::move(failure);
}

std::size_t ObservationQueue::most_queued_bytes() const {
  const std::lock_guard lock(mutex_);
  return most_queued_bytes_;
}

void ObservationQueue::tell_all() {
  std::unique_lock lock(mutex_);
  while (true) {
    has_more_.wait(lock, [this] { return !waiting_.empty() || is_over_; });
    if (waiting_.empty()) return;
    std::deque<Seen> seen = std::exchange(waiting_, {});
    lock.unlock();
    for (; !seen.empty(); seen.pop_front()) {
      if (!observer_failed_) tell(seen.front());
      count_told(seen.front());
    }
    lock.lock();
  }
}

void ObservationQueue::tell(const Seen& seen) noexcept try {
  if (const auto* opening = std::get_if<Opening>(&seen.what))
    observer_.opened(seen.connection, opening->program, seen.when);
  else if (const auto* bytes = std::get_if<Bytes>(&seen.what))
    observer_.bytes(seen.connection, bytes->direction, seen.when, bytes->bytes);
  else
    observer_.closed(seen.connection, std::get<Closing>(seen.what), seen.when);
} catch (...) {
  observer_failed_ = true;
  fail(std::current_exception());
}

// Half empty, not a byte below full: else both threads would wake each other for every piece.
void ObservationQueue::count_told(Seen& told) {
  bool has_room = false;
  {
    const std::lock_guard lock(mutex_);
    ++told_;
    queued_bytes_ -= cost(told);
    keep_spare(told);
    has_room = is_awaited_ && queued_bytes_ <= limit_ / 2;
    if (has_room) is_awaited_ = false;
  }
  was_told_.notify_all();
  if (has_room) on_room_();
}

}  // namespace klab
