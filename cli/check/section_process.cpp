#include "cli/check/section_process.hpp"

#include <fmt/format.h>

#include "fixtures/progress.hpp"
#include "runners/process/environment.hpp"

namespace klab {
namespace {

constexpr std::size_t kMostOutput = 8u << 20;
constexpr int kMostOrdinaryExitCode = 1;  // GoogleTest's, when a TEST failed

std::vector<std::string> command(const std::filesystem::path& spec,
                                 const std::vector<std::string>& arguments) {
  std::vector<std::string> command{spec.string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

}  // namespace

SectionProcess::SectionProcess(const std::filesystem::path& spec, const std::vector<std::string>& arguments,
                               const std::filesystem::path& folder)
    : pump_(folder / "spec.log", folder / "spec.err", kMostOutput,
            [this](OutputPump::Stream, std::size_t, std::string_view line) { take_line(line); }),
      child_({.argv = command(spec, arguments),
              .environment = own_environment(),
              .out = pump_.out(),
              .err = pump_.err(),
              .signal_when_klab_dies = SIGTERM}) {
  pump_.close_writing_ends();
}

double SectionProcess::seconds() const {
  const auto end = ended_ == Clock::time_point() ? Clock::now() : ended_;
  return std::chrono::duration<double>(end - started_).count();
}

std::string SectionProcess::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

bool SectionProcess::is_starting() const {
  const std::string now = state();
  return now == kStarting || now == kStartingBroker;
}

std::vector<std::string> SectionProcess::notes() const {
  const std::lock_guard lock(mutex_);
  return notes_;
}

std::string SectionProcess::finish(Clock::duration within) {
  const bool ended = child_.wait_uninterrupted(within);
  const ExitStatus status = child_.finish();
  // A spec that was killed could not end its programs.
  kill_marked(fmt::format("{}-", child_.pid()));
  ended_ = Clock::now();
  pump_.finish();
  if (!ended) return "the spec did not come to an end and was killed";
  if (status.exit_code && *status.exit_code <= kMostOrdinaryExitCode) return {};
  const std::string words = pump_.last_words();
  return fmt::format("the spec ended with {}: {}", describe(status), words.substr(0, words.find('\n')));
}

void SectionProcess::take_line(std::string_view line) {
  const std::lock_guard lock(mutex_);
  if (line.starts_with(kStateMark)) state_ = line.substr(kStateMark.size());
  if (line.starts_with(kNoteMark)) notes_.emplace_back(line.substr(kNoteMark.size()));
}

}  // namespace klab
