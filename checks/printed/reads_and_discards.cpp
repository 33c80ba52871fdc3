#include "checks/printed/reads_and_discards.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/sample_index.hpp"
#include "checks/facts/topic_looks.hpp"

namespace klab {
namespace {

constexpr Moment kAWhile = std::chrono::seconds(1);

/// The position that the program committed last in the partition before it left its group, or the one that it
/// may have; -1 where none is sure to have taken effect.
std::int64_t last_position(const History& history, std::string_view topic, const ProgramRun& run,
                           int partition, Line& line) {
  const bool has_left =
      std::ranges::any_of(history.left, [&](const Left& left) { return left.program == run.program; });
  std::int64_t position = -1;
  if (!has_left) return position;
  for (const CommitAnswered& commit : history.commits) {
    if (commit.program != run.program || commit.topic != topic || commit.partition != partition) continue;
    const bool may_be_further = commit.is_unknown() && position >= 0 && commit.offset > position;
    if (!commit.took_effect() && !may_be_further) continue;
    position = commit.offset;
    line = commit.line;
  }
  return position;
}

/// Of a Fetch that was out when the program left its group, its client throws the answer away.
bool came_too_late(const History& history, const Delivered& delivered) {
  return std::ranges::any_of(history.left, [&](const Left& left) {
    return left.program == delivered.program && left.end == OwnershipEnd::closed &&
           delivered.asked_by() < left.at && left.at < delivered.at;
  });
}

class Judgement {
 public:
  Judgement(const History& history, std::string_view topic, const ProgramRun& run, Verdict& verdict)
      : history_(history), topic_(topic), run_(run), verdict_(verdict), longest_step_(longest_step()) {}

  std::string doubt = {};

  void judge_end() {
    if (run_.ending == Ending::exited) return;
    verdict_.is_shortfall = true;
    add({run_.line}, fmt::format("{} {}", run_.program, describe_ending(run_)),
        "end the program when the end of each partition is reached");
  }

  void judge_given(const TopicLooked& before) {
    std::map<int, std::set<std::int64_t>> given;
    for (const Delivered& delivered : history_.delivered)
      if (delivered.program == run_.program && delivered.topic == topic_ &&
          !came_too_late(history_, delivered))
        given[delivered.partition].insert(delivered.offsets.begin(), delivered.offsets.end());
    for (const LogBounds& log : before.partitions) judge_partition(before, log, given[log.partition]);
  }

  void judge_output() {
    const SampleIndex index(history_);
    std::vector<Line> lines;
    for (const PrintedLine& line : history_.printed)
      if (line.program == run_.program && !index.records_in(line.value).empty()) lines.push_back(line.line);
    if (lines.empty()) return;
    add({lines.front()},
        fmt::format("{} printed {}", run_.program,
                    counted(lines.size(), "line that shows a record", "lines that show records")),
        "read the records and throw them away; a summary may be printed");
  }

  void judge_topic(const TopicLooked& before, const TopicLooked& after) {
    const std::string_view why = replaced(before, after);
    if (why.empty()) return judge_kept(before, after);
    add({before.line, after.line}, std::string(why), "read the topic to its end instead of deleting it");
  }

 private:
  /// The graded broker deletes nothing by itself.
  void judge_kept(const TopicLooked& before, const TopicLooked& after) {
    for (const LogBounds& log : before.partitions) {
      const LogBounds* now = bounds_of(after, log.partition);
      if (now == nullptr || now->first <= log.first) continue;
      add({before.line, after.line},
          fmt::format("partition {} began at offset {}, and begins at {} now: what was before is deleted",
                      log.partition, log.first, now->first),
          "read the records and throw them away in the program; in the topic they stay");
    }
  }

  void judge_partition(const TopicLooked& before, const LogBounds& log, const std::set<std::int64_t>& given) {
    const auto held = static_cast<std::size_t>(log.end - log.first);
    const auto taken = static_cast<std::size_t>(std::ranges::count_if(
        given, [&](std::int64_t offset) { return offset >= log.first && offset < log.end; }));
    Line line = 0;
    const std::int64_t position = last_position(history_, topic_, run_, log.partition, line);
    if (taken < held) {
      verdict_.is_shortfall = true;
      add({before.line},
          fmt::format("{} was given {} of the {} in partition {}", run_.program, taken,
                      counted(held, "record"), log.partition),
          "read on until the end of each partition; a poll that brings nothing does not mean that");
    } else if (held > 0 && position >= 0 && position < log.end) {
      if (log.end - position <= longest_step_) return note_doubt(position, log);
      add({line},
          fmt::format("{} left partition {} at offset {}, and it reaches up to {}", run_.program,
                      log.partition, position, log.end),
          "read on until the end of each partition: one poll is not enough");
    }
  }

  /// Between two of its commits in a partition, or up to the first where it went on for a while after that:
  /// one that commits as it ends has no more read.
  std::int64_t longest_step() const {
    std::int64_t longest = 0;
    std::map<int, std::int64_t> latest;
    for (const CommitAnswered& commit : history_.commits) {
      if (commit.program != run_.program || commit.topic != topic_ || !commit.took_effect()) continue;
      const auto [place, is_first] = latest.try_emplace(commit.partition, 0);
      const bool is_last_deed = is_first && run_.ended - commit.at < kAWhile;
      if (!is_last_deed) longest = std::max(longest, commit.offset - place->second);
      place->second = commit.offset;
    }
    return longest;
  }

  /// One that commits now and then may have read what is left since.
  void note_doubt(std::int64_t position, const LogBounds& log) {
    doubt = fmt::format(
        "{} committed offset {} of partition {}, which reaches up to {}, and may have read the "
        "rest since: it commits up to {} at a time",
        run_.program, position, log.partition, log.end,
        counted(static_cast<std::size_t>(longest_step_), "record"));
  }

  void add(std::vector<Line> lines, std::string note, std::string hint) {
    add_evidence(verdict_, {.lines = std::move(lines), .note = std::move(note)});
    if (verdict_.hint.empty()) verdict_.hint = std::move(hint);
  }

  const History& history_;
  std::string_view topic_;
  const ProgramRun& run_;
  Verdict& verdict_;
  const std::int64_t longest_step_;
};

}  // namespace

Verdict reads_and_discards(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = fmt::format(
                      "the {} is given every record, prints none, ends, and leaves the topic there", role),
                  .expected = "all records given, none printed, an end, and the same topic"};
  const auto runs = runs_of(history, role);
  const auto looks = looks_at(history, topic);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  if (looks.size() < 2)
    return undecided(verdict, fmt::format("topic {} was not looked at before and after", topic));
  const TopicLooked &before = *looks.front(), &after = *looks.back();
  const std::size_t held = offsets_in(before);
  if (held == 0) return undecided(verdict, fmt::format("topic {} held no record", topic));
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));
  std::string doubt;
  for (const ProgramRun* run : runs) {
    Judgement judgement(history, topic, *run, verdict);
    judgement.judge_topic(before, after);
    judgement.judge_given(before);
    judgement.judge_output();
    judgement.judge_end();
    if (doubt.empty()) doubt = judgement.doubt;
  }
  verdict.judged = fmt::format("{} against {}", counted(runs.size(), "run"), counted(held, "record"));
  if (verdict.evidence.empty() && !doubt.empty())
    return undecided(verdict, doubt, "commit when the end is reached, or close the consumer");
  if (verdict.evidence.empty())
    return holds(verdict, fmt::format("all {} given and none printed", counted(held, "record")));
  const std::string hint = verdict.hint;
  return refuted(verdict, verdict.evidence.front().note, hint);
}

}  // namespace klab
