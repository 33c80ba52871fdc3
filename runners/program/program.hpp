#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runners/process/child_process.hpp"
#include "runners/process/output_pump.hpp"
#include "runners/recorder.hpp"
#include "runners/sandbox/sandbox.hpp"
#include "runners/submission/line_pattern.hpp"

namespace klab {

/// How to run one of a submission's programs.
struct ProgramPlan {
  std::string name = {};  ///< unique in the play: "producer-1"
  std::string role = {};
  std::string command = {};                     ///< for `sh -c`, placeholders filled in
  std::string group = {};                       ///< that the command was told; for the record
  std::string key = {};                         ///< that the command was told; for the record
  std::filesystem::path folder = {};            ///< its working folder
  std::filesystem::path temporary_folder = {};  ///< shared by the programs of a play
  std::filesystem::path output_folder = {};     ///< where NAME.out and NAME.err are kept
  std::size_t output_limit = 32u << 20;         ///< bytes, both streams together
  std::size_t line_limit = 200'000;  ///< lines, both streams together; those past it are not recorded
  std::optional<SandboxPlan> sandbox = {};
  /// Takes the sockets that listen in the sandbox, one for each of its ports, before the program starts.
  std::function<void(std::vector<FileDescriptor>)> serve = {};
  std::string consumed_pattern = {};  ///< of submission.json; when empty, every line matches
  /// Which records of the sample a line shows, by their position there.
  std::function<std::vector<std::size_t>(std::string_view)> records_in = {};
};

/// A program that runs, and whose output is recorded as it comes. `stop` records how it ended; a program that
/// is destroyed before that is killed and leaves no record. When it is over, so are all its descendants.
class Program {
 public:
  Program(ProgramPlan plan, Recorder& recorder);
  ~Program();

  const std::string& name() const { return plan_.name; }
  bool is_running() { return child_->is_running(); }

  /// Whether it has printed more than it may; the play then has to stop it.
  bool is_flooding() const { return pump_.is_over_limit() || lines_ > plan_.line_limit; }

  /// How many matching lines have shown a record so far, and how long ago the last of them was (or the
  /// start).
  std::size_t lines_with_records() const { return lines_with_records_; }
  Moment quiet_for() const { return recorder_.now() - Moment(last_shown_); }

  /// How many records they have shown: one that is on several lines in a row counts once, and one that is on
  /// both streams is not counted on each.
  std::size_t records_shown() const { return std::max(shown_[0].count.load(), shown_[1].count.load()); }

  /// Waits for its end; false if it still runs. Throws Interrupted.
  bool wait(Clock::duration within) { return child_->wait(within); }

  /// Ends it without a chance to say goodbye; `stop` then records its run.
  void kill() const { child_->signal_group(SIGKILL); }

  /// Ends it if it still runs (SIGINT, SIGTERM, SIGKILL) and records its run; `ending` says why. A program
  /// that had ended before is recorded as `exited`.
  void stop(Ending ending);

 private:
  void start();
  void ask_to_end();
  void kill_descendants();
  void take_line(OutputPump::Stream stream, std::size_t number, std::string_view line);
  void count_records(const PrintedLine& line);

  /// What one stream has shown.
  struct Shown {
    std::atomic<std::size_t> count{0};
    std::vector<std::size_t> on_last_line = {};
  };

  ProgramPlan plan_;
  std::optional<LinePattern> pattern_;
  Recorder& recorder_;
  std::string token_;
  Moment started_;
  std::atomic<std::size_t> lines_{0}, lines_with_records_{0};
  std::array<Shown, 2> shown_ = {};
  std::atomic<Moment::rep> last_shown_;
  OutputPump pump_;
  std::optional<Sandbox> sandbox_;
  std::unique_ptr<ChildProcess> child_;
};

}  // namespace klab
