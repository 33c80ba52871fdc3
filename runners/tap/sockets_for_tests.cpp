#include "runners/tap/sockets_for_tests.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <stdexcept>

#include "runners/tap/loopback.hpp"

namespace klab {

TestSocket::TestSocket(FileDescriptor socket) : socket_(std::move(socket)) {
  fcntl(socket_.get(), F_SETFL, fcntl(socket_.get(), F_GETFL) & ~O_NONBLOCK);
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

TestSocket TestSocket::connected_to(int port) {
  FileDescriptor socket = begin_to_connect(port);
  pollfd connected{socket.get(), POLLOUT, 0};
  int error = 0;
  socklen_t size = sizeof error;
  if (poll(&connected, 1, 10'000) != 1 ||
      getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
    throw std::runtime_error("a test cannot connect");
  return TestSocket(std::move(socket));
}

bool TestSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string TestSocket::receive_some() {
  std::array<char, 65536> buffer;
  const ssize_t count = recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (count > 0) return {buffer.data(), static_cast<std::size_t>(count)};
  if (count == 0) end_ = End::orderly;
  if (count < 0 && errno == ECONNRESET) end_ = End::reset;
  return {};
}

std::string TestSocket::receive(std::size_t count) {
  std::string bytes(count, '\0');
  std::size_t received = 0;
  while (received < count) {
    const ssize_t more = recv(socket_.get(), bytes.data() + received, count - received, 0);
    if (more <= 0) break;
    received += static_cast<std::size_t>(more);
  }
  bytes.resize(received);
  return bytes;
}

std::string TestSocket::receive_all() {
  std::string bytes;
  for (std::string more = receive_some(); !more.empty(); more = receive_some()) bytes += more;
  return bytes;
}

TestSocket::End TestSocket::wait_for_end() {
  receive_all();
  return end_;
}

void TestSocket::end_sending() { shutdown(socket_.get(), SHUT_WR); }

void TestSocket::reset() {
  reset_on_close(socket_);
  socket_.reset();
}

void TestSocket::keep_small_buffers() {
  const int size = 16 * 1024;
  setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  setsockopt(socket_.get(), SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
}

FakeBroker::FakeBroker(Talk talk)
    : talk_(std::move(talk)), listener_(listen_on_loopback()), port_(port_of(listener_)) {
  thread_ = std::thread([this] { accept_all(); });
}

FakeBroker::~FakeBroker() {
  is_over_ = true;
  shutdown(listener_.get(), SHUT_RDWR);  // wakes poll
  thread_.join();
  for (std::thread& talk : talks_) talk.join();
}

void FakeBroker::accept_all() {
  while (!is_over_) {
    pollfd ready{listener_.get(), POLLIN, 0};
    poll(&ready, 1, -1);
    FileDescriptor accepted(accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!accepted) continue;
    ++connections_;
    talks_.emplace_back([this, socket = TestSocket(std::move(accepted))]() mutable { talk_(socket); });
  }
}

void echo(TestSocket& socket) {
  for (std::string bytes = socket.receive_some(); !bytes.empty(); bytes = socket.receive_some())
    if (!socket.send(bytes)) return;
}

}  // namespace klab
