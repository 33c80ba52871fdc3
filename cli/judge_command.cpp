#include "cli/judge_command.hpp"

#include <fmt/format.h>

#include "checks/catalogue/judgement_json.hpp"
#include "checks/catalogue/policy_json.hpp"
#include "checks/errors.hpp"
#include "checks/history/history_json.hpp"
#include "reports/exit_code.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

Policy load_policy(const fs::path& file) {
  if (file.empty()) return {};
  if (!fs::is_regular_file(file))
    throw BadInput(fmt::format("{}: no such file; expected a policy", file.string()));
  return read_policy(read_whole_file(file), file.string());
}

int exit_code(const HistoryJudgement& judgement) {
  if (judgement.outcome == Outcome::refuted) return kExitFailed;
  return judgement.outcome == Outcome::holds ? kExitAllHolds : kExitFellShort;
}

}  // namespace

int judge(const JudgeOptions& options) {
  const Policy policy = load_policy(options.policy);
  if (fs::is_directory(options.history))
    throw BadInput(fmt::format("{}: a folder; expected a history file", options.history.string()));
  const History history = load_history(options.history);
  try {
    const HistoryJudgement judgement = judge_history(history, policy);
    fmt::print("{}", to_json_text(judgement, policy, history, options.history.string()));
    return exit_code(judgement);
  } catch (const BadInput& error) {
    // The model knows lines, but not of which file.
    throw BadInput(fmt::format("{}:{}", options.history.string(), error.what()));
  }
}

}  // namespace klab
