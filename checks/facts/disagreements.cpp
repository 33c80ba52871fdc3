#include "checks/facts/disagreements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/facts/sample_index.hpp"
#include "checks/history/record_key.hpp"

namespace klab {
namespace {

constexpr std::size_t kMostLines = 3;

/// Counts events of one kind and keeps the lines of the first.
struct Found {
  std::size_t count = 0;
  std::vector<std::size_t> lines = {};

  void add(Line line) {
    ++count;
    if (lines.size() < kMostLines && (lines.empty() || lines.back() != line)) lines.push_back(line);
  }
};

bool is_committed_record(const LoggedRecord* record) { return record->state == RecordState::committed; }

/// A program that is told a key passes over the others, and its client drops what was aborted.
bool is_to_print(const ProgramRun& run, const LoggedRecord& record) {
  return is_committed_record(&record) && (run.key.empty() || key_text(record.key) == run.key);
}

class Comparison {
 public:
  explicit Comparison(const History& history) : history_(history), index_(history), deliveries_(history) {
    for (const LoggedRecord& record : history.logged)
      for (const std::size_t position : index_.records_in_message(record.value.value_or("")))
        places_[position].push_back(&record);
  }

  std::vector<Evidence> all() {
    for (const ProgramRun& run : history_.programs) {
      if (!is_heard_in_full(history_, run.program)) continue;
      compare_printed(run);
      compare_sent(run.program);
    }
    compare_log();
    return std::move(sentences_);
  }

 private:
  void compare_printed(const ProgramRun& run) {
    const std::string& program = run.program;
    const std::set<std::string_view> own = sent_by(program);  // a producer may print what it sends
    Found forged, uncommitted, silent;
    bool prints_any = false;
    // By it or another of its group, to which a partition may have gone.
    std::set<const LoggedRecord*> printed;
    for (const PrintedLine& line : history_.printed) {
      if (!line.matched || !is_told_the_group_of(run, line.program)) continue;
      for (const std::size_t position : index_.records_in(line.value)) {
        const auto& places = places_[position];
        printed.insert(places.begin(), places.end());
        if (line.program != program) continue;
        prints_any |= !places.empty();
        if (places.empty() || own.contains(history_.sample[position].id) || was_given_one_of(program, places))
          continue;
        // Some clients hand on what the broker marks as aborted, also of what another transaction committed.
        const bool is_committed = std::ranges::all_of(places, is_committed_record);
        (is_committed ? forged : uncommitted).add(line.line);
      }
    }
    for (const auto& [position, places] : places_)
      for (const LoggedRecord* place : places)
        if (!printed.contains(place) && is_to_print(run, *place) && deliveries_.first(program, *place))
          silent.add(place->line);
    say(forged, program, "printed", "that the broker never gave it");
    say(uncommitted, program, "printed", "of transactions that were not committed");
    // A monitor or topic_clean has none to print.
    if (prints_any) say(silent, program, "was given", "that it did not print");
  }

  std::set<std::string_view> sent_by(const std::string& program) const {
    std::set<std::string_view> sent;
    for (const SentBatch& batch : history_.sent)
      if (batch.program == program) sent.insert(batch.ids.begin(), batch.ids.end());
    return sent;
  }

  bool was_given_one_of(const std::string& program, const std::vector<const LoggedRecord*>& places) const {
    return std::ranges::any_of(
        places, [&](const LoggedRecord* place) { return deliveries_.first(program, *place).has_value(); });
  }

  bool is_told_the_group_of(const ProgramRun& run, const std::string& program) const {
    return program == run.program || std::ranges::any_of(history_.programs, [&](const ProgramRun& other) {
             return other.program == program && !run.group.empty() && other.group == run.group;
           });
  }

  void compare_sent(const std::string& program) {
    std::set<std::string_view> logged;
    for (const auto& [position, places] : places_)
      if (!places.empty()) logged.insert(history_.sample[position].id);
    Found lost;
    for (const SentBatch& sent : history_.sent)
      if (sent.program == program)
        for (const std::string& id : sent.ids)
          if (!logged.contains(id)) lost.add(sent.line);
    say(lost, program, "sent", "that the log does not hold");
  }

  /// Whether everybody was heard who may have sent something: a program that read did not have to, and a
  /// monitor looks only.
  bool knows_all_senders() const {
    std::size_t senders = 0;
    for (const ProgramRun& run : history_.programs) {
      if (!is_heard_in_full(history_, run.program)) return false;
      senders += run.role != "monitor" &&
                 std::ranges::none_of(history_.fetch_started, [&](const FetchStarted& started) {
                   return started.program == run.program;
                 });
    }
    return senders > 0;  // else the grader sent the sample itself
  }

  void compare_log() {
    if (!knows_all_senders()) return;
    std::set<std::string_view> sent;
    for (const SentBatch& batch : history_.sent) sent.insert(batch.ids.begin(), batch.ids.end());
    Found unsent;
    for (const auto& [position, places] : places_)
      if (!sent.contains(history_.sample[position].id))
        for (const LoggedRecord* place : places) unsent.add(place->line);
    say(unsent, "the log", "holds", "that no program was heard to send");
  }

  void say(const Found& found, const std::string& who, std::string_view did, std::string_view although) {
    if (found.count > 0)
      sentences_.push_back(
          {.lines = found.lines,
           .note = fmt::format("{} {} {} {}", who, did, counted(found.count, "record"), although)});
  }

  const History& history_;
  SampleIndex index_;
  Deliveries deliveries_;
  std::map<std::size_t, std::vector<const LoggedRecord*>> places_ = {};  // by position in the sample
  std::vector<Evidence> sentences_ = {};
};

}  // namespace

std::vector<Evidence> disagreements(const History& history) { return Comparison(history).all(); }

}  // namespace klab
