#include "checks/groups/resumes_where_it_stopped.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/groups_joined.hpp"
#include "checks/facts/sample_index.hpp"
#include "checks/facts/settled_commits.hpp"

namespace klab {
namespace {

using Offsets = std::map<int, std::set<std::int64_t>>;  // by partition

bool is_within(const ProgramRun& run, Moment at) {
  return run.told_to_stop == Moment{} || at <= run.told_to_stop;
}

/// Partitions of which a run was given records of the sample that it never printed.
std::set<int> unfinished_by(const History& history, std::string_view topic, const ProgramRun& run,
                            const Offsets& given) {
  const SampleIndex index(history);
  std::set<std::size_t> printed;
  for (const PrintedLine& line : history.printed)
    if (line.program == run.program)
      for (const std::size_t position : index.records_in(line.value)) printed.insert(position);
  std::set<int> unfinished;
  for (const LoggedRecord* record : log_of(history, topic)) {
    const auto of_partition = given.find(record->partition);
    if (of_partition == given.end() || !of_partition->second.contains(record->offset)) continue;
    const auto positions = index.records_in_message(record->value.value_or(""));
    if (std::ranges::any_of(positions, [&](std::size_t position) { return !printed.contains(position); }))
      unfinished.insert(record->partition);
  }
  return unfinished;
}

std::optional<std::int64_t> last_commit_of(const History& history, std::string_view topic,
                                           const ProgramRun& run, int partition) {
  std::optional<std::int64_t> last;
  for (const CommitAnswered& commit : settled_commits(history))
    if (commit.program == run.program && commit.topic == topic && commit.partition == partition &&
        commit.took_effect())
      last = commit.offset;
  return last;
}

/// What a run was given. A client fetches ahead: where the run was stopped before it came to the end of that,
/// it was given what it had committed.
Offsets given_to(const History& history, std::string_view topic, const ProgramRun& run) {
  Offsets given;
  for (const Delivered& delivered : history.delivered)
    if (delivered.program == run.program && delivered.topic == topic && is_within(run, delivered.at))
      given[delivered.partition].insert(delivered.offsets.begin(), delivered.offsets.end());
  for (const int partition : unfinished_by(history, topic, run, given))
    if (const auto committed = last_commit_of(history, topic, run, partition)) {
      std::set<std::int64_t>& offsets = given[partition];
      offsets.erase(offsets.lower_bound(*committed), offsets.end());
    }
  std::erase_if(given, [](const auto& of_partition) { return of_partition.second.empty(); });
  return given;
}

std::size_t commits_of(const History& history, std::string_view topic, const ProgramRun& run) {
  const auto commits = settled_commits(history);
  return static_cast<std::size_t>(std::ranges::count_if(commits, [&](const CommitAnswered& commit) {
    return commit.program == run.program && commit.topic == topic && commit.took_effect();
  }));
}

/// Why it may have been given records again.
std::string explain(const History& history, std::string_view topic, const ProgramRun& first,
                    const ProgramRun& last) {
  const auto before = groups_joined(history, first.program), after = groups_joined(history, last.program);
  if (!before.empty() && !after.empty() && before != after)
    return fmt::format("{} was in group {}, {} in group {}: use the group that the program is told",
                       first.program, *before.begin(), last.program, *after.begin());
  if (commits_of(history, topic, first) == 0)
    return fmt::format(
        "{} committed nothing: commit what was processed, or leave enable.auto.commit on and "
        "close the consumer",
        first.program);
  return "let the group resume where it stopped: commit the offset of the last record plus one, do not seek, "
         "and do not "
         "assign offsets";
}

/// Where the run first began to read the partition, and what it had been told by then.
struct Start {
  const FetchStarted* fetch = nullptr;
  const Resumed* resumed = nullptr;
};

Start start_of(const History& history, std::string_view topic, const ProgramRun& run, int partition) {
  Start start;
  for (const FetchStarted& fetch : history.fetch_started)
    if (start.fetch == nullptr && fetch.program == run.program && fetch.topic == topic &&
        fetch.partition == partition && is_within(run, fetch.at))
      start.fetch = &fetch;
  for (const Resumed& resumed : history.resumed)
    if (start.fetch != nullptr && resumed.at <= start.fetch->at && resumed.program == run.program &&
        resumed.topic == topic && resumed.partition == partition)
      start.resumed = &resumed;
  return start;
}

/// Why it does not prove anything that the run was given nothing of the partition; empty when it does.
std::string doubt(const Start& start, const ProgramRun& run, int partition) {
  if (start.fetch == nullptr)
    return fmt::format("{} never read partition {}: it did not own it", run.program, partition);
  if (start.resumed == nullptr || start.resumed->offset < 0)
    return fmt::format("{} was told of no committed position in partition {}", run.program, partition);
  if (start.fetch->offset != start.resumed->offset)
    return fmt::format("{} read partition {} from offset {}, and its group had committed {}", run.program,
                       partition, start.fetch->offset, start.resumed->offset);
  return {};
}

/// What a run committed itself before it read the partition, where nobody else may have committed anything.
std::optional<CommitAnswered> committed_by_itself(const History& history, const FetchStarted& read) {
  std::optional<CommitAnswered> own;
  for (const CommitAnswered& commit : settled_commits(history)) {
    if (commit.topic != read.topic || commit.partition != read.partition) continue;
    const bool is_own = commit.program == read.program;
    if (!is_own && (commit.took_effect() || commit.is_unknown())) return std::nullopt;
    if (is_own && commit.took_effect() && commit.at <= read.at) own = commit;
  }
  return own;
}

/// Partitions that the last run skipped so, of those that it had to go on with.
std::size_t add_skips(const History& history, std::string_view topic, const ProgramRun& last,
                      const Offsets& given, Verdict& verdict) {
  std::size_t skipped = 0;
  std::set<int> begun;
  for (const FetchStarted& read : history.fetch_started) {
    if (read.program != last.program || read.topic != topic || !given.contains(read.partition)) continue;
    const auto own = begun.insert(read.partition).second ? committed_by_itself(history, read) : std::nullopt;
    if (!own) continue;
    ++skipped;
    add_evidence(verdict, {.lines = {own->line, read.line},
                           .note = fmt::format("{} itself committed offset {} of partition {} before it read "
                                               "that, and nobody had committed anything",
                                               last.program, own->offset, own->partition)});
  }
  return skipped;
}

/// Whether anybody committed a position in the partition, or may have.
bool is_committed(const History& history, std::string_view topic, int partition) {
  return std::ranges::any_of(settled_commits(history), [&](const CommitAnswered& commit) {
    return commit.topic == topic && commit.partition == partition &&
           (commit.took_effect() || commit.is_unknown());
  });
}

/// Partitions that the last run began elsewhere than at a commit, for it was told that there is none.
std::size_t add_without_commit(const History& history, std::string_view topic, const ProgramRun& last,
                               const Offsets& given, Verdict& verdict) {
  std::size_t found = 0;
  for (const auto& [partition, offsets] : given) {
    const Start start = start_of(history, topic, last, partition);
    if (start.fetch == nullptr || start.resumed == nullptr || start.resumed->offset >= 0) continue;
    if (is_committed(history, topic, partition)) continue;
    ++found;
    add_evidence(verdict, {.lines = {start.resumed->line, start.fetch->line},
                           .note = fmt::format("{} was told that its group had committed nothing in "
                                               "partition {}, and began to read it at offset {}",
                                               last.program, partition, start.fetch->offset)});
  }
  return found;
}

std::size_t add_repeats(const History& history, std::string_view topic, const ProgramRun& last,
                        const Offsets& first_given, Verdict& verdict) {
  std::size_t repeats = 0;
  for (const Delivered& delivered : history.delivered) {
    if (delivered.program != last.program || delivered.topic != topic || !is_within(last, delivered.at))
      continue;
    const auto before = first_given.find(delivered.partition);
    if (before == first_given.end()) continue;
    const auto again = std::ranges::count_if(
        delivered.offsets, [&](std::int64_t offset) { return before->second.contains(offset); });
    repeats += static_cast<std::size_t>(again);
    if (again > 0)
      add_evidence(verdict,
                   {.lines = {delivered.line},
                    .note = fmt::format("{} was given {} of partition {} again, from offset {}", last.program,
                                        counted(static_cast<std::size_t>(again), "record"),
                                        delivered.partition, delivered.offsets.front())});
  }
  return repeats;
}

std::size_t size_of(const Offsets& offsets) {
  std::size_t sum = 0;
  for (const auto& [partition, of_partition] : offsets) sum += of_partition.size();
  return sum;
}

}  // namespace

Verdict resumes_where_it_stopped(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = fmt::format("a second run of the {} is given nothing again", role),
                  .expected = "it resumes at what its group has committed"};
  const auto runs = runs_of(history, role);
  if (runs.size() < 2) return undecided(verdict, fmt::format("the {} was not run twice", role));
  const ProgramRun &first = *runs.front(), &last = *runs.back();
  for (const ProgramRun* run : {&first, &last})
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
  const Offsets given = given_to(history, topic, first);
  if (given.empty()) return undecided(verdict, fmt::format("{} was given nothing", first.program));

  verdict.judged = fmt::format("{} of {} that {} had been given", counted(size_of(given), "record"),
                               counted(given.size(), "partition"), first.program);
  if (const std::size_t repeats = add_repeats(history, topic, last, given, verdict); repeats > 0)
    return refuted(verdict, fmt::format("{} was given {} again", last.program, counted(repeats, "record")),
                   explain(history, topic, first, last));
  if (const std::size_t skipped = add_skips(history, topic, last, given, verdict); skipped > 0)
    return refuted(
        verdict,
        fmt::format("{} skipped {} that nobody had committed", last.program, counted(skipped, "partition")),
        explain(history, topic, first, last));
  if (const std::size_t without = add_without_commit(history, topic, last, given, verdict); without > 0)
    return refuted(verdict,
                   fmt::format("{} resumed nowhere: nothing was committed in {}", last.program,
                               counted(without, "partition")),
                   explain(history, topic, first, last));
  for (const auto& [partition, offsets] : given)
    if (const std::string why = doubt(start_of(history, topic, last, partition), last, partition);
        !why.empty())
      return undecided(verdict, why, "let the group resume where it stopped: subscribe() and commit");
  return holds(verdict, fmt::format("{} resumed at the committed offsets and was given none of them again",
                                    last.program));
}

}  // namespace klab
