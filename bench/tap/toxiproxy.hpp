#pragma once

#include <filesystem>
#include <memory>

#include "runners/process/child_process.hpp"

namespace klab {

/// The proxy of the same name (github.com/Shopify/toxiproxy), without any toxics, in front of one port.
class Toxiproxy {
 public:
  /// Builds it in the folder, which takes a minute the first time. Null where there is no Go, or no network.
  static std::unique_ptr<Toxiproxy> build_and_start(const std::filesystem::path& folder, int upstream_port);

  Toxiproxy(const std::filesystem::path& server, const std::filesystem::path& folder, int upstream_port);

  int port() const { return port_; }

 private:
  int port_ = 0;
  std::unique_ptr<ChildProcess> server_;
};

}  // namespace klab
