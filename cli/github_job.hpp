#pragma once

#include <cstdio>
#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// What a job of GitHub Actions is told: auto where one runs klab, which is where GITHUB_ACTIONS is "true".
enum class GithubChoice { automatic, on, off };

/// Keeps GitHub's runner from obeying anything that klab prints: the runner takes "::error::" at the start of
/// a line, and "##[error]" anywhere in one, for a command, and klab quotes what submissions say. Commands are
/// stopped while this exists, but for what `print` prints itself. Does nothing where no job runs klab, unless
/// it was told that one does.
class StoppedCommands {
 public:
  /// To stop them on stderr does for both streams. On stdout as well where that is a report for people: it
  /// holds even when stderr goes elsewhere.
  explicit StoppedCommands(bool on_stdout_too, bool is_told_of_job = false);

  /// What comes later in the step, such as another klab, may have commands of its own.
  ~StoppedCommands();
  StoppedCommands(const StoppedCommands&) = delete;
  StoppedCommands& operator=(const StoppedCommands&) = delete;

  /// To stdout where people read that, else to stderr. `commands` are lines made by workflow_command().
  void print(const std::string& commands);

 private:
  void stop_on(std::FILE* stream);
  void resume();

  bool is_in_job_;
  std::FILE* stream_;
  std::string token_ = {};  ///< resumes; nobody can know it before it is used
};

/// A message for stderr, from whatever an exception says, without anything that a terminal would obey. In a
/// job it is a line in which the runner finds no command, as it may read stderr before what came earlier on
/// stdout.
std::string harmless_message(const std::string& text);

/// Tells the job of a run: annotations, the summary of the step, and what the step puts out for GitHub
/// Classroom, `result` and for each section `result_ID`, in base64. `tells_points` adds the two notices from
/// which Classroom reads the points. Give it the student's view: all in the job can be read by the student.
/// Says on stderr what could not be written; no run fails for that.
struct GithubJob {
  GithubChoice choice = GithubChoice::off;
  bool tells_points = false;
  StoppedCommands* commands = nullptr;

  void tell(const RunResult& run) const;
};

}  // namespace klab
