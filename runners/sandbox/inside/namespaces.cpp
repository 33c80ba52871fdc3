#include "runners/sandbox/inside/namespaces.hpp"

#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <string>

#include "runners/sandbox/inside/refusal.hpp"

namespace klab {
namespace {

constexpr int kNew = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;

std::string setting(const std::string& name) {
  std::string value;
  std::ifstream("/proc/sys/" + name) >> value;
  return value;
}

/// Says what is to be changed, where it is known.
[[noreturn]] void refuse_namespaces(const std::string& what) {
  const int error = errno;
  if (error == ENOSPC)
    throw Refusal(fmt::format("cannot {}: there may be no more of them (see /proc/sys/user/max_*)", what));
  // Ubuntu since 24.04: namespaces can be made, but without any right in them.
  if (setting("kernel/apparmor_restrict_unprivileged_userns") == "1")
    throw Refusal(fmt::format("cannot {}: kernel.apparmor_restrict_unprivileged_userns is 1", what));
  if (setting("kernel/unprivileged_userns_clone") == "0")
    throw Refusal(fmt::format("cannot {}: kernel.unprivileged_userns_clone is 0", what));
  errno = error;
  refuse(what);
}

void write_setting(const std::string& file, const std::string& text) {
  const FileDescriptor out(open(file.c_str(), O_WRONLY | O_CLOEXEC));
  if (!out || write(out.get(), text.data(), text.size()) < 0)
    refuse_namespaces(fmt::format("write {}", file));
}

FileDescriptor listener_on_both_families(std::uint16_t port) {
  FileDescriptor listener(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int no = 0;
  setsockopt(listener.get(), IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
  sockaddr_in6 any{};  // which is no more than loopback in here
  any.sin6_family = AF_INET6;
  any.sin6_port = htons(port);
  if (!listener || bind(listener.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any) != 0) return {};
  return listener;
}

FileDescriptor listener_on_ipv4(std::uint16_t port) {
  FileDescriptor listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!listener || bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    refuse(fmt::format("listen on port {} of the sandbox", port));
  return listener;
}

/// getaddrinfo with AI_ADDRCONFIG takes a machine whose only address is 127.0.0.1 for one without IPv4, and
/// refuses even that: librdkafka asks so with broker.address.family=v4.
void add_second_address(const FileDescriptor& any_socket) {
  ifreq request{};
  std::strcpy(request.ifr_name, "lo:1");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
  std::memcpy(&request.ifr_addr, &address, sizeof address);
  if (ioctl(any_socket.get(), SIOCSIFADDR, &request) != 0)
    refuse_namespaces("give the sandbox's loopback interface a second address");
}

}  // namespace

void enter_namespaces() {
  const std::string user = std::to_string(geteuid()), group = std::to_string(getegid());
  if (unshare(kNew) != 0) refuse_namespaces("make new namespaces");
  write_setting("/proc/self/setgroups", "deny");
  write_setting("/proc/self/uid_map", fmt::format("{} {} 1", user, user));
  write_setting("/proc/self/gid_map", fmt::format("{} {} 1", group, group));
}

void forbid_more_namespaces() { write_setting("/proc/sys/user/max_user_namespaces", "0"); }

void number_processes_apart(pid_t outside) {
  constexpr int kFirst = 1000, kApart = 97, kMost = 30'000;  // below the least that pid_max is
  std::ofstream("/proc/sys/kernel/ns_last_pid") << kFirst + outside % (kMost / kApart) * kApart;
}

void bring_loopback_up() {
  const FileDescriptor any_socket(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  request.ifr_name[0] = 'l';
  request.ifr_name[1] = 'o';
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  if (ioctl(any_socket.get(), SIOCSIFFLAGS, &request) != 0)
    refuse_namespaces("bring the sandbox's loopback interface up");
  add_second_address(any_socket);
}

std::vector<FileDescriptor> listen_on(const std::vector<std::uint16_t>& ports) {
  std::vector<FileDescriptor> listeners;
  for (const std::uint16_t port : ports) {
    FileDescriptor listener = listener_on_both_families(port);
    if (!listener) listener = listener_on_ipv4(port);
    if (listen(listener.get(), SOMAXCONN) != 0) refuse(fmt::format("listen on port {}", port));
    listeners.push_back(std::move(listener));
  }
  return listeners;
}

}  // namespace klab
