#include "bench/live_clients/client_plan.hpp"

#include <fmt/format.h>

#include <fstream>

#include "checks/errors.hpp"
#include "runners/submission/command_line.hpp"

namespace klab {

std::vector<ClientPlan> read_client_plans(const std::filesystem::path& folder,
                                          const std::filesystem::path& cache,
                                          const std::filesystem::path& jars) {
  const std::filesystem::path file = folder / "clients.json";
  const Placeholders places{{"here", folder.string()}, {"cache", cache.string()}, {"jars", jars.string()}};
  std::vector<ClientPlan> plans;
  try {
    for (const auto& client : nlohmann::json::parse(std::ifstream(file)))
      plans.push_back({.name = client.at("name"),
                       .command = fill_in(client.at("command").get<std::string>(), places),
                       .codecs = client.at("codecs"),
                       .endings = client.at("endings"),
                       .modes = client.at("modes"),
                       .lacks = client.at("lacks")});
  } catch (const nlohmann::json::exception& error) {
    throw BadInput(fmt::format("{}: {}", file.string(), error.what()));
  }
  return plans;
}

}  // namespace klab
