#include "runners/tap/checkpoint.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "runners/wire/byte_reader.hpp"
#include "runners/wire/frame_cutter.hpp"

namespace klab {
namespace {

constexpr std::size_t kLengthField = 4;
constexpr std::size_t kMaxKept = 256 * 1024;  // behind a held frame; then the sender has to wait

/// What every version of every API begins with.
std::size_t size_of_head(Direction direction) { return direction == Direction::to_broker ? 8 : 4; }

}  // namespace

Checkpoint::Checkpoint(std::shared_ptr<Gate> gate, Frame prototype, AskedApis& pending, OnFailure on_failure)
    : gate_(std::move(gate)),
      prototype_(std::move(prototype)),
      pending_(pending),
      on_failure_(std::move(on_failure)) {}

void Checkpoint::arrive(std::string_view bytes, Clock::time_point when) {
  waiting_ += bytes;
  arrived_ += bytes.size();
  arrivals_.push_back({arrived_, when});
}

bool Checkpoint::advance(Clock::time_point now, const OnPassed& on_passed) {
  do follow_ruling(on_passed);
  while (left_ == 0 && !cuts_ && waiting() > 0 && begin_next_frame(now));
  forget_passed();
  return cuts_ && left_ == 0;
}

bool Checkpoint::wants_more() const { return waiting() < std::max(kMaxKept, needed_); }

std::optional<Clock::time_point> Checkpoint::advances_at() const {
  if (!held_ || held_->until == Clock::time_point::max()) return std::nullopt;
  return held_->until;
}

void Checkpoint::follow_ruling(const OnPassed& on_passed) {
  const std::size_t count = std::min(left_, waiting());
  if (count > 0 && !drops_) on_passed(front().substr(0, count));
  passed_ += count;
  position_ += count;
  left_ -= count;
}

void Checkpoint::forget_passed() {
  waiting_.erase(0, passed_);
  passed_ = 0;
  while (!arrivals_.empty() && arrivals_.front().end <= position_) arrivals_.pop_front();
}

/// False where the next frame has to wait, for the gate or for more bytes.
bool Checkpoint::begin_next_frame(Clock::time_point now) {
  if (pending_.is_lost()) return begin_whatever_it_is();
  const std::optional<Frame> frame = next_frame();
  if (!frame) return left_ > 0;
  const bool has_its_moment = held_ && !held_->asks_again;
  return begin(*frame, has_its_moment ? *held_ : ask(*frame, now), now);
}

/// A frame without an end, which passes.
bool Checkpoint::begin_whatever_it_is() {
  left_ = std::numeric_limits<std::size_t>::max();
  drops_ = false;
  held_.reset();
  return true;
}

/// None where the gate cannot be asked yet, or never.
std::optional<Frame> Checkpoint::next_frame() {
  if (!needs(kLengthField)) return std::nullopt;
  const std::size_t length = ByteReader(front()).read_uint32(), head = size_of_head(prototype_.direction);
  if (length < head || length > kMaxFrame) {
    pending_.lose();
    begin_whatever_it_is();
    return std::nullopt;
  }
  if (!needs(kLengthField + head)) return std::nullopt;
  Frame frame = read_head(kLengthField + length);
  frame.arrived = arrival_of_front();
  if (frame.size > kMaxContents || !gate_->wants_contents(frame)) return frame;
  if (!needs(frame.size)) return std::nullopt;
  frame.contents = front().substr(kLengthField, length);
  return frame;
}

bool Checkpoint::needs(std::size_t bytes) {
  needed_ = bytes;
  const bool is_there = waiting() >= bytes;
  if (!is_there && has_ended_) begin_whatever_it_is();
  return is_there;
}

Frame Checkpoint::read_head(std::size_t size) const {
  ByteReader reader(front().substr(kLengthField));
  Frame frame = prototype_;
  frame.size = size;
  if (frame.direction == Direction::to_broker) {
    frame.api_key = reader.read_int16();
    frame.api_version = reader.read_int16();
    frame.correlation_id = reader.read_int32();
  } else {
    frame.correlation_id = reader.read_int32();
    const auto asked = pending_.find(frame.correlation_id).value_or(AskedApis::Asked{});
    frame.api_key = asked.api_key;
    frame.api_version = asked.api_version;
  }
  return frame;
}

/// False where it is held.
bool Checkpoint::begin(const Frame& frame, const Ruling& ruling, Clock::time_point now) {
  held_.reset();
  const bool is_due = !ruling.asks_again && ruling.until <= now;
  if (ruling.kind == Ruling::Kind::hold && !is_due) {
    held_ = ruling;
    return false;
  }
  drops_ = ruling.kind == Ruling::Kind::drop;
  cuts_ = ruling.kind == Ruling::Kind::cut;
  left_ = cuts_ ? std::min(ruling.bytes_passed, frame.size) : frame.size;
  if (frame.direction == Direction::to_broker && !drops_ && !cuts_)
    pending_.add({frame.api_key, frame.api_version, frame.correlation_id});
  return true;
}

/// A response to nothing is none that a gate could know anything of.
Ruling Checkpoint::ask(const Frame& frame, Clock::time_point now) try {
  return frame.api_key < 0 ? Ruling::pass() : gate_->rule(frame, now);
} catch (...) {
  on_failure_(std::current_exception());
  return Ruling::pass();
}

Clock::time_point Checkpoint::arrival_of_front() {
  while (arrivals_.front().end <= position_) arrivals_.pop_front();
  return arrivals_.front().when;
}

}  // namespace klab
