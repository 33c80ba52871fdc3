#include "checks/printed/printed_once.hpp"

#include <fmt/format.h>

#include <limits>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/facts/lost_output.hpp"
#include "checks/facts/prints.hpp"

namespace klab {
namespace {

struct Stored {
  Places places;
  std::size_t records = 0;
};

Stored stored_in(const History& history, std::string_view topic, const SampleIndex& index) {
  Stored stored{.places = places_in_log(history, topic, index)};
  stored.records = count_of(stored.places);
  return stored;
}

/// Each record is mentioned as often as it is stored, or k times as often with one k for all.
bool agrees(const Prints& printed, const Stored& stored, Lines lines) {
  const std::size_t times = times_mentioned(printed, stored.records, lines);
  for (std::size_t i = 0; i < stored.places.size(); ++i)
    if (printed.lines[i].size() != times * stored.places[i].size()) return false;
  return true;
}

Evidence difference(const SampleRecord& record, std::size_t position,
                    const std::vector<const LoggedRecord*>& places,
                    const std::vector<const PrintedLine*>& lines) {
  Evidence evidence{.lines = {record.line}};
  for (const LoggedRecord* place : places) evidence.lines.push_back(place->line);
  for (const PrintedLine* line : lines) evidence.lines.push_back(line->line);
  const std::string where = places.empty() ? "is not in the topic"
                                           : fmt::format("is stored {}, first at partition {} offset {}",
                                                         counted(places.size(), "time"),
                                                         places.front()->partition, places.front()->offset);
  const std::string when = lines.empty() ? "" : fmt::format(", first on {}", place_of(*lines.front()));
  evidence.note = fmt::format("record {} of the file (id {}) {}, and is printed {}{}", position + 1,
                              record.id, where, counted(lines.size(), "time"), when);
  return evidence;
}

std::size_t messages_given(const History& history, std::string_view topic, std::string_view role) {
  const Deliveries deliveries(history);
  std::size_t given = 0;
  for (const ProgramRun* run : runs_of(history, role)) given += deliveries.count(run->program, topic);
  return given;
}

/// What the wire saw instead.
std::string what_was_given(const History& history, std::string_view topic, std::string_view role) {
  const std::size_t given = messages_given(history, topic, role);
  return given == 0 ? fmt::format("the broker never gave the {} any record", role)
                    : fmt::format("the broker gave the {} {}", role, counted(given, "message"));
}

Verdict forged(Verdict verdict, const History& history, std::string_view topic, std::string_view role,
               const std::vector<Forgery>& found) {
  for (const Forgery& forgery : found)
    add_evidence(verdict, evidence_of(forgery, history.sample[forgery.position]));
  return refuted(
      verdict,
      fmt::format("{} printed before they were received: {}",
                  found.size() == 1 ? "one record is" : fmt::format("{} records are", found.size()),
                  what_was_given(history, topic, role)),
      "print the records that poll() returns, when it returns them");
}

std::string summary(const Prints& printed, const Stored& stored) {
  if (printed.records == 0 && printed.matched > 0)
    return fmt::format("{} printed, none of them holds a record of the {} that the topic holds",
                       counted(printed.matched, "line was", "lines were"), stored.records);
  return fmt::format("{} printed, the topic holds {}", counted(printed.records, "record"), stored.records);
}

std::string hint_for(const Prints& printed, const Stored& stored, std::size_t given) {
  if (printed.matched == 0) return "print each record as it is consumed, and flush the output";
  if (printed.records == 0) return "print the records that poll() returns, with their values";
  if (printed.records < stored.records && given >= stored.records)
    return "the client was given all of it: does the program pass over some, or lose what one poll() "
           "returned?";
  if (printed.records < stored.records)
    return "does the consumer read from the earliest offset, and go on until nothing is left?";
  return "print each consumed record once";
}

/// Why nothing can be said; empty when something can.
std::string obstacle(const History& history, std::string_view topic, std::string_view role,
                     const Stored& stored) {
  if (runs_of(history, role).empty()) return fmt::format("the {} was never run", role);
  if (!is_drained(history, topic)) return fmt::format("topic {} was not read to its end", topic);
  if (stored.records == 0) return fmt::format("topic {} holds no record that could be printed", topic);
  return {};
}

void add_differences(Verdict& verdict, const History& history, const Prints& printed, const Stored& stored) {
  for (std::size_t position = 0; position < stored.places.size(); ++position)
    if (printed.lines[position].size() != stored.places[position].size())
      add_evidence(verdict, difference(history.sample[position], position, stored.places[position],
                                       printed.lines[position]));
}

Verdict holds_if_heard(Verdict verdict, const std::string& unheard, std::size_t records) {
  if (!unheard.empty()) return undecided(verdict, unheard + ", so that what it printed may be forged");
  return holds(verdict, fmt::format("all {} stored records given and printed", records));
}

}  // namespace

Verdict printed_once(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = fmt::format("the {} is given and prints every stored record once", role)};
  const SampleIndex index(history);
  const Stored stored = stored_in(history, topic, index);
  const std::string why_not = obstacle(history, topic, role, stored);
  if (!why_not.empty()) return undecided(verdict, why_not);

  const auto runs = runs_of(history, role);
  const Lines lines = lines_to_judge(history, runs, index);
  const std::vector<Prints> ways = ways_to_read(history, runs, index, lines);
  const Prints& printed = ways.front();
  verdict.expected = fmt::format("{} records printed, each as often as it is stored", stored.records);
  verdict.judged = fmt::format("{} printed lines against {} stored records", printed.matched, stored.records);
  if (lines == Lines::all && !history.output_pattern.empty())
    verdict.judged +=
        "; output.consumed of submission.json matches no line that shows a record, so every line was read";

  for (const Prints& some : ways) {
    if (!agrees(some, stored, lines)) continue;
    const auto found = forgeries(history, some, stored.places, times_mentioned(some, stored.records, lines));
    return found.empty()
               ? holds_if_heard(std::move(verdict), unheard(history, runs_of(history, role)), stored.records)
               : forged(std::move(verdict), history, topic, role, found);
  }
  // Numbers are wrong anyhow; then what was never given at all says most.
  if (const auto found = forgeries(history, printed, stored.places, std::numeric_limits<std::size_t>::max());
      !found.empty())
    return forged(std::move(verdict), history, topic, role, found);
  if (const GotOut got_out = what_got_out(history, topic, runs, stored.places, index); got_out != GotOut::all)
    return undecided(verdict,
                     fmt::format("the {} read every record, and printed {} before a signal ended it", role,
                                 words_for(got_out)),
                     "its output may have died in a buffer: flush it after each record");
  add_differences(verdict, history, printed, stored);
  verdict.is_shortfall = printed.records < stored.records;
  return refuted(verdict, summary(printed, stored),
                 hint_for(printed, stored, messages_given(history, topic, role)));
}

}  // namespace klab
