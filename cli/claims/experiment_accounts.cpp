#include "cli/claims/experiment_accounts.hpp"

#include "checks/history/history_json.hpp"
#include "experiments/experiment.hpp"
#include "reports/pictures/history_timelines.hpp"
#include "reports/pictures/offset_charts.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

ExperimentAccount account_of(const std::string& evidence, const fs::path& file,
                             const std::vector<Experiment>& experiments) {
  const History history = load_history(file);
  ExperimentAccount account{.evidence = evidence, .name = history.section};
  for (const Experiment& experiment : experiments)
    if (experiment.name == account.name) account.hypothesis = experiment.hypothesis;
  account.timelines = history_timelines(history);
  account.charts = offset_charts(history);
  return account;
}

}  // namespace

std::vector<ExperimentAccount> experiment_accounts(const std::set<std::string>& evidence,
                                                   const Installation& installation, const fs::path& folder) {
  const fs::path measured = installation.measured_claims().parent_path();
  const std::vector<Experiment> experiments = all_experiments();
  std::vector<ExperimentAccount> accounts;
  fs::create_directories(folder / "evidence");
  for (const std::string& path : evidence) {
    if (!fs::is_regular_file(measured / path)) continue;
    ExperimentAccount& account = accounts.emplace_back(account_of(path, measured / path, experiments));
    account.kept_as = "evidence/" + account.name + ".jsonl";
    fs::copy_file(measured / path, folder / account.kept_as, fs::copy_options::overwrite_existing);
  }
  return accounts;
}

}  // namespace klab
