#include "cli/claims/claims_run.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/errors.hpp"
#include "claims/mark.hpp"
#include "cli/broker/broker_choice.hpp"
#include "cli/say.hpp"
#include "cli/scratch_folder.hpp"
#include "cli/terminal_style.hpp"
#include "experiments/laboratory.hpp"
#include "reports/exit_code.hpp"
#include "reports/terminal/terminal_lines.hpp"
#include "runners/file_lock.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr int kIdWidth = 24;

Laboratory laboratory_of(const Installation& installation) {
  return {.kafka = kKafkaVersion,
          .clients = installation.home / "experiments" / "clients",
          .cache = installation.cache,
          .folder = installation.measured_claims().parent_path()};
}

/// What was found of a claim, or why nothing was.
std::string found_text(const Measurement& measurement) {
  const std::string obstacle = obstacle_to(measurement);
  return obstacle.empty() ? values_text(measurement) : "undecided: " + obstacle;
}

void tell(const ExperimentResult& result) {
  std::size_t settled = 0;
  for (const auto& [claim, measurement] : result.measured)
    settled += obstacle_to(measurement).empty() ? 1 : 0;
  say("  {:<28} {:5.1f} s  {}\n", result.name, result.seconds,
      result.failure.empty() ? fmt::format("{} of {} settled", settled, result.measured.size())
                             : result.failure);
}

/// The claims that were asked for.
std::vector<const Claim*> chosen(const Catalogue& catalogue, const std::vector<std::string>& ids) {
  std::vector<const Claim*> claims;
  for (const std::string& id : ids)
    if (catalogue.find(id) == nullptr)
      throw BadInput(fmt::format("no claim {}; klab claims list says which there are", id));
  for (const Claim& claim : catalogue.claims)
    if (ids.empty() || std::ranges::find(ids, claim.id) != ids.end()) claims.push_back(&claim);
  return claims;
}

/// How many have no value.
int print_found(const std::vector<const Claim*>& claims, const Measurements& measured) {
  TerminalLines lines(terminal_style());
  int unsettled = 0;
  for (const Claim* claim : claims) {
    const auto found = measured.find(claim->id);
    const Measurement measurement =
        found == measured.end() ? Measurement{.undecided = "no experiment settles it here"} : found->second;
    const bool is_settled = obstacle_to(measurement).empty();
    unsettled += is_settled ? 0 : 1;
    lines.row({{claim->id, kIdWidth, is_settled ? Ink::bold : Ink::yellow}}, found_text(measurement));
  }
  fmt::print("{}", lines.text());
  return unsettled;
}

}  // namespace

std::vector<Experiment> not_concluded(std::vector<Experiment> experiments, const Installation& installation) {
  const Laboratory laboratory = laboratory_of(installation);
  std::erase_if(experiments, [&](const Experiment& one) { return is_concluded(one, laboratory); });
  return experiments;
}

void run_and_keep(const std::vector<Experiment>& experiments, const Installation& installation, int times,
                  int at_once) {
  if (experiments.empty()) return;
  const ScratchFolder scratch;
  Laboratory laboratory = laboratory_of(installation);
  std::filesystem::create_directories(laboratory.folder);
  const FileDescriptor lock = lock_file(laboratory.folder / "lock", 10min);
  const BrokerChoice brokers = choose_broker("process", installation);
  laboratory.host = brokers.host;
  laboratory.scratch = scratch.path();
  say("{} experiments with {}\n", experiments.size(), brokers.description);
  const auto keep = [&] {
    replace_whole_file(installation.measured_claims(), to_json_text(all_measured(laboratory)));
  };
  run_experiments(experiments, laboratory, times, at_once, [&](const ExperimentResult& result) {
    tell(result);
    keep();
  });
}

int measure_claims(const MeasureOptions& options) {
  const Installation installation = find_installation();
  const Catalogue catalogue = load_catalogue(installation.claims());
  const std::vector<const Claim*> claims = chosen(catalogue, options.claims);
  std::vector<std::string> ids;
  for (const Claim* claim : claims) ids.push_back(claim->id);
  std::vector<Experiment> experiments = experiments_on(ids);
  if (!options.again && options.times == 1) experiments = not_concluded(std::move(experiments), installation);
  run_and_keep(experiments, installation, options.times, options.at_once);
  const int unsettled = print_found(claims, all_measured(laboratory_of(installation)));
  fmt::print("{} of {} claims have a value, in {}\n", std::ssize(claims) - unsettled, claims.size(),
             installation.measured_claims().string());
  return unsettled == 0 ? kExitAllHolds : kExitFellShort;
}

}  // namespace klab
