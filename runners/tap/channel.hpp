#pragma once

#include <string>
#include <string_view>

namespace klab {

/// One direction of a connection: hands what comes from its source to its sink, keeps what the sink does not
/// take at once, and says when to stop reading for that. Owns neither socket; neither blocks.
class Channel {
 public:
  Channel(int source, int sink) : source_(source), sink_(sink) {}

  int source() const { return source_; }

  void send(std::string_view bytes);
  void send_pending();

  /// Nothing more will be sent: once all that is pending has gone, the sink is told, unless a reset is to
  /// tell it more than that.
  void end(bool tells_sink);

  /// Neither is anything more sent, nor what is pending.
  void give_up();

  bool wants_to_write() const { return !is_done_ && !pending_.empty(); }
  bool is_open() const { return !is_ending_ && !is_done_; }
  bool is_done() const { return is_done_; }  ///< nothing is left to be sent, or nobody to send it to
  std::size_t pending() const { return pending_.size(); }

 private:
  std::size_t try_to_send(std::string_view bytes);
  void end_when_sent();

  int source_;
  int sink_;
  std::string pending_ = {};
  bool is_ending_ = false, tells_sink_ = true, is_done_ = false;
};

}  // namespace klab
