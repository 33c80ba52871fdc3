#pragma once

#include "cli/watch/watch_feed.hpp"
#include "fixtures/connection_watch.hpp"
#include "runners/recorder.hpp"

namespace klab {

/// What programs and a broker say to each other, live on stdout. Keeps nothing of it.
class WireView {
 public:
  /// Takes connections from a listening socket, and leads them to the broker's port.
  void listen(FileDescriptor socket, int broker_port) { connections_.listen(std::move(socket), broker_port); }

  /// To be called often. Throws HarnessError when nobody reads stdout any more.
  void show() { print(feed_.take(recorder_.now())); }

  /// The last time.
  void show_rest() { print(feed_.take_all()); }

 private:
  void print(const std::vector<WatchLine>& lines) const;

  WatchFeed feed_;
  Recorder recorder_ = Recorder::telling([this](const AnyEvent& event) {
    if (auto line = watch_line(event)) feed_.add(std::move(*line));
  });
  ConnectionWatch connections_{recorder_};
};

}  // namespace klab
