#include "checks/printed/printed_committed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/sample_index.hpp"
#include "checks/printed/printed_once.hpp"

namespace klab {
namespace {

/// Records of the sample in aborted transactions, by position.
using Aborted = std::map<std::size_t, const LoggedRecord*>;

Aborted aborted_in(const History& history, std::string_view topic, const SampleIndex& index) {
  Aborted aborted;
  for (const LoggedRecord& record : history.logged)
    if (record.topic == topic && record.state == RecordState::aborted)
      for (const std::size_t position : index.records_in_message(record.value.value_or("")))
        aborted.emplace(position, &record);
  return aborted;
}

/// Without those that were committed at another try.
Aborted never_committed(Aborted aborted, const History& history, std::string_view topic,
                        const SampleIndex& index) {
  const auto committed = places_in_log(history, topic, index);
  std::erase_if(aborted, [&](const auto& one) { return !committed[one.first].empty(); });
  return aborted;
}

/// Adds each line that shows an aborted record, and says how many records these are.
std::size_t add_prints_of(const Aborted& aborted, const History& history, std::string_view role,
                          const SampleIndex& index, Verdict& verdict) {
  std::set<std::string_view> programs;
  for (const ProgramRun* run : runs_of(history, role)) programs.insert(run->program);
  std::set<std::size_t> found;
  for (const PrintedLine& line : history.printed) {
    if (!line.matched || !programs.contains(line.program)) continue;
    for (const std::size_t position : index.records_in(line.value))
      if (const auto record = aborted.find(position);
          record != aborted.end() && found.insert(position).second)
        add_evidence(verdict, {.lines = {record->second->line, line.line},
                               .note = fmt::format(
                                   "record {} of the file (id {}), at partition {} offset {}, was "
                                   "aborted, and is on line {} of {}'s output",
                                   position + 1, history.sample[position].id, record->second->partition,
                                   record->second->offset, line.number, line.program)});
  }
  return found.size();
}

/// Some clients do, and leave out nothing (kafka-go).
bool asks_for_committed_alone(const History& history, std::string_view topic, std::string_view role) {
  const auto runs = runs_of(history, role);
  return std::ranges::any_of(history.fetch_started, [&](const FetchStarted& started) {
    return started.topic == topic && started.is_read_committed &&
           std::ranges::find(runs, started.program, &ProgramRun::program) != runs.end();
  });
}

}  // namespace

Verdict printed_committed(const History& history, std::string_view topic, std::string_view role) {
  const std::string claim = fmt::format("the {} prints exactly the committed records", role);
  const SampleIndex index(history);
  const auto aborted = aborted_in(history, topic, index);
  Verdict verdict = printed_once(history, topic, role);
  verdict.claim = claim;
  verdict.judged += fmt::format("; {} of aborted transactions in the log", counted(aborted.size(), "record"));
  if (verdict.outcome == Outcome::holds && aborted.empty())
    return undecided(verdict, "the topic holds no record of an aborted transaction that could be left out");
  if (verdict.outcome != Outcome::refuted) return verdict;

  Verdict of_aborted{.claim = claim, .judged = verdict.judged, .expected = verdict.expected};
  const std::size_t printed =
      add_prints_of(never_committed(aborted, history, topic, index), history, role, index, of_aborted);
  if (printed == 0) return verdict;
  return refuted(
      of_aborted,
      counted(printed, "record is printed although it was aborted",
              "records are printed although they were aborted"),
      asks_for_committed_alone(history, topic, role)
          ? "its client asks for committed records, and hands on what the broker marks as aborted: "
            "take one that leaves that out, such as librdkafka's, Java's or franz-go"
          : "set isolation.level to read_committed in the consumer");
}

}  // namespace klab
