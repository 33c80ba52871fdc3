#include "runners/program/program.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include "runners/fair_watch.hpp"
#include "runners/process/environment.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 5s;  // for a consumer to leave its group and flush its output, after each signal
constexpr auto kPatienceForSandbox = 30s;

std::optional<LinePattern> compile(const std::string& expression) {
  if (expression.empty()) return std::nullopt;
  return LinePattern(expression);
}

}  // namespace

Program::Program(ProgramPlan plan, Recorder& recorder)
    : plan_(std::move(plan)),
      pattern_(compile(plan_.consumed_pattern)),
      recorder_(recorder),
      token_(fmt::format("{}-{}-{}", getpid(), plan_.name, Clock::now().time_since_epoch().count())),
      started_(recorder.now()),
      last_shown_(started_.count()),
      pump_(plan_.output_folder / (plan_.name + ".out"), plan_.output_folder / (plan_.name + ".err"),
            plan_.output_limit, [this](OutputPump::Stream stream, std::size_t number, std::string_view line) {
              take_line(stream, number, line);
            }) {
  start();
}

void Program::start() {
  const std::vector<std::string> shell{"/bin/sh", "-c", plan_.command};
  if (plan_.sandbox) sandbox_.emplace(*plan_.sandbox);
  lay_out_for_environment(plan_.temporary_folder);
  child_ = std::make_unique<ChildProcess>(
      ChildPlan{.argv = sandbox_ ? sandbox_->around(shell) : shell,
                .environment = program_environment(token_, plan_.temporary_folder),
                .folder = plan_.folder,
                .out = pump_.out(),
                .err = pump_.err(),
                .inherited = sandbox_ ? sandbox_->inherited() : -1});
  pump_.close_writing_ends();
  if (!sandbox_) return;
  plan_.serve(sandbox_->listeners(kPatienceForSandbox));
  sandbox_->go();
}

void Program::kill_descendants() {
  if (sandbox_) sandbox_->kill();
  kill_marked(token_);
}

Program::~Program() {
  child_->finish();
  kill_marked(token_);  // the sandbox's processes go with it
}

/// The shell may be gone before the program that it ran has flushed its output and left its group: who has
/// ended writes no more.
void Program::ask_to_end() {
  for (const int signal : {SIGINT, SIGTERM}) {
    FairWatch watch;
    child_->signal_group(signal);
    if (child_->wait_uninterrupted(kPatience) &&
        eventually([this] { return pump_.has_ended(); }, kPatience - watch.passed()))
      return;
  }
}

void Program::stop(Ending ending) {
  const bool had_ended = !child_->is_running();
  const Moment told = recorder_.now();
  ask_to_end();
  const ExitStatus status = child_->finish();
  kill_descendants();
  const Moment ended = had_ended ? recorder_.moment_of(child_->ended_at()) : recorder_.now();
  const auto limit = sandbox_ ? sandbox_->limit_hit() : std::nullopt;
  pump_.finish();
  recorder_.record(ProgramRun{.program = plan_.name,
                              .role = plan_.role,
                              .command = plan_.command,
                              .group = plan_.group,
                              .key = plan_.key,
                              .started = started_,
                              .told_to_stop = had_ended ? ended : told,
                              .ended = ended,
                              .ending = limit       ? Ending::limit
                                        : had_ended ? Ending::exited
                                                    : ending,
                              .exit_code = status.exit_code,
                              .signal = status.signal,
                              .lines_printed = pump_.lines(),
                              .last_words = pump_.last_words(),
                              .limit = limit ? describe(*limit) : ""});
}

void Program::take_line(OutputPump::Stream stream, std::size_t number, std::string_view line) {
  if (++lines_ > plan_.line_limit) return;
  PrintedLine printed{.program = plan_.name,
                      .on_stderr = stream == OutputPump::Stream::err,
                      .number = number,
                      .at = recorder_.now(),
                      .matched = true};
  if (pattern_) {
    const auto match = pattern_->match(line);
    printed.matched = match.has_value();
    printed.key = match ? match->key : std::nullopt;
    printed.value = match && match->value ? *match->value : std::string(line);
  } else {
    printed.value = line;
  }
  if (printed.matched) count_records(printed);
  recorder_.record(std::move(printed));
}

void Program::count_records(const PrintedLine& line) {
  std::vector<std::size_t> records = plan_.records_in(line.value);
  if (records.empty()) return;
  last_shown_ = line.at.count();
  ++lines_with_records_;
  Shown& shown = shown_[line.on_stderr ? 1 : 0];
  const auto is_new = [&](std::size_t record) {
    return std::ranges::find(shown.on_last_line, record) == shown.on_last_line.end();
  };
  shown.count += static_cast<std::size_t>(std::ranges::count_if(records, is_new));
  shown.on_last_line = std::move(records);
}

}  // namespace klab
