#include "specs/section_run.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

#include "checks/errors.hpp"
#include "checks/history/history_json.hpp"
#include "fixtures/progress.hpp"

namespace klab {
namespace {

SectionRun* the_run = nullptr;

std::ofstream open_for_writing(const std::filesystem::path& file) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  if (!out) throw HarnessError(fmt::format("cannot write {}", file.string()));
  return out;
}

std::int64_t unix_milliseconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

void save(const History& history, const std::filesystem::path& file) {
  const std::filesystem::path unfinished = file.string() + ".part";
  std::ofstream out = open_for_writing(unfinished);
  write_history(out, history);
  out.close();
  if (!out) throw HarnessError(fmt::format("cannot write {}: is the disk full?", file.string()));
  std::filesystem::rename(unfinished, file);
}

}  // namespace

SectionRun& SectionRun::current() {
  if (the_run == nullptr) throw std::logic_error("no section is being run");
  return *the_run;
}

SectionRun::SectionRun(PlayPlan plan)
    : plan_(std::move(plan)), verdicts_(open_for_writing(plan_.out / "verdicts.jsonl")) {
  if (!plan_.setup_failure.empty()) plan_.submission.programs.clear();
  the_run = this;
}

SectionRun::SectionRun(History history, PlayPlan plan, const std::filesystem::path& out)
    : plan_(std::move(plan)), history_(std::move(history)), verdicts_(open_for_writing(out)) {
  the_run = this;
}

SectionRun::~SectionRun() { the_run = nullptr; }

void SectionRun::play(const std::function<void(Stage&)>& script) {
  if (history_) return;
  Recorder recorder(History{.lab = plan_.lab,
                            .section = plan_.section,
                            .seed = std::to_string(plan_.seed),
                            .output_pattern = plan_.submission.consumed_pattern,
                            .started_unix_ms = unix_milliseconds()});
  try {
    std::string failure;
    try {
      Stage stage(plan_, recorder);
      script(stage);
      tell_state("stopping the broker");
    } catch (const Interrupted&) {
      throw;
    } catch (const std::exception& error) {
      failure = error.what();  // what happened until then is kept all the same
    }
    tell_state("judging");
    history_ = recorder.history();
    history_->play_failure = failure;
    save(*history_, plan_.out / "history.jsonl");
  } catch (const Interrupted&) {
    std::error_code ignored;
    std::filesystem::remove_all(plan_.scratch, ignored);
    _exit(130);
  } catch (const std::exception& error) {
    failure_ = error.what();
  }
}

const History& SectionRun::history() const {
  if (history_ && !history_->play_failure.empty()) throw HarnessError(history_->play_failure);
  if (!failure_.empty()) throw HarnessError(failure_);
  if (!history_) throw HarnessError("the section was not played");
  return *history_;
}

void SectionRun::end_test(JudgedTest test, const std::string& failure) {
  if (verdict_)
    test.verdict = *verdict_;
  else
    test.harness_error = failure.empty() ? "the spec asserted nothing" : failure;
  verdict_.reset();
  verdicts_ << to_json_line(test) << std::endl;
  if (!verdicts_) tell_note("cannot write verdicts.jsonl: is the disk full?");
}

}  // namespace klab
