#include "runners/tap/connection.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "runners/tap/loopback.hpp"

namespace klab {
namespace {

Direction direction_from(Side side) {
  return side == Side::program ? Direction::to_broker : Direction::to_client;
}

Closing::By cause(Side side) { return side == Side::program ? Closing::By::program : Closing::By::broker; }

constexpr std::array kSides{Side::program, Side::broker};

}  // namespace

Connection::Connection(ConnectionId id, FileDescriptor program, const Route& route,
                       ObservationQueue& observed)
    : id_(id),
      observed_(observed),
      sockets_{std::move(program), begin_to_connect(route.upstream_port)},
      channels_{Channel(fd(Side::program), fd(Side::broker)), Channel(fd(Side::broker), fd(Side::program))} {
  for (const FileDescriptor& socket : sockets_) send_at_once(socket);
  if (route.gate)
    for (const Side side : kSides)
      checkpoints_[index(side)].emplace(
          route.gate, Frame{.connection = id, .program = route.program, .direction = direction_from(side)},
          pending_, [&observed](std::exception_ptr failure) { observed.fail(std::move(failure)); });
  observed_.opened(id_, route.program, Clock::now());
}

Connection::~Connection() {
  if (!is_cut_) observed_.closed(id_, closing_.value_or(Closing{}), closing_ ? closing_at_ : Clock::now());
  if (std::ranges::find(ends_, End::reset) == ends_.end()) return;
  for (const FileDescriptor& socket : sockets_)
    if (socket) reset_on_close(socket);
}

// After a cut the broker is listened to, but not heard: only so does it get all that had passed.
bool Connection::wants_to_read(Side side) const {
  if (ends_[index(side)] != End::none_yet) return false;
  if (is_cut_) return side == Side::broker;
  const Channel& channel = channels_[index(side)];
  const auto& checkpoint = checkpoints_[index(side)];
  return channel.is_open() && channel.pending() == 0 && (!checkpoint || checkpoint->wants_more());
}

bool Connection::wants_to_write(Side side) const { return channels_[index(other(side))].wants_to_write(); }

void Connection::read(Side side, std::span<char> buffer) {
  const ssize_t count = recv(fd(side), buffer.data(), buffer.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0)
    end(side, count == 0 ? End::orderly : End::reset);
  else if (!is_cut_)
    arrive(side, {buffer.data(), static_cast<std::size_t>(count)}, Clock::now());
}

/// What a gate may keep is observed before it is asked, which may end the connection; everything else after
/// it went on.
void Connection::arrive(Side side, std::string_view bytes, Clock::time_point when) {
  if (auto& checkpoint = checkpoints_[index(side)]) {
    checkpoint->arrive(bytes, when);
    if (side == Side::program) observe(side, bytes, when);
    advance(side, when);
  } else {
    from(side).send(bytes);
    const bool has_passed = !from(side).is_done();
    if (side == Side::program || has_passed) observe(side, bytes, when);
  }
}

void Connection::advance(Side side, Clock::time_point now) {
  const bool is_to_be_cut = checkpoints_[index(side)]->advance(now, [&](std::string_view bytes) {
    from(side).send(bytes);
    if (side == Side::broker) observe(side, bytes, now);
  });
  if (is_to_be_cut) cut();
}

void Connection::observe(Side side, std::string_view bytes, Clock::time_point when) {
  observed_.bytes(id_, direction_from(side), when, bytes);
}

void Connection::write(Side side) { to(side).send_pending(); }

/// A side that was reset takes nothing more either. What it had said before still goes to the other.
void Connection::end(Side side, End how) {
  end_of(side) = how;
  if (!closing_) {
    closing_ = Closing{cause(side), how == End::reset};
    closing_at_ = Clock::now();
  }
  if (how == End::reset || is_cut_) to(side).give_up();
  if (auto& checkpoint = checkpoints_[index(side)]; checkpoint && !is_cut_) {
    checkpoint->end();
    advance(side, Clock::now());
  }
  end_channel_when_empty(side);
}

void Connection::end_channel_when_empty(Side side) {
  const auto& checkpoint = checkpoints_[index(side)];
  const bool is_empty = !checkpoint || checkpoint->waiting() == 0;
  if (end_of(side) != End::none_yet && is_empty) from(side).end(end_of(side) == End::orderly);
}

/// The program is told at once, the broker when it has got all that passed.
void Connection::cut() {
  is_cut_ = true;
  observed_.closed(id_, {Closing::By::tap, true}, Clock::now());
  closing_ = Closing{Closing::By::tap, false};
  end_of(Side::program) = End::orderly;
  to(Side::program).give_up();
  from(Side::program).end(true);
  FileDescriptor& program = sockets_[index(Side::program)];
  reset_on_close(program);
  program.reset();
}

bool Connection::has_said_all() const {
  return ends_[index(Side::program)] != End::none_yet && channels_[index(Side::program)].is_done();
}

bool Connection::is_over() const {
  const bool is_lingering = is_cut_ && ends_[index(Side::broker)] == End::none_yet;
  return channels_[0].is_done() && channels_[1].is_done() && !is_lingering;
}

void Connection::reconsider() {
  for (const Side side : kSides)
    if (const auto& checkpoint = checkpoints_[index(side)];
        checkpoint && checkpoint->is_holding() && !is_cut_) {
      advance(side, Clock::now());
      end_channel_when_empty(side);
    }
}

bool Connection::is_held() const {
  return std::ranges::any_of(checkpoints_,
                             [](const auto& checkpoint) { return checkpoint && checkpoint->is_holding(); });
}

std::optional<Clock::time_point> Connection::reconsiders_at() const {
  std::optional<Clock::time_point> earliest;
  for (const auto& checkpoint : checkpoints_)
    if (const auto at = checkpoint ? checkpoint->advances_at() : std::nullopt)
      earliest = std::min(*at, earliest.value_or(*at));
  return earliest;
}

std::size_t Connection::kept_bytes() const {
  std::size_t kept = 0;
  for (const Channel& channel : channels_) kept += channel.pending();
  for (const auto& checkpoint : checkpoints_) kept += checkpoint ? checkpoint->waiting() : 0;
  return kept;
}

}  // namespace klab
