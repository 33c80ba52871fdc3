#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace klab {

/// A client of clients.json.
struct ClientPlan {
  std::string name = {};
  std::string command = {};  ///< for the shell
  std::vector<std::string> codecs = {};
  std::vector<std::string> endings = {};  ///< of its transactions: "committed" or "aborted"
  std::vector<std::string> modes = {};    ///< of membership
  nlohmann::json lacks = {};              ///< what it is not asked to do, and why
};

/// Throws BadInput.
std::vector<ClientPlan> read_client_plans(const std::filesystem::path& folder,
                                          const std::filesystem::path& cache,
                                          const std::filesystem::path& jars);

}  // namespace klab
