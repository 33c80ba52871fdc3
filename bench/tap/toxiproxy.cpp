#include "bench/tap/toxiproxy.hpp"

#include <fmt/format.h>

#include <fstream>

#include "checks/errors.hpp"
#include "runners/process/run_command.hpp"
#include "runners/tap/loopback.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr const char* kModule = "github.com/Shopify/toxiproxy/v2/cmd/server@v2.12.0";

int free_port() { return port_of(listen_on_loopback()); }

bool accepts_connections(int port) {
  const FileDescriptor socket = begin_to_connect(port);
  return eventually([&] { return is_connected(socket); }, 100ms, 5ms);
}

}  // namespace

std::unique_ptr<Toxiproxy> Toxiproxy::build_and_start(const fs::path& folder, int upstream_port) {
  const CommandResult built = run_command(
      {"/usr/bin/env", fmt::format("GOBIN={}", folder.string()), "go", "install", kModule}, 10min);
  if (built.status.is_success()) return std::make_unique<Toxiproxy>(folder / "server", folder, upstream_port);
  fmt::print(stderr, "toxiproxy is not measured: {}\n", built.output);
  return nullptr;
}

Toxiproxy::Toxiproxy(const fs::path& server, const fs::path& folder, int upstream_port) : port_(free_port()) {
  const fs::path config = folder / "toxiproxy.json";
  std::ofstream(config) << fmt::format(
      R"([{{"name": "broker", "listen": "127.0.0.1:{}", "upstream": "127.0.0.1:{}", "enabled": true}}])",
      port_, upstream_port);
  server_ = std::make_unique<ChildProcess>(
      ChildPlan{.argv = {server.string(), "-config", config.string(), "-port", std::to_string(free_port())},
                .environment = own_environment()});
  if (!eventually([&] { return accepts_connections(port_); }, 10s))
    throw HarnessError("toxiproxy does not listen");
}

}  // namespace klab
