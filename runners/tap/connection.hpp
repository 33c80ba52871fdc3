#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "runners/file_descriptor.hpp"
#include "runners/tap/channel.hpp"
#include "runners/tap/checkpoint.hpp"
#include "runners/tap/observation_queue.hpp"

namespace klab {

/// Which of a connection's two sockets.
enum class Side : std::uint8_t { program, broker };

/// What a listener does with the connections it accepts.
struct Route {
  int upstream_port = 0;
  std::string program = {};
  std::shared_ptr<Gate> gate = nullptr;
};

/// A program's connection and its continuation to the broker. What one side does the other is to see: bytes,
/// an orderly end of one direction, a reset. Whoever has it tells it when a socket is ready.
///
/// Never keeps more than one read in each direction that the other side has not taken, and what a gate holds.
class Connection {
 public:
  Connection(ConnectionId id, FileDescriptor program, const Route& route, ObservationQueue& observed);
  Connection(const Connection&) = delete;
  ~Connection();

  int fd(Side side) const { return sockets_[index(side)].get(); }

  bool wants_to_read(Side side) const;
  bool wants_to_write(Side side) const;

  void read(Side side, std::span<char> buffer);
  void write(Side side);

  /// Asks the gate again about what it holds.
  void reconsider();
  bool is_held() const;
  std::optional<Clock::time_point> reconsiders_at() const;

  /// The program has ended, or was cut off, and all that it was let say has gone on to the broker.
  bool has_said_all() const;
  bool is_over() const;
  std::size_t kept_bytes() const;

 private:
  static std::size_t index(Side side) { return static_cast<std::size_t>(side); }
  static Side other(Side side) { return side == Side::program ? Side::broker : Side::program; }
  Channel& from(Side side) { return channels_[index(side)]; }
  Channel& to(Side side) { return channels_[index(other(side))]; }

  void arrive(Side side, std::string_view bytes, Clock::time_point when);
  void advance(Side side, Clock::time_point now);
  enum class End : std::uint8_t { none_yet, orderly, reset };
  End& end_of(Side side) { return ends_[index(side)]; }

  void end(Side side, End how);
  void end_channel_when_empty(Side side);
  void cut();
  void observe(Side side, std::string_view bytes, Clock::time_point when);

  const ConnectionId id_;
  ObservationQueue& observed_;
  std::array<FileDescriptor, 2> sockets_;  // by side
  std::array<Channel, 2> channels_;        // by the side they come from
  AskedApis pending_ = {};
  std::array<std::optional<Checkpoint>, 2> checkpoints_ = {};
  std::array<End, 2> ends_ = {};
  std::optional<Closing> closing_ = std::nullopt;
  Clock::time_point closing_at_ = {};
  bool is_cut_ = false;
};

}  // namespace klab
