#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/check/live_lines.hpp"
#include "cli/check/section_process.hpp"
#include "fixtures/play_plan.hpp"
#include "specs/lab.hpp"

namespace klab {

/// The sections of a run, played side by side: each by its spec, in a process of its own. They are named by
/// their index.
class SectionPlays {
 public:
  using PlanOf = std::function<PlayPlan(std::size_t)>;

  /// Takes over what a process that has ended, or was asked to, leaves behind; says in a few words what came
  /// of it.
  using TakeResult = std::function<std::string(std::size_t, SectionProcess&)>;

  /// `specs` is the folder of the executables.
  SectionPlays(const std::vector<PlannedSection>& sections, std::filesystem::path specs, PlanOf plan_of,
               TakeResult take_result);

  /// Plays them all, and shows on stderr what each is at. Where the user stops klab, or the grader fails, the
  /// results of what was begun are taken before it throws.
  void run();

 private:
  struct Play {
    std::size_t section;
    std::unique_ptr<SectionProcess> process;
    bool is_over = false;
    std::string result = {};
  };

  void start_more();
  Play start(std::size_t section) const;
  bool look();
  void end(Play& play);
  LiveLine live_line(const Play& play) const;

  const std::vector<PlannedSection>& sections_;
  std::filesystem::path specs_;
  PlanOf plan_of_;
  TakeResult take_result_;
  std::deque<std::size_t> unplayed_;
  std::vector<Play> plays_;
  LiveLines lines_;
};

}  // namespace klab
