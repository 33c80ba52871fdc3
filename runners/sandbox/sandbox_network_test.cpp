#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "runners/sandbox/sandbox_for_tests.hpp"

namespace klab {
namespace {

/// A listening socket of the host, on all its addresses.
struct HostListener {
  HostListener() {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    socklen_t size = sizeof any;
    EXPECT_EQ(bind(socket.get(), reinterpret_cast<sockaddr*>(&any), size), 0);
    EXPECT_EQ(listen(socket.get(), 8), 0);
    EXPECT_EQ(getsockname(socket.get(), reinterpret_cast<sockaddr*>(&any), &size), 0);
    port = ntohs(any.sin_port);
  }

  FileDescriptor socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::uint16_t port = 0;
};

std::vector<std::string> addresses_of_the_host() {
  std::vector<std::string> addresses;
  ifaddrs* all = nullptr;
  if (getifaddrs(&all) != 0) return addresses;
  for (const ifaddrs* each = all; each != nullptr; each = each->ifa_next) {
    if (each->ifa_addr == nullptr || each->ifa_addr->sa_family != AF_INET) continue;
    char text[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(each->ifa_addr)->sin_addr, text, sizeof text);
    addresses.emplace_back(text);
  }
  freeifaddrs(all);
  return addresses;
}

/// A unix socket of the host that listens; an abstract one where the name begins with a zero byte.
FileDescriptor unix_listener(const std::string& name) {
  FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  EXPECT_LT(name.size(), sizeof address.sun_path);
  std::ranges::copy(name, address.sun_path);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  EXPECT_EQ(bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size), 0) << name;
  EXPECT_EQ(listen(socket.get(), 8), 0);
  return socket;
}

std::string connects_to(const std::string& unix_name) {
  return fmt::format(
      "perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); "
      "print connect(S, pack_sockaddr_un(\"{}\")) ? \"reached\" : \"unreachable\", \"\\n\"'",
      unix_name);
}

struct SandboxNetwork : SandboxTest {
  /// The other end of a connection that the script has opened.
  static FileDescriptor accepted(const FileDescriptor& listener) {
    return FileDescriptor(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  }
};

TEST_F(SandboxNetwork, LeadsThroughThePassedListenersAlone) {
  plan.ports = {9092, 9093};
  const auto command =
      start("exec 3<>/dev/tcp/127.0.0.1/9092 4<>/dev/tcp/localhost/9093; echo first >&3; cat <&4");
  ASSERT_EQ(command->listeners.size(), 2u);
  const FileDescriptor first = accepted(command->listeners[0]);
  FileDescriptor second = accepted(command->listeners[1]);
  std::string heard(6, ' ');
  EXPECT_EQ(recv(first.get(), heard.data(), heard.size(), MSG_WAITALL), 6);
  EXPECT_EQ(heard, "first\n");
  EXPECT_EQ(send(second.get(), "answer", 6, MSG_NOSIGNAL), 6);
  second.reset();
  EXPECT_TRUE(command->child.wait(std::chrono::seconds(30)));
  EXPECT_EQ(output(), "answer");
}

TEST_F(SandboxNetwork, AnswersOnBothFamiliesOfLocalhost) {
  plan.ports = {9092};
  const auto command = start("exec 3<>/dev/tcp/127.0.0.1/9092 && exec 4<>/dev/tcp/::1/9092 && echo both");
  EXPECT_TRUE(accepted(command->listeners[0]));
  EXPECT_TRUE(accepted(command->listeners[0]));
  EXPECT_TRUE(prints("both"));
}

// As librdkafka asks with broker.address.family=v4.
TEST_F(SandboxNetwork, HasIpv4ForThoseWhoAskWhetherThereIsAny) {
  EXPECT_EQ(output_of("perl -MSocket=:addrinfo,AF_INET -e '($failed) = getaddrinfo(\"127.0.0.1\", 9092, "
                      "{family => AF_INET, flags => AI_ADDRCONFIG}); print $failed ? $failed : \"found\", "
                      "\"\\n\"'"),
            "found\n");
}

TEST_F(SandboxNetwork, IsEachSandboxsOwn) {
  plan.ports = {9092};
  const auto command = start("exec 3<>/dev/tcp/127.0.0.1/9092; echo one >&3");
  const SandboxedCommand other(plan, {"/bin/sh", "-c", "sleep 1000"}, folder / "other", "/");
  const FileDescriptor connection = accepted(command->listeners[0]);
  std::string heard(4, ' ');
  EXPECT_EQ(recv(connection.get(), heard.data(), heard.size(), MSG_WAITALL), 4);
}

TEST_F(SandboxNetwork, HasNoOtherInterface) {
  EXPECT_EQ(output_of("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; tail -n +2 /proc/net/route"),
            "lo\n");
}

TEST_F(SandboxNetwork, DoesNotReachListenersOfTheHost) {
  const HostListener host;
  const auto addresses = addresses_of_the_host();
  ASSERT_FALSE(addresses.empty());
  plan.ports = {9092};
  for (const std::string& address : addresses)
    EXPECT_EQ(
        output_of(fmt::format("(exec 3<>/dev/tcp/{}/{}) 2>/dev/null && echo reached", address, host.port)),
        "");
}

TEST_F(SandboxNetwork, DoesNotReachAbstractUnixSocketsOfTheHost) {
  const std::string name = folder.path().filename();
  const FileDescriptor listener = unix_listener('\0' + name);
  EXPECT_EQ(output_of(connects_to("\\0" + name)), "unreachable\n");
}

TEST_F(SandboxNetwork, DoesNotReachUnixSocketsInFilesOfTheHost) {
  const std::filesystem::path file = folder / "work/socket";
  std::filesystem::create_directory(folder / "work");
  const FileDescriptor listener = unix_listener(file);
  plan.readable = {folder / "work"};
  EXPECT_EQ(output_of(fmt::format("[ -e {0} ] && {1}", file.string(), connects_to(file))), "unreachable\n");
}

TEST_F(SandboxNetwork, LetsAProgramTalkToItself) {
  EXPECT_EQ(output_of("cd /tmp; perl -MIO::Socket -e '$l = IO::Socket::INET->new(Listen => 1, LocalAddr => "
                      "\"127.0.0.1\") or die; if (!fork) { IO::Socket::INET->new(PeerAddr => \"127.0.0.1\", "
                      "PeerPort => $l->sockport)->print(\"hello\\n\"); exit } print $l->accept->getline'"),
            "hello\n");
}

}  // namespace
}  // namespace klab
