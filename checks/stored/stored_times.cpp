#include "checks/stored/stored_times.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "checks/counted.hpp"
#include "checks/facts/held_records.hpp"
#include "checks/facts/sample_index.hpp"
#include "checks/facts/topic_looks.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

using Places = std::vector<const LoggedRecord*>;

std::string describe(const Places& places) {
  if (places.empty()) return "is not in the log";
  std::vector<std::string> where;
  for (const LoggedRecord* record : places)
    where.push_back(fmt::format("partition {} offset {}", record->partition, record->offset));
  return fmt::format("is stored {}: {}", counted(places.size(), "time"), fmt::join(where, ", "));
}

Evidence evidence_of(const SampleRecord& record, std::size_t position, const Places& places) {
  Evidence evidence{
      .lines = {record.line},
      .note = fmt::format("record {} of the file (id {}) {}", position + 1, record.id, describe(places))};
  for (const LoggedRecord* place : places) evidence.lines.push_back(place->line);
  return evidence;
}

/// Messages in the topic whose transactions were aborted, or never ended.
std::size_t uncommitted_in(const History& history, std::string_view topic) {
  return static_cast<std::size_t>(std::ranges::count_if(history.logged, [&](const LoggedRecord& record) {
    return record.topic == topic && record.state != RecordState::committed;
  }));
}

/// The first that a program asked for in its place, where there is none of that name.
const TopicRefused* asked_for_instead(const History& history, std::string_view topic) {
  const auto other = std::ranges::find_if(
      history.topics_refused, [&](const TopicRefused& refused) { return refused.topic != topic; });
  return other == history.topics_refused.end() ? nullptr : &*other;
}

/// Eight times "is not in the log" would say less than one sentence does.
Verdict none_stored(Verdict verdict, const History& history, std::string_view topic, std::size_t messages) {
  verdict.evidence.clear();
  verdict.evidence_left_out = 0;
  const std::size_t uncommitted = uncommitted_in(history, topic);
  if (messages == 0 && uncommitted > 0)
    return refuted(
        verdict,
        fmt::format("topic {} holds {}, none of them committed", topic, counted(uncommitted, "message")),
        "commit the transaction that they were sent in");
  if (const TopicRefused* other = asked_for_instead(history, topic); other != nullptr && messages == 0) {
    add_evidence(verdict,
                 {.lines = {other->line},
                  .note = fmt::format("{} asked for topic {} at {:.3f} s, and there is none of that name",
                                      other->program, other->topic, seconds(other->at))});
    return refuted(verdict, fmt::format("topic {} is empty", topic),
                   "send to {topic}: the name is another in each run");
  }
  return refuted(
      verdict,
      messages == 0 ? fmt::format("topic {} is empty", topic)
                    : fmt::format("none of the {} messages in topic {} holds a record of this run's sample",
                                  messages, topic),
      messages == 0 ? "does the producer wait for its messages? produce() only queues them: see flush()"
                    : "send the records of the bcsample.json in the working folder, or of {data}");
}

/// Copies that came of the tap, of those that are more than `times`.
std::size_t excused(const std::map<std::string_view, std::size_t>& sent_again, std::string_view id,
                    std::size_t count, std::size_t times) {
  const auto found = sent_again.find(id);
  return found == sent_again.end() || count <= times ? 0 : std::min(found->second, count - times);
}

/// The last look that found the topic gone.
const TopicLooked* found_gone(const History& history, std::string_view topic) {
  const auto looks = looks_at(history, topic);
  return looks.empty() || looks.back()->exists() ? nullptr : looks.back();
}

}  // namespace

Verdict stored_times(const History& history, std::string_view topic, std::size_t times) {
  Verdict verdict{.claim = fmt::format("every record of the sample is stored {}", counted(times, "time")),
                  .expected = fmt::format("{}, each {}", counted(history.sample.size(), "record"),
                                          counted(times, "time"))};
  if (history.sample.empty()) return undecided(verdict, "no sample was handed out");
  if (const TopicLooked* gone = found_gone(history, topic)) {
    add_evidence(verdict, {.lines = {gone->line}, .note = fmt::format("there is no topic {}", topic)});
    return refuted(verdict, fmt::format("topic {} was deleted", topic),
                   "does a program delete its topic? the grader looks for the records in it");
  }
  if (!is_drained(history, topic))
    return undecided(verdict, fmt::format("topic {} was not read to its end", topic));

  const std::vector<Places> places = places_in_log(history, topic, SampleIndex(history));
  const auto sent_again = sent_again_while_held(history, topic);
  std::size_t missing = 0, scarce = 0, surplus = 0, copies = 0;
  for (std::size_t position = 0; position < places.size(); ++position) {
    std::size_t count = places[position].size();
    const std::size_t copies_of_it = excused(sent_again, history.sample[position].id, count, times);
    copies += copies_of_it;
    count -= copies_of_it;
    if (count == times) continue;
    ++(count == 0 ? missing : count < times ? scarce : surplus);
    add_evidence(verdict, evidence_of(history.sample[position], position, places[position]));
  }

  const std::size_t messages = log_of(history, topic).size();
  verdict.judged = fmt::format("{} of the sample in {} of the log", counted(places.size(), "record"),
                               counted(messages, "message"));
  if (missing + scarce + surplus == 0)
    return holds(verdict, copies == 0 ? verdict.expected
                                      : fmt::format("{}, but for {} sent again while the grader kept "
                                                    "acknowledgements back",
                                                    verdict.expected, counted(copies, "copy", "copies")));
  verdict.is_shortfall = missing + scarce > 0;
  if (missing == places.size()) return none_stored(verdict, history, topic, messages);
  std::vector<std::string> parts;
  if (missing > 0) parts.push_back(fmt::format("{} {} not stored", missing, agreeing(missing, "is", "are")));
  if (scarce > 0)
    parts.push_back(fmt::format("{} {} stored too few times", scarce, agreeing(scarce, "is", "are")));
  if (surplus > 0)
    parts.push_back(fmt::format("{} {} stored too many times", surplus, agreeing(surplus, "is", "are")));
  // Who forgets to wait loses what is still queued, and not nearly all.
  const bool lacks_the_last = places.back().size() < times && 2 * missing < places.size();
  return refuted(verdict, fmt::format("of {} records, {}", places.size(), fmt::join(parts, ", ")),
                 missing + scarce == 0
                     ? "is a record sent again after an error that was none, or by a loop that starts over?"
                 : lacks_the_last
                     ? "does the producer wait for its last messages? produce() only queues them: see flush()"
                     : "does the producer send each record, the first one too, and wait for all? produce() "
                       "only queues them: see flush()");
}

}  // namespace klab
