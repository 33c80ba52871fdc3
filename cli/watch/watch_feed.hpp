#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "cli/watch/watch_lines.hpp"

namespace klab {

/// Lines on their way from the witness to the screen. Of what one connection does over and over within a
/// second, the first ten are shown and the others summed up, "and 512 more batches, 51200 messages", once a
/// second for as long as it goes on: nobody can read more. Nobody waits for a slow terminal either: what it
/// has not taken is kept up to a limit, then counted.
///
/// Safe to call from any thread.
class WatchFeed {
 public:
  void add(WatchLine line);

  /// What is to be shown by now, in its order.
  std::vector<WatchLine> take(Moment now);

  /// The same, with the sums that are not due yet.
  std::vector<WatchLine> take_all();

 private:
  /// One kind of thing that one connection does within a second.
  struct Burst {
    std::size_t shown = 0;
    bool was_too_much = false;  ///< something was hidden in this second
    std::size_t hidden = 0, hidden_messages = 0;
    WatchLine latest_hidden = {};
  };

  void begin_second(Moment at);
  void sum_up(const std::string& program);
  void sum_up(Burst& burst);
  void queue(WatchLine line);
  std::vector<WatchLine> take_queued();

  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Burst> bursts_ =
      {};  // of this second, by program and what it does
  Moment second_began_ = {}, latest_ = {};
  std::vector<WatchLine> queued_ = {};
  std::size_t left_out_ = 0;
};

}  // namespace klab
