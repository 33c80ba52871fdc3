#include "runners/dialog/broker_dialog.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "checks/errors.hpp"
#include "runners/eventually.hpp"
#include "runners/wire/conversation.hpp"
#include "runners/wire/header_version.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 15s;
constexpr std::string_view kClientId = "klab";

HarnessError failure(std::string_view what) {
  return HarnessError(fmt::format("cannot ask the broker: {}: {}", what, std::strerror(errno)));
}

const MessageSpec& request_spec(int api_key) {
  for (const MessageSpec& spec : message_specs())
    if (spec.kind == MessageKind::request && spec.api_key == api_key) return spec;
  throw std::logic_error(fmt::format("Kafka has no API {}", api_key));
}

std::string big_endian(std::int64_t value, int size) {
  std::string bytes;
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
    bytes.push_back(static_cast<char>(value >> shift & 0xff));
  return bytes;
}

std::string frame_of(int api_key, int api_version, std::int32_t correlation_id, const RequestBody& body) {
  std::string frame = big_endian(api_key, 2) + big_endian(api_version, 2) + big_endian(correlation_id, 4) +
                      big_endian(kClientId.size(), 2) + std::string(kClientId);
  if (request_header_version(request_spec(api_key), api_version) == 2) frame.push_back('\0');  // no tags
  frame += body.encoded();
  return big_endian(static_cast<std::int64_t>(frame.size()), 4) + frame;
}

FileDescriptor connect_to(const std::string& bootstrap) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(bootstrap.substr(bootstrap.rfind(':') + 1))));
  FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!socket || connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw failure("no connection to " + bootstrap);
  return socket;
}

}  // namespace

RequestBody& RequestBody::number(std::int64_t value, int size) { return bytes(big_endian(value, size)); }

RequestBody& RequestBody::bytes(std::string_view bytes) {
  encoded_ += bytes;
  return *this;
}

// An unsigned varint of the length plus one, so that 0 can mean null.
RequestBody& RequestBody::compact_length(std::size_t elements) {
  for (++elements; elements >= 0x80; elements >>= 7)
    encoded_.push_back(static_cast<char>((elements & 0x7f) | 0x80));
  encoded_.push_back(static_cast<char>(elements));
  return *this;
}

BrokerDialog::BrokerDialog(const std::string& bootstrap) : socket_(connect_to(bootstrap)) {}

void BrokerDialog::ask(int api_key, int api_version, const RequestBody& body,
                       const std::function<void(const Struct&)>& take) {
  bool is_answered = false;
  Conversation conversation([&](const Spoken& spoken) {
    if (spoken.direction == Direction::to_broker) return;
    if (!spoken.body)
      throw HarnessError(fmt::format("the broker's answer to API {} is not understood", api_key));
    is_answered = true;
    take(*spoken.body);
  });
  const std::string frame = frame_of(api_key, api_version, ++last_correlation_id_, body);
  conversation.feed(Direction::to_broker, frame);
  send(frame);
  while (!is_answered) conversation.feed(Direction::to_client, receive());
}

void BrokerDialog::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR) throw failure("sending");
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string BrokerDialog::receive() const {
  pollfd readable{socket_.get(), POLLIN, 0};
  const auto is_readable = [&] { return poll(&readable, 1, 50) > 0; };
  if (!eventually(is_readable, kPatience, 0ms)) throw HarnessError("the broker did not answer: waited 15 s");
  std::array<char, 65536> buffer{};
  const ssize_t received = recv(socket_.get(), buffer.data(), buffer.size(), 0);
  if (received < 0) throw failure("receiving");
  if (received == 0) throw HarnessError("the broker hung up on a question");
  return {buffer.data(), static_cast<std::size_t>(received)};
}

}  // namespace klab
