#include "cli/check/check_command.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <optional>
#include <random>

#include "checks/errors.hpp"
#include "cli/broker/broker_choice.hpp"
#include "cli/broker/own_house.hpp"
#include "cli/check/chosen_sections.hpp"
#include "cli/check/loaded_submission.hpp"
#include "cli/check/played_section.hpp"
#include "cli/check/run_directory.hpp"
#include "cli/check/sandbox_choice.hpp"
#include "cli/check/section_plays.hpp"
#include "cli/installation.hpp"
#include "cli/outcome.hpp"
#include "cli/say.hpp"
#include "cli/scratch_folder.hpp"
#include "cli/terminal_style.hpp"
#include "fixtures/play_plan.hpp"
#include "fixtures/sample_data.hpp"
#include "reports/formats/gradescope.hpp"
#include "reports/outcome_json.hpp"
#include "reports/terminal/terminal.hpp"
#include "reports/wording.hpp"
#include "runners/client/rdkafka.hpp"
#include "runners/interruption.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto kToStop = 20s;

/// What cannot be started was not attempted, as where a program is missing.
void fail_all(SectionResult& section, const std::string& why) {
  for (PropertyResult& property : section.properties) {
    property.outcome = PropertyOutcome::fail;
    property.kind = FailKind::not_attempted;
    property.actual = why;
  }
}

/// All that is planned, as not run, or as failed by a fault of the submission.
RunResult planned_run(const CheckOptions& options, const Lab& lab, const std::string& note = "",
                      const std::string& fault_of_submission = "") {
  RunResult planned{.lab = lab.title, .tool_version = kVersion};
  if (!note.empty()) planned.notes.push_back(note);
  for (const PlannedSection& section : choose_sections(lab, options.sections)) {
    planned.sections.push_back(planned_result(section));
    if (!fault_of_submission.empty()) fail_all(planned.sections.back(), fault_of_submission);
  }
  return planned;
}

void write_for_gradescope(const CheckOptions& options, const RunResult& run) {
  if (!options.gradescope.empty()) replace_whole_file(options.gradescope, gradescope_json(run));
}

/// What is wrong with the submission's manifest; empty where that can be used.
std::string fault_of(const CheckOptions& options, const Lab& lab) {
  try {
    load_or_guess(options.submission, lab);
    return {};
  } catch (const BadInput& error) {
    return error.what();
  }
}

/// One run of `klab check`, from the first written file to the last.
class Check {
 public:
  Check(const CheckOptions& options, const Installation& installation, const Lab& lab)
      : options_(options),
        installation_(installation),
        lab_(lab),
        loaded_(load_or_guess(options.submission, lab_)),
        sections_(choose_sections(lab_, options.sections)),
        seed_(options.seed ? *options.seed : std::random_device{}()),
        directory_(options.out, lab_.id),
        broker_(choose_broker(options.broker, installation_)),
        sandbox_(choose_sandbox(options.sandbox, installation_, fs::absolute(directory_.path()))) {
    for (const fs::path& place : options.hidden) hide(fs::absolute(place));
    facts_.lab_digest = lab_.digest;
    facts_.client_version = rdkafka::client_version();
    result_ = {.lab = lab_.title,
               .submission = options.submission.string(),
               .started_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))),
               .seed = std::to_string(seed_),
               .tool_version = kVersion,
               .broker = broker_.description,
               .sandbox = sandbox_.description,
               .notes = loaded_.notes};
    if (!broker_.note.empty()) result_.notes.push_back(broker_.note);
    if (!sandbox_.note.empty()) result_.notes.push_back(sandbox_.note);
    for (const PlannedSection& section : sections_) result_.sections.push_back(planned_result(section));
  }

  /// Leaves reports behind also when it throws.
  RunResult run() {
    save();
    try {
      play_all();
    } catch (...) {
      const Tally total = tally(result_);
      if (total.passed + total.failed > 0) say("what was judged is in {}\n", directory_.path().string());
      save();
      options_.github.tell(viewed(result_, options_.view));
      throw;
    }
    facts_.is_finished = true;
    const RunResult shown = viewed(result_, options_.view);
    print_outcome(shown);
    save();
    options_.github.tell(shown);
    return shown;
  }

 private:
  /// Programs do not see what is there; and where the submission lies in it, it is one of others.
  void hide(const fs::path& place) {
    sandbox_.choice.hidden.push_back(place);
    const fs::path folder = fs::weakly_canonical(loaded_.submission.folder);
    const fs::path among = fs::weakly_canonical(place);
    if (std::mismatch(among.begin(), among.end(), folder.begin(), folder.end()).first == among.end())
      loaded_.submission.links = Links::into_own_folder;
  }

  void print_outcome(const RunResult& shown) const {
    if (options_.json)
      fmt::print("{}", outcome_json(shown, directory_.path().string()));
    else
      fmt::print("\n{}\n{}\n", terminal_report(shown, terminal_style()),
                 (directory_.path() / "report.html").string());
    std::fflush(stdout);
  }

  void play_all() {
    for (const std::string& note : loaded_.notes) say("{}\n", harmless_message(note));
    say("{} on {}\n", lab_.title, broker_.description);
    if (!submission_.setup.empty()) say("setup: {}\n", harmless_message(field_line(submission_.setup)));
    prepared_ = prepare(submission_, installation_.cache);
    facts_.submission_digest = prepared_.digest;
    std::optional<OwnHouse> own_house;
    if (options_.house.empty()) own_house.emplace(broker_, installation_, directory_.path() / "broker.log");
    broker_.host.house = own_house ? own_house->folder() : options_.house;
    sandbox_.choice.hidden.push_back(broker_.host.house);
    const ScratchFolder scratch(broker_.host.house);
    scratch_ = scratch.path();
    SectionPlays plays(
        sections_, installation_.specs, [this](std::size_t section) { return plan_of(section); },
        [this](std::size_t section, SectionProcess& process) { return take_result(section, process); });
    plays.run();
  }

  PlayPlan plan_of(std::size_t index) const {
    const PlannedSection& section = sections_[index];
    return {.lab = lab_.id,
            .section = section.id,
            .seed = seed_for(section.id),
            .parameters = section.parameters,
            .submission = submission_,
            .prepared_folder = prepared_.folder,
            .host = broker_.host,
            .sandbox = sandbox_.choice,
            .cache = installation_.cache,
            .scratch = scratch_ / section.id,
            .out = directory_.section(section.id),
            .setup_failure = prepared_.failure,
            .setup_output = prepared_.setup_output};
  }

  /// Sections must not share a sample.
  std::uint64_t seed_for(const std::string& section) const {
    return std::stoull(nonce(seed_, "section " + section), nullptr, 16) ^ seed_;
  }

  std::string take_result(std::size_t index, SectionProcess& process) {
    const PlannedSection& section = sections_[index];
    const fs::path folder = directory_.section(section.id);
    SectionFacts facts{.setup_failure = prepared_.failure, .setup_output = prepared_.setup_output};
    SectionResult& result = result_.sections[index];
    try {
      facts.spec_failure = process.finish(kToStop);
      // A spec that was asked to stop has not failed: what it did not judge was not run.
      if (is_interrupted()) facts.spec_failure.clear();
      const History history = load_played_history(folder);
      read_played_section(result, section, submission_, folder, folder / "verdicts.jsonl", history, facts);
      illustrate(result, history);
    } catch (const Interrupted&) {
      throw;
    } catch (const std::exception& error) {
      // As after a disk was full. The other sections are nevertheless judged.
      facts.spec_failure = error.what();
      decide_outcomes(result, section, submission_, facts);
    }
    settle_undecided(result_);
    result.seconds = process.seconds();
    result.notes = process.notes();
    if (!is_interrupted()) save_or_try_later();
    const SectionResult shown = viewed(result, options_.view);
    return fmt::format("{} of {} properties hold", tally(shown).passed, shown.properties.size());
  }

  void save() {
    result_.seconds = std::chrono::duration<double>(Clock::now() - started_).count();
    directory_.write(result_, facts_);
    write_for_gradescope(options_, result_);
  }

  /// A full disk must not end plays that still run; the last save tells of it.
  void save_or_try_later() {
    try {
      save();
    } catch (const HarnessError&) {
    }
  }

  const CheckOptions& options_;
  const Installation& installation_;
  const Lab& lab_;
  LoadedSubmission loaded_;
  const Submission& submission_ = loaded_.submission;
  std::vector<PlannedSection> sections_;
  std::uint64_t seed_;
  RunDirectory directory_;
  BrokerChoice broker_;
  ChosenSandbox sandbox_;
  Clock::time_point started_ = Clock::now();
  PreparedSubmission prepared_;
  RunFacts facts_;
  RunResult result_;
  fs::path scratch_;
};

}  // namespace

RunResult check(const CheckOptions& options) {
  const Installation installation = find_installation();
  const Lab lab = load_lab(installation.lab_file(options.lab));
  // Gradescope takes a missing file for a broken autograder.
  write_for_gradescope(options, planned_run(options, lab));
  try {
    return Check(options, installation, lab).run();
  } catch (const BadInput& error) {
    const std::string note = fmt::format("nothing was graded: {}", error.what());
    const RunResult planned = planned_run(options, lab, note, fault_of(options, lab));
    write_for_gradescope(options, planned);
    options.github.tell(viewed(planned, options.view));
    throw;
  }
}

}  // namespace klab
