#pragma once

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runners/file_descriptor.hpp"
#include "runners/tap/forwarder.hpp"
#include "runners/tap/gate.hpp"
#include "runners/tap/loopback.hpp"
#include "runners/tap/tap_observer.hpp"

namespace klab {

struct TapLimits {
  /// How far the observer may be behind before the tap stops reading and so, in time, the programs writing.
  std::size_t queued_bytes = 64 * 1024 * 1024;
  std::size_t bytes_a_read = 256 * 1024;
};

/// Stands between programs and brokers, and forwards bytes: first to where they go, then to an observer on
/// another thread, which cannot disturb anybody but by being slow beyond the limit. Changes nothing, unless a
/// gate is asked to.
///
/// Safe to call from any thread. Nothing here may be called by a gate; an observer may not drain().
class Tap {
 public:
  /// The observer outlives the tap.
  explicit Tap(TapObserver& observer, const TapLimits& limits = {});

  /// Ends all connections; the observer is told everything before.
  ~Tap();

  /// Forwards what is accepted from a socket that listens already, in whatever network namespace, to
  /// 127.0.0.1:`upstream_port`. `program` is what the observer and the gate are told of whose connections
  /// these are. The gate is one program's or is shared.
  ListenerId listen(FileDescriptor socket, int upstream_port, std::string program,
                    std::shared_ptr<Gate> gate = nullptr);

  /// Whether the programs that came to a listener have closed all their connections, and the broker was sent
  /// all that they had said.
  bool has_passed_on_all(ListenerId id);

  /// Closes the listener and its connections; what was not passed on by then is lost. Nothing happens where
  /// it is closed already.
  void stop_listening(ListenerId id);

  /// Asks the gates again about what they hold; for whoever switches one from outside.
  void reconsider();

  /// Waits until the observer was told of everything that any program or broker has got so far. Throws what
  /// the observer or a gate has thrown.
  void drain();

  std::size_t most_queued_bytes() const { return observed_.most_queued_bytes(); }
  std::size_t most_kept_bytes();  ///< by one connection, ever

 private:
  void run();
  void run_commands();
  void on_the_taps_thread(std::function<void()> command);

  WakeUp wake_up_;
  ObservationQueue observed_;
  std::mutex mutex_;
  std::vector<std::packaged_task<void()>> commands_ = {};
  ListenerId last_listener_ = 0;
  bool is_over_ = false;  // for the tap's thread only
  std::unique_ptr<Forwarder> forwarder_;
  std::thread thread_;
};

}  // namespace klab
