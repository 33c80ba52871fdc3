#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"
#include "checks/verdict/verdict_json.hpp"
#include "fixtures/play_plan.hpp"
#include "fixtures/stage.hpp"

namespace klab {

/// One run of a spec: plays its section, or takes a saved history, and writes each TEST's verdict to
/// verdicts.jsonl as soon as it is known.
class SectionRun {
 public:
  /// The run of this process. Throws std::logic_error outside of a spec.
  static SectionRun& current();

  /// Plays the plan's section in `play`.
  explicit SectionRun(PlayPlan plan);

  /// Judges a saved history; nothing is played. `plan` is the one it was played by, as far as it is known.
  /// Verdicts go to `out`.
  SectionRun(History history, PlayPlan plan, const std::filesystem::path& out);
  ~SectionRun();

  /// Called once, before the first TEST. What goes wrong is kept, to be thrown by `history`: it is each
  /// TEST's error. Ends the process when the user asks to stop: nothing is judged then.
  void play(const std::function<void(Stage&)>& script);

  /// What happened. Throws HarnessError when the play failed.
  const History& history() const;

  /// A number of lab.json.
  int parameter(const std::string& name) const { return plan_.parameter(name); }

  /// Keeps the verdict of the TEST that runs.
  void judged(const Verdict& verdict) { verdict_ = verdict; }

  /// Writes the line of a TEST that has ended; without a verdict it is the grader's error.
  void end_test(JudgedTest test, const std::string& failure);

 private:
  PlayPlan plan_ = {};
  std::optional<History> history_ = {};
  std::string failure_ = {};
  std::optional<Verdict> verdict_ = {};
  std::ofstream verdicts_;
};

}  // namespace klab
