#include "cli/class/class_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <thread>

#include "checks/errors.hpp"
#include "cli/broker/broker_choice.hpp"
#include "cli/check/chosen_sections.hpp"
#include "cli/check/submission_grading.hpp"
#include "cli/class/class_jobs.hpp"
#include "cli/class/class_progress.hpp"
#include "cli/class/class_row.hpp"
#include "cli/class/class_scale_out.hpp"
#include "cli/class/lent_houses.hpp"
#include "cli/class_directory.hpp"
#include "cli/installation.hpp"
#include "cli/say.hpp"
#include "reports/class/class_csv.hpp"
#include "reports/class/class_page.hpp"
#include "reports/class/class_scores.hpp"
#include "reports/exit_code.hpp"
#include "reports/wording.hpp"
#include "runners/interruption.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto kBetweenLooks = 100ms;
constexpr auto kToStop = 20s;
constexpr std::size_t kMostNamed = 5;
constexpr auto kLongest = 60min;  // for one submission; far longer than all patience of a lab together

fs::path absolute_folder(const fs::path& folder) {
  std::error_code failed;
  const fs::path path = fs::canonical(folder, failed);
  if (failed)
    throw BadInput(
        fmt::format("{}: is not there; expected a folder with one for each submission", folder.string()));
  return path;
}

/// Makes nothing where something is wrong with what was asked.
ClassDirectory open_directory(const ClassOptions& options, const Installation& installation,
                              const fs::path& submissions) {
  if (options.collect) return ClassDirectory(options.out, submissions);
  choose_sections(load_lab(installation.lab_file(options.lab)), options.sections);
  list_class(submissions, options.out);
  return ClassDirectory(options.out, submissions,
                        {.lab = options.lab,
                         .sections = options.sections,
                         .broker = options.broker,
                         .sandbox = options.sandbox});
}

int print(const std::string& text) {
  fmt::print("{}", text);
  return 0;
}

/// One run of `klab class`.
class Class {
 public:
  explicit Class(const ClassOptions& options)
      : options_(options),
        submissions_(absolute_folder(options.submissions)),
        installation_(find_installation()),
        directory_(open_directory(options, installation_, submissions_)),
        lab_(load_lab(installation_.lab_file(directory_.choices().lab))),
        sections_(choose_sections(lab_, directory_.choices().sections)),
        names_(list_class(submissions_, directory_.path())) {}

  int run() {
    if (!options_.plan.empty()) return print(slurm_script(directory_, submissions_, names_));
    if (options_.only) return grade_one(*options_.only);
    for (const std::string& name : names_)
      if (!is_kept(name)) outdated_.insert(name);
    if (!options_.collect) grade_all();
    write_table();
    print_summary();
    return exit_code(result_);
  }

 private:
  int grade_one(std::size_t number) {
    if (number < 1 || number > names_.size())
      throw BadInput(fmt::format("--only {}: there are {} submissions in {}", number, names_.size(),
                                 submissions_.string()));
    const std::string& name = names_[number - 1];
    directory_.join();
    if (!is_kept(name) || has_errors(name)) {
      start(number - 1);
      wait_for_all();
    }
    result_.rows.push_back(read_class_row(directory_.run(name), name));
    ClassProgress(1, 0).add(result_.rows.front());
    return exit_code(result_);
  }

  void grade_all() {
    directory_.own();
    for (std::size_t i = 0; i < names_.size(); ++i)
      if (outdated_.contains(names_[i]) || has_errors(names_[i])) waiting_.push_back(i);
    say_how();
    if (waiting_.empty()) return;
    // Once for the class: a missing broker is one error, and not one for each submission.
    houses_.emplace(choose_broker(options_.broker, installation_), installation_,
                    directory_.path() / "broker.log");
    directory_.write_finished(false);
    progress_ = std::make_unique<ClassProgress>(names_.size(), names_.size() - waiting_.size());
    wait_for_all();
    progress_->end();
  }

  bool is_kept(const std::string& name) const {
    return is_up_to_date(directory_.run(name), submissions_ / name, lab_);
  }

  /// Where the grader fell short, it may have better luck.
  bool has_errors(const std::string& name) const {
    return !read_class_row(directory_.run(name), name).errors.empty();
  }

  std::size_t jobs() const {
    return options_.jobs ? *options_.jobs : jobs_for_this_machine(sections_.size());
  }

  /// As many as the user asked for are started whatever the machine says.
  bool has_room() {
    return options_.jobs ? under_way_.size() < *options_.jobs : admission_.admits(under_way_.size());
  }

  void say_how() const {
    say("{}: {} submissions in {}, {}{} at a time; {}\n", lab_.title, names_.size(), submissions_.string(),
        options_.jobs ? "" : "up to ", jobs_, directory_.path().string());
    if (const auto left_out = left_out_of_class(submissions_); !left_out.empty())
      say("left out, as no folder: {}\n", field_line(first_few(left_out, kMostNamed)));
    if (const std::size_t kept = names_.size() - waiting_.size(); kept > 0)
      say("{} of them were graded before and have not changed since\n", kept);
  }

  void start(std::size_t index) {
    under_way_.push_back(std::make_unique<SubmissionGrading>(directory_, submissions_, names_[index],
                                                             index + 1, houses_ ? houses_->lend() : nullptr));
  }

  void wait_for_all() {
    try {
      eventually([&] { return look(); }, 24h * 365, kBetweenLooks);
    } catch (...) {
      if (progress_) progress_->end();
      for (const auto& grading : under_way_) grading->ask_to_stop();
      for (const auto& grading : under_way_) grading->give_up(kToStop);
      tell_of_the_rest();
      throw;
    }
  }

  void tell_of_the_rest() {
    if (options_.only) return;
    write_table();
    say("{}; the same command goes on from here: {}\n", class_sentence(result_), directory_.path().string());
  }

  /// True when nothing is left to be graded.
  bool look() {
    while (!waiting_.empty() && has_room()) {
      start(waiting_.front());
      waiting_.pop_front();
    }
    for (auto grading = under_way_.begin(); grading != under_way_.end();)
      grading = take_if_over(**grading) ? under_way_.erase(grading) : grading + 1;
    if (progress_) progress_->show(under_way_.size());
    return waiting_.empty() && under_way_.empty();
  }

  bool take_if_over(SubmissionGrading& grading) {
    const bool is_late = grading.seconds() > std::chrono::duration<double>(kLongest).count();
    if (grading.is_running() && !is_late) return false;
    if (is_late)
      grading.break_off(kToStop);
    else if (auto house = grading.finish(kToStop))
      houses_->take_back(std::move(house));
    outdated_.erase(grading.name());
    if (!progress_) return true;
    progress_->add(read_class_row(directory_.run(grading.name()), grading.name()));
    write_table();
    return true;
  }

  ClassResult read_result() const {
    ClassResult result{.lab = lab_.title,
                       .folder = options_.submissions.string(),
                       .started_at = directory_.started_at(),
                       .tool_version = kVersion};
    for (const PlannedSection& section : sections_) {
      result.sections.push_back(section.id);
      for (const PlannedProperty& property : section.properties)
        result.properties.push_back({property.id, property.claim});
    }
    for (const std::string& name : names_) result.rows.push_back(row_of(name));
    return result;
  }

  /// A grade of other files, or by another lab, is none.
  ClassRow row_of(const std::string& name) const {
    ClassRow row = read_class_row(directory_.run(name), name);
    if (row.state != GradingState::graded || !outdated_.contains(name)) return row;
    return {.submission = name, .reason = "it has changed since it was graded", .run = row.run};
  }

  void write_table() {
    result_ = read_result();
    replace_whole_file(directory_.path() / "class.csv", class_csv(result_));
    replace_whole_file(directory_.path() / "class.html", class_page(result_));
    const bool is_all = waiting_.empty() && under_way_.empty();
    directory_.write_finished(is_all && exit_code(result_) != kExitFellShort);
  }

  void print_summary() const {
    fmt::print("\n{}\n", class_sentence(result_));
    if (const auto scores = shares(result_); !scores.empty())
      fmt::print("of the points, from {} to {}, {} in the median\n", percent_text(scores.front()),
                 percent_text(scores.back()), percent_text(median(scores)));
    const ClassTally total = tally(result_);
    if (!options_.collect && total.with_errors + total.broken_off > 0)
      fmt::print("the same command tries those again of which the grader fell short\n");
    fmt::print("{}\n{}\n", (directory_.path() / "class.csv").string(),
               (directory_.path() / "class.html").string());
  }

  ClassOptions options_;
  fs::path submissions_;
  Installation installation_;
  ClassDirectory directory_;
  Lab lab_;
  std::vector<PlannedSection> sections_;
  std::vector<std::string> names_;
  std::size_t jobs_ = jobs();
  Admission admission_ = Admission(jobs_, std::max(std::thread::hardware_concurrency(), 1u));
  std::set<std::string> outdated_ = {};  ///< without a grade, or changed since
  std::deque<std::size_t> waiting_ = {};
  std::optional<LentHouses> houses_ = {};
  std::vector<std::unique_ptr<SubmissionGrading>> under_way_ = {};
  std::unique_ptr<ClassProgress> progress_ = nullptr;
  ClassResult result_ = {};
};

}  // namespace

int grade_class(const ClassOptions& options) {
  if (options.plan == "matrix")
    return print(ci_matrix(list_class(absolute_folder(options.submissions), options.out)));
  return Class(options).run();
}

}  // namespace klab
