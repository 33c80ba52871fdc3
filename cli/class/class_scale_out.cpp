#include "cli/class/class_scale_out.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "runners/submission/command_line.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

// Enough for a broker a section and the programs; see docs/instructors.md for how to ask for other numbers.
constexpr const char* kScript = R"(#!/bin/sh
#SBATCH --job-name=klab-class
#SBATCH --array=1-{count}
#SBATCH --cpus-per-task=2
#SBATCH --mem=4G
#SBATCH --time=60
#SBATCH --output={log}
# Grades {count} submissions, each as a task of its own. Options of sbatch go before the script's name:
#   sbatch --wait --array=1-{count}%8 THIS-SCRIPT
# Then the table, from what the tasks have left in the folder that all machines share:
#   {klab} class {submissions} --out {out} --collect
# A task that ends with 1 met a folder that cannot be graded, with 2 the grader fell short: the table says why.
exec {klab} class {submissions} --out {out}{choices} --only "$SLURM_ARRAY_TASK_ID"
)";

std::string choices_of(const ClassChoices& choices) {
  std::string text = fmt::format(" --lab {} --broker {} --sandbox {}", shell_word(choices.lab),
                                 shell_word(choices.broker), shell_word(choices.sandbox));
  for (const std::string& section : choices.sections) text += " --section " + shell_word(section);
  return text;
}

/// sbatch reads a name up to the first space, and fills in what follows a %.
std::string log_name(const fs::path& folder) {
  const std::string text = (folder / "slurm-%a.log").string();
  const std::string before = folder.string();
  return before.find_first_of(" %\\\"'") == std::string::npos ? text : "/dev/null";
}

}  // namespace

std::string slurm_script(const ClassDirectory& directory, const fs::path& submissions,
                         const std::vector<std::string>& names) {
  return fmt::format(fmt::runtime(kScript), fmt::arg("count", names.size()),
                     fmt::arg("log", log_name(directory.path())),
                     fmt::arg("klab", shell_word(fs::read_symlink("/proc/self/exe").string())),
                     fmt::arg("submissions", shell_word(submissions.string())),
                     fmt::arg("out", shell_word(directory.path().string())),
                     fmt::arg("choices", choices_of(directory.choices())));
}

std::string ci_matrix(const std::vector<std::string>& names) {
  nlohmann::ordered_json include = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < names.size(); ++i)
    include.push_back({{"only", i + 1}, {"submission", names[i]}});
  const nlohmann::ordered_json matrix{{"include", std::move(include)}};
  return matrix.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace klab
