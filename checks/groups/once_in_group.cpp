#include "checks/groups/once_in_group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <tuple>

#include "checks/counted.hpp"
#include "checks/facts/group_deliveries.hpp"
#include "checks/facts/groups_joined.hpp"
#include "checks/facts/prints.hpp"
#include "checks/facts/settled_commits.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

/// What a group committed for a topic's partitions.
class Commits {
 public:
  Commits(const History& history, std::string_view group, std::string_view topic)
      : all_(settled_commits(history)) {
    for (const CommitAnswered& commit : all_)
      if (commit.group == group && commit.topic == topic) by_partition_[commit.partition].push_back(&commit);
    for (auto& [partition, commits] : by_partition_)
      std::ranges::stable_sort(commits, {}, &CommitAnswered::at);
    for (const CommittedOffset& committed : history.committed)
      if (committed.group == group && committed.topic == topic) by_partition_[committed.partition];
  }

  /// Or tried to, at any time.
  bool has_any(int partition) const { return by_partition_.contains(partition); }

  /// The one in force at a moment; where a later one may be, the one of them that is less far.
  const CommitAnswered* before(int partition, Moment moment) const {
    const auto found = by_partition_.find(partition);
    const CommitAnswered* latest = nullptr;
    if (found == by_partition_.end()) return latest;
    for (const CommitAnswered* commit : found->second) {
      const bool may_be_behind = commit->is_unknown() && commit->asked_by() < moment && latest != nullptr &&
                                 commit->offset < latest->offset;
      if ((commit->took_effect() && commit->at < moment) || may_be_behind) latest = commit;
    }
    return latest;
  }

 private:
  std::vector<CommitAnswered> all_;
  std::map<int, std::vector<const CommitAnswered*>> by_partition_ = {};
};

/// A message that was given before, and is given under another ownership.
struct Again {
  const GroupDelivery* first = nullptr;
  const GroupDelivery* next = nullptr;
  std::int64_t offset = 0;
};

/// Why it should not have been; nothing where it may.
std::optional<Evidence> objection(const Again& again, const Commits& commits) {
  const Delivered& first = *again.first->delivered;
  const Delivered& next = *again.next->delivered;
  Evidence evidence{.lines = {first.line, next.line}};
  const std::string what =
      fmt::format("partition {} offset {} was given to {} at {:.3f} s and to {} at {:.3f} s", next.partition,
                  again.offset, first.program, seconds(first.at), next.program, seconds(next.at));
  const Ownership& owner = *again.first->under;
  if (first.program != next.program && owner.holds(next.at) && overlap(owner, *again.next->under)) {
    evidence.lines.push_back(owner.given);
    evidence.note = what + ", at the same time: both owned the partition";
    return evidence;
  }
  if (!commits.has_any(next.partition)) {
    evidence.note = what + ", and nobody ever committed a position there";
    return evidence;
  }
  const CommitAnswered* commit = commits.before(next.partition, again.next->under->from);
  if (commit == nullptr || commit->offset <= again.offset) return std::nullopt;
  evidence.lines.push_back(commit->line);
  evidence.note = what + fmt::format(", although offset {} had been committed before", commit->offset);
  return evidence;
}

/// Which messages were given, and which of them more than once.
struct Count {
  std::size_t messages = 0, again = 0;
  /// By partition and offset, then program: under how many ownerships it was given it
  std::map<std::pair<int, std::int64_t>, std::map<std::string_view, std::size_t>> times = {};
};

Count count(Verdict& verdict, const std::vector<GroupDelivery>& deliveries, const Commits& commits) {
  Count counted;
  std::map<std::pair<int, std::int64_t>, const GroupDelivery*> first;
  std::set<std::tuple<int, std::int64_t, const Ownership*>> seen;
  for (const GroupDelivery& one : deliveries) {
    const bool is_owned = one.under != nullptr && !one.is_late();
    for (const std::int64_t offset : one.delivered->offsets) {
      const int partition = one.delivered->partition;
      if (!seen.emplace(partition, offset, one.under).second) continue;
      ++counted.times[{partition, offset}][one.delivered->program];
      if (!is_owned) continue;  // given_its_own judges that
      const auto [place, is_new] = first.try_emplace({partition, offset}, &one);
      counted.messages += is_new;
      if (is_new) continue;
      ++counted.again;
      if (auto evidence = objection({place->second, &one, offset}, commits))
        add_evidence(verdict, std::move(*evidence));
    }
  }
  return counted;
}

/// How often a program was given each record of the sample, under different ownerships.
std::vector<std::size_t> times_given(const Places& places, const ProgramRun& run, const Count& given) {
  std::vector<std::size_t> times(places.size());
  for (std::size_t position = 0; position < places.size(); ++position)
    for (const LoggedRecord* place : places[position]) {
      const auto found = given.times.find({place->partition, place->offset});
      if (found == given.times.end()) continue;
      const auto of_run = found->second.find(run.program);
      if (of_run != found->second.end()) times[position] += of_run->second;
    }
  return times;
}

std::vector<Evidence> excess(const History& history, const ProgramRun& run, const Prints& prints, Lines lines,
                             const std::vector<std::size_t>& given) {
  const std::size_t factor =
      times_mentioned(prints, std::accumulate(given.begin(), given.end(), std::size_t{0}), lines);
  std::vector<Evidence> evidence;
  for (std::size_t position = 0; position < given.size(); ++position) {
    const auto& mentions = prints.lines[position];
    if (given[position] == 0 || mentions.size() <= factor * given[position]) continue;
    evidence.push_back(
        {.lines = {history.sample[position].line, mentions.back()->line},
         .note = fmt::format("record {} of the file (id {}) was given to {} {}, which printed it {}",
                             position + 1, history.sample[position].id, run.program,
                             counted(given[position], "time"), counted(mentions.size(), "time"))});
  }
  return evidence;
}

/// Records that a program prints more often than it was given them. Some programs log the same to both
/// streams, or name a record again when they tell of their progress: lines that are right by themselves are
/// enough, if they show close to half of what was printed.
std::vector<Evidence> printed_too_often(const History& history, std::string_view topic, const ProgramRun& run,
                                        const Count& count) {
  const SampleIndex index(history);
  const Lines lines = lines_to_judge(history, {&run}, index);
  const std::vector<std::size_t> given = times_given(places_in_log(history, topic, index), run, count);
  const std::vector<Prints> ways = ways_to_read(history, {&run}, index, lines);
  for (const Prints& some : ways)
    if (5 * some.records >= 2 * ways.front().records && excess(history, run, some, lines, given).empty())
      return {};
  return excess(history, run, ways.front(), lines, given);
}

}  // namespace

Verdict once_in_group(const History& history, std::string_view topic, std::string_view told_group) {
  Verdict verdict{
      .claim = "inside a group nobody is given a record twice, but what was not committed at a hand-over",
      .expected = "each message given once, or again from the committed position on"};
  const Runs runs = runs_told(history, told_group);
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));
  const auto group = group_of_all(history, runs);
  if (!group)
    return undecided(verdict,
                     fmt::format("{} ran, not as members of one group", counted(runs.size(), "program")));

  const std::vector<Ownership> owned = ownerships_in(history, *group, topic);
  const Commits commits(history, *group, topic);
  const Count given = count(verdict, group_deliveries(history, topic, runs, owned), commits);
  verdict.judged =
      fmt::format("{} given to {}, {} of them again after a hand-over", counted(given.messages, "message"),
                  counted(runs.size(), "program"), given.again);
  if (given.messages == 0) return undecided(verdict, "nobody was given anything");
  if (const std::size_t wrong = evidence_count(verdict); wrong > 0)
    return refuted(
        verdict,
        fmt::format("{} given again that had been dealt with",
                    counted(wrong, "message was", "messages were")),
        "commit the position of what is dealt with (enable.auto.commit, or commit()), and go on from there");
  for (const ProgramRun* run : runs)
    for (Evidence& evidence : printed_too_often(history, topic, *run, given))
      add_evidence(verdict, std::move(evidence));
  if (!verdict.evidence.empty())
    return refuted(verdict,
                   fmt::format("{} printed more often than given",
                               counted(evidence_count(verdict), "record is", "records are")),
                   "print each consumed record once");
  return holds(verdict, fmt::format("{}, of which {} were given again by right",
                                    counted(given.messages, "message"), given.again));
}

}  // namespace klab
