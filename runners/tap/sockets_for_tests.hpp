#pragma once

#include <atomic>
#include <functional>
#include <list>
#include <string>
#include <string_view>
#include <thread>

#include "runners/file_descriptor.hpp"

namespace klab {

/// A connection of a test. Blocks, ten seconds at most.
class TestSocket {
 public:
  explicit TestSocket(FileDescriptor socket);

  /// Throws std::runtime_error where it cannot.
  static TestSocket connected_to(int port);

  /// False where the other end takes no more.
  bool send(std::string_view bytes);

  std::string receive_some();
  std::string receive(std::size_t count);  ///< less where the end comes before
  std::string receive_all();

  enum class End { none_yet, orderly, reset };
  End end() const { return end_; }  ///< as far as was received

  /// Receives on to the end.
  End wait_for_end();

  void end_sending();
  void reset();
  void keep_small_buffers();
  const FileDescriptor& descriptor() const { return socket_; }

 private:
  FileDescriptor socket_;
  End end_ = End::none_yet;
};

/// Accepts connections and has a function talk on each, on a thread of its own.
class FakeBroker {
 public:
  using Talk = std::function<void(TestSocket& socket)>;

  explicit FakeBroker(Talk talk);
  ~FakeBroker();  ///< waits until all talk is over

  int port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void accept_all();

  Talk talk_;
  FileDescriptor listener_;
  int port_;
  std::atomic<int> connections_{0};
  std::atomic<bool> is_over_{false};
  std::list<std::thread> talks_ = {};
  std::thread thread_;
};

/// Sends back whatever comes.
void echo(TestSocket& socket);

}  // namespace klab
