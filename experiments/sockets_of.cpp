#include "experiments/sockets_of.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace klab {
namespace {

namespace fs = std::filesystem;

/// A line of /proc/PID/net/tcp; the ports are the digits behind the colon of an address.
struct Socket {
  int local = 0, remote = 0;
  bool is_listening = false, is_connected = false;
  std::string inode = {};
};

int port_of(const std::string& address) {
  return std::stoi(address.substr(address.rfind(':') + 1), nullptr, 16);
}

std::vector<Socket> sockets_in(const fs::path& table) {
  std::vector<Socket> sockets;
  std::ifstream in(table);
  std::string line;
  std::getline(in, line);  // names of the columns
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string number, local, remote, state, queues, timer, retransmits, user, timeout, inode;
    words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> user >> timeout >> inode;
    if (words)
      sockets.push_back({.local = port_of(local),
                         .remote = port_of(remote),
                         .is_listening = state == "0A",
                         .is_connected = state == "01",
                         .inode = inode});
  }
  return sockets;
}

std::set<std::string> open_inodes(const fs::path& process) {
  std::set<std::string> inodes;
  std::error_code error;
  for (const auto& descriptor : fs::directory_iterator(process / "fd", error)) {
    const std::string target = fs::read_symlink(descriptor.path(), error).string();
    if (target.starts_with("socket:[")) inodes.insert(target.substr(8, target.size() - 9));
  }
  return inodes;
}

}  // namespace

nlohmann::ordered_json sockets_of(pid_t process) {
  const fs::path folder = fmt::format("/proc/{}", process);
  const std::set<std::string> own = open_inodes(folder);
  std::vector<Socket> sockets = sockets_in(folder / "net/tcp");
  for (const Socket& socket : sockets_in(folder / "net/tcp6")) sockets.push_back(socket);
  std::erase_if(sockets, [&](const Socket& socket) { return !own.contains(socket.inode); });
  std::set<int> listens, talks_to;
  for (const Socket& socket : sockets)
    if (socket.is_listening) listens.insert(socket.local);
  for (const Socket& socket : sockets)
    if (socket.is_connected && !listens.contains(socket.local) && !listens.contains(socket.remote))
      talks_to.insert(socket.remote);
  return {{"listens", listens}, {"talks to", talks_to}};
}

}  // namespace klab
