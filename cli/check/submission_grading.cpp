#include "cli/check/submission_grading.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sstream>

#include "checks/errors.hpp"
#include "checks/json/json_fields.hpp"
#include "cli/installation.hpp"
#include "reports/exit_code.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnd = "ended.json";

fs::path make_attempt(const fs::path& attempts, std::size_t number) {
  std::string folder = (attempts / fmt::format("{}-XXXXXX", number)).string();
  if (mkdtemp(folder.data()) == nullptr)
    throw HarnessError(
        fmt::format("cannot make a folder in {}: {}", attempts.string(), std::strerror(errno)));
  return folder;
}

/// Programs see neither other submissions nor what became of them.
std::vector<std::string> check_command(const ClassDirectory& directory, const fs::path& submissions,
                                       const std::string& name, const fs::path& run, const OwnHouse* house) {
  const ClassChoices& choices = directory.choices();
  std::vector<std::string> argv{fs::read_symlink("/proc/self/exe").string(), "check", "./" + name};
  argv.insert(argv.end(), {"--lab", choices.lab, "--broker", choices.broker, "--sandbox", choices.sandbox});
  argv.insert(argv.end(), {"--view", "staff", "--github", "off"});
  argv.insert(argv.end(), {"--out", run.string(), "--hide", submissions.string()});
  argv.insert(argv.end(), {"--hide", directory.path().string()});
  if (house) argv.insert(argv.end(), {"--house", house->folder().string()});
  for (const std::string& section : choices.sections) argv.insert(argv.end(), {"--section", section});
  return argv;
}

/// The check runs in another folder than this process does.
std::vector<std::string> environment() {
  const Installation installation = find_installation();
  std::vector<std::string> all{"KLAB_CACHE=" + installation.cache.string(),
                               "KLAB_HOME=" + fs::absolute(installation.home).string()};
  for (std::string& one : own_environment())
    if (!one.starts_with("KLAB_CACHE=") && !one.starts_with("KLAB_HOME=")) all.push_back(std::move(one));
  return all;
}

ChildPlan plan_of(const ClassDirectory& directory, const fs::path& submissions, const std::string& name,
                  const OwnHouse* house, const fs::path& attempt, const FileDescriptor& log) {
  return {.argv = check_command(directory, submissions, name, attempt / "run", house),
          .environment = environment(),
          .folder = submissions,
          .out = log.get(),
          .err = log.get(),
          .signal_when_klab_dies = SIGTERM};
}

FileDescriptor open_log(const fs::path& attempt) {
  FileDescriptor log(open((attempt / "check.log").c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0644));
  if (!log) throw HarnessError(fmt::format("cannot write in {}", attempt.string()));
  return log;
}

/// The last line that is klab's own.
std::string last_words(const fs::path& log) {
  constexpr std::string_view kOwn = "klab: ";
  std::istringstream lines(read_whole_file(log));
  std::string last;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(kOwn)) last = line.substr(kOwn.size());
  return last;
}

}  // namespace

SubmissionGrading::SubmissionGrading(const ClassDirectory& directory, const fs::path& submissions,
                                     const std::string& name, std::size_t number,
                                     std::unique_ptr<OwnHouse> house)
    : kept_(directory.run(name)),
      name_(name),
      attempt_(make_attempt(directory.attempts(), number)),
      house_(std::move(house)),
      child_(plan_of(directory, submissions, name, house_.get(), attempt_, open_log(attempt_))) {}

std::unique_ptr<OwnHouse> SubmissionGrading::finish(Clock::duration within) {
  const bool ended = child_.wait_uninterrupted(within);
  const ExitStatus status = child_.finish();
  keep({.ended = ended ? fmt::format("ended with {}", describe(status)) : "did not end and was killed",
        .is_refusal = status.exit_code == kExitBadInput});
  return status.exit_code.value_or(kExitFellShort) == kExitFellShort ? nullptr : std::move(house_);
}

void SubmissionGrading::break_off(Clock::duration within) {
  ask_to_stop();
  child_.wait_uninterrupted(within);
  child_.finish();
  keep({.ended = fmt::format("was still running after {:.0f} s and was stopped", seconds())});
}

void SubmissionGrading::give_up(Clock::duration within) {
  child_.wait_uninterrupted(within);
  child_.finish();
  std::error_code ignored;
  fs::remove_all(attempt_, ignored);
}

void SubmissionGrading::keep(GradingEnd end) const {
  const fs::path run = attempt_ / "run";
  std::error_code failed;
  fs::create_directories(run, failed);
  end.reason = last_words(attempt_ / "check.log");
  write_grading_end(run, end);
  fs::rename(attempt_ / "check.log", run / "check.log", failed);
  // In this order a kill in between leaves either of the two, or none, but no mixture.
  fs::remove(kept_ / "run.json", failed);
  fs::remove_all(kept_, failed);
  fs::rename(run, kept_, failed);
  if (failed) throw HarnessError(fmt::format("cannot make {}: {}", kept_.string(), failed.message()));
  fs::remove_all(attempt_, failed);
}

void write_grading_end(const fs::path& run, const GradingEnd& end) {
  const nlohmann::ordered_json json{
      {"ended", end.ended}, {"refusal", end.is_refusal}, {"reason", end.reason}};
  replace_whole_file(run / kEnd,
                     json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

GradingEnd read_grading_end(const fs::path& run) {
  const fs::path file = run / kEnd;
  const JsonFields json = JsonFields::parse(read_whole_file(file), file.string());
  return {.ended = json.text("ended"), .is_refusal = json.flag("refusal"), .reason = json.text("reason")};
}

}  // namespace klab
