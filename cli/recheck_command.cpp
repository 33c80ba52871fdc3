#include "cli/recheck_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <map>
#include <memory>
#include <set>

#include "checks/errors.hpp"
#include "checks/json/json_fields.hpp"
#include "cli/check/played_section.hpp"
#include "cli/check/run_directory.hpp"
#include "cli/check/section_process.hpp"
#include "cli/installation.hpp"
#include "cli/scratch_folder.hpp"
#include "cli/terminal_style.hpp"
#include "fixtures/play_plan.hpp"
#include "reports/outcome_json.hpp"
#include "reports/printable.hpp"
#include "reports/terminal/terminal.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kToJudge = 10min;

/// What was said of each property when the run was made.
std::map<std::string, std::string> outcomes_in(const JsonFields& run) {
  std::map<std::string, std::string> outcomes;
  const JsonFields properties = run.object("properties");
  for (const std::string& id : properties.names()) outcomes[id] = properties.text(id);
  return outcomes;
}

/// The folders of the sections that were played, by section.
std::map<std::string, fs::path> section_folders(const fs::path& run) {
  std::map<std::string, fs::path> folders;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(run / "sections", ignored))
    if (fs::exists(entry.path() / "plan.json")) folders[entry.path().filename().string()] = entry.path();
  return folders;
}

/// What is to be told of the run.
enum class Needs { outcomes, report, pages };

Needs needs_of(const RecheckOptions& options) {
  if (!options.out.empty()) return Needs::pages;
  return options.only_changes || options.json ? Needs::outcomes : Needs::report;
}

class Recheck {
 public:
  Recheck(const fs::path& run, Needs needs)
      : run_(run),
        needs_(needs),
        folders_(section_folders(run)),
        saved_(read_saved(run)),
        before_(outcomes_in(saved_)) {
    if (folders_.empty())
      throw BadInput(
          fmt::format("{}: no section was played in this run: expected sections/*/plan.json", run.string()));
    const Installation installation = find_installation();
    const Lab lab =
        load_lab(installation.lab_file(load_play_plan(folders_.begin()->second / "plan.json").lab));
    result_ = {.lab = lab.title,
               .submission = saved_.text("submission"),
               .started_at = saved_.text("started_at"),
               .seconds = saved_.real("seconds"),
               .seed = saved_.text("seed"),
               .tool_version = kVersion,
               .broker = saved_.text("broker"),
               .sandbox = saved_.text("sandbox"),
               .notes = saved_.texts("notes")};
    lab_digest_ = lab.digest;
    if (saved_.text("lab_digest") != lab.digest)
      result_.notes.push_back("lab.json has changed since this run was made");
    for (const PlannedSection& section : lab.sections)
      if (folders_.contains(section.id) || was_planned(section)) {
        sections_.push_back(section);
        result_.sections.push_back(planned_result(section));
        take_saved(result_.sections.back());
      }
    judge_all(installation);
  }

  const RunResult& result() const { return result_; }

  RunFacts facts() const {
    return {.lab_digest = lab_digest_,
            .submission_digest = saved_.text("submission_digest"),
            .client_version = saved_.text("client"),
            .is_finished = saved_.flag("finished")};
  }

  /// The properties of which something else is said now.
  std::vector<ChangedOutcome> changes(const RunResult& shown) const {
    std::vector<ChangedOutcome> changes;
    for (const SectionResult& section : shown.sections)
      for (const PropertyResult& property : section.properties) {
        const auto before = before_.find(property.id);
        const std::string was = before == before_.end() ? "not planned" : before->second;
        if (was != name_of(property.outcome))
          changes.push_back({property.id, was, std::string(name_of(property.outcome))});
      }
    for (const std::string& id : no_longer_planned()) changes.push_back({id, before_.at(id), "not planned"});
    return changes;
  }

 private:
  static JsonFields read_saved(const fs::path& run) {
    const fs::path file = run / "run.json";
    if (!fs::exists(file))
      throw BadInput(fmt::format("{}: is not there; expected a run directory of klab", file.string()));
    return JsonFields::parse(read_whole_file(file), file.string());
  }

  bool was_planned(const PlannedSection& section) const {
    return std::ranges::any_of(
        section.properties, [&](const PlannedProperty& property) { return before_.contains(property.id); });
  }

  /// Properties of the run that the lab has no more.
  std::vector<std::string> no_longer_planned() const {
    std::set<std::string> planned;
    for (const PlannedSection& section : sections_)
      for (const PlannedProperty& property : section.properties) planned.insert(property.id);
    std::vector<std::string> gone;
    for (const auto& [id, outcome] : before_)
      if (!planned.contains(id)) gone.push_back(id);
    return gone;
  }

  /// What the play of a section was like cannot be judged again. A run that was cut off does not have it.
  void take_saved(SectionResult& section) const {
    if (!saved_.has("sections") || !saved_.object("sections").has(section.id)) return;
    const JsonFields saved = saved_.object("sections").object(section.id);
    section.seconds = saved.real("seconds");
    section.notes = saved.texts("notes");
  }

  struct Judging {
    fs::path folder, verdicts;
    std::unique_ptr<SectionProcess> process = nullptr;
  };

  void judge_all(const Installation& installation) {
    const ScratchFolder scratch;
    std::vector<Judging> judging;
    for (const PlannedSection& section : sections_) {
      const fs::path made = scratch.path() / section.id;
      fs::create_directories(made);
      Judging one{.folder = run_ / "sections" / section.id, .verdicts = made / "verdicts.jsonl"};
      const fs::path history = one.folder / "history.jsonl";
      if (folders_.contains(section.id) && fs::exists(history))
        one.process = std::make_unique<SectionProcess>(
            installation.specs / section.spec,
            std::vector<std::string>{"--history", history.string(), "--verdicts", one.verdicts.string()},
            made);
      judging.push_back(std::move(one));
    }
    std::vector<std::future<void>> taking;
    for (std::size_t i = 0; i < judging.size(); ++i)
      taking.push_back(std::async(std::launch::async, [&, i] { take_result(judging[i], i); }));
    for (auto& one : taking) one.wait();
    for (auto& one : taking) one.get();
    settle_undecided(result_);
  }

  void take_result(Judging& judging, std::size_t i) {
    if (!folders_.contains(sections_[i].id)) return;  // nothing is left of it: not run
    try {
      read_result(judging, i);
    } catch (const BadInput& error) {
      for (PropertyResult& property : result_.sections[i].properties) {
        property.outcome = PropertyOutcome::error;
        property.actual = error.what();
      }
    }
  }

  void read_result(Judging& judging, std::size_t i) {
    const PlayPlan plan = load_play_plan(judging.folder / "plan.json");
    SectionFacts facts{.setup_failure = plan.setup_failure, .setup_output = plan.setup_output};
    if (judging.process) facts.spec_failure = judging.process->finish(kToJudge);
    const History history = needs_ == Needs::outcomes ? load_played_programs(judging.folder)
                                                      : load_played_history(judging.folder);
    read_played_section(result_.sections[i], sections_[i], plan.submission, judging.folder, judging.verdicts,
                        history, std::move(facts));
    if (needs_ == Needs::pages) illustrate(result_.sections[i], history);
  }

  fs::path run_;
  Needs needs_;
  std::map<std::string, fs::path> folders_;
  JsonFields saved_;
  std::map<std::string, std::string> before_;
  std::string lab_digest_ = {};
  std::vector<PlannedSection> sections_ = {};
  RunResult result_ = {};
};

}  // namespace

RunResult recheck(const RecheckOptions& options) {
  const fs::path run = fs::absolute(options.run);
  const Recheck recheck(run, needs_of(options));
  const RunResult shown = viewed(recheck.result(), options.view);
  if (!options.out.empty()) RunDirectory(options.out, "").write(shown, recheck.facts());
  const std::vector<ChangedOutcome> changes = recheck.changes(shown);
  if (options.json) {
    fmt::print("{}", outcome_json(shown, run.string(), &changes));
    return shown;
  }
  if (!options.only_changes) fmt::print("{}\n", terminal_report(shown, terminal_style()));
  if (options.only_changes)
    for (const std::string& note : shown.notes) fmt::print("note: {}\n", visible_text(note));
  for (const ChangedOutcome& change : changes)
    fmt::print("{}: was {}, is {}\n", change.id, change.was, change.is);
  if (changes.empty()) fmt::print("every property is judged as it was\n");
  return shown;
}

}  // namespace klab
