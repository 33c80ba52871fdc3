#include "checks/printed_once.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "checks/counted.hpp"
#include "checks/deliveries.hpp"
#include "checks/sample_index.hpp"
#include "checks/seconds.hpp"

namespace klab {
namespace {

struct Stored {
  std::vector<std::vector<const LoggedRecord*>> places;  // by position in the sample
  std::size_t records = 0;
};

Stored stored_in(const History& history, std::string_view topic, const SampleIndex& index) {
  Stored stored{.places = places_in_log(history, topic, index)};
  for (const auto& places : stored.places) stored.records += places.size();
  return stored;
}

/// The lines that mention records, by position in the sample.
struct Printed {
  std::vector<std::vector<const PrintedLine*>> lines;
  std::size_t matched = 0, records = 0, records_in_unmatched = 0;
};

enum class Streams { both, out, err };
enum class Lines { all, matching };

bool is_in(const PrintedLine& line, Streams streams) {
  return streams == Streams::both || line.on_stderr == (streams == Streams::err);
}

Printed printed_by(const History& history, std::string_view role, const SampleIndex& index, Lines lines,
                   Streams streams) {
  std::set<std::string_view> programs;
  for (const ProgramRun* run : runs_of(history, role)) programs.insert(run->program);
  Printed printed{.lines = std::vector<std::vector<const PrintedLine*>>(index.size())};
  for (const PrintedLine& line : history.printed) {
    if (!programs.contains(line.program) || !is_in(line, streams)) continue;
    const std::vector<std::size_t> positions = index.records_in(line.value);
    if (!line.matched && lines == Lines::matching) {
      printed.records_in_unmatched += positions.size();
      continue;
    }
    ++printed.matched;
    printed.records += positions.size();
    for (const std::size_t position : positions) printed.lines[position].push_back(&line);
  }
  return printed;
}

/// How often a program mentions each record, where all lines count.
std::size_t times_mentioned(const Printed& printed, const Stored& stored, Lines lines) {
  return lines == Lines::matching ? 1 : std::max<std::size_t>(printed.records / stored.records, 1);
}

/// Each record is mentioned as often as it is stored, or k times as often with one k for all.
bool agrees(const Printed& printed, const Stored& stored, Lines lines) {
  const std::size_t times = times_mentioned(printed, stored, lines);
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
  const std::string when =
      lines.empty() ? ""
                    : fmt::format(", first on line {} of {}'s {}", lines.front()->number,
                                  lines.front()->program, lines.front()->on_stderr ? "stderr" : "stdout");
  evidence.note = fmt::format("record {} of the file (id {}) {}, and is printed {}{}", position + 1,
                              record.id, where, counted(lines.size(), "time"), when);
  return evidence;
}

bool has_read_everything(const History& history, std::string_view topic) {
  std::size_t with_records = 0, read = 0;
  for (const DrainedPartition& partition : history.drained) {
    if (partition.topic != topic || partition.first == partition.end) continue;
    ++with_records;
    read += std::ranges::any_of(history.committed, [&](const CommittedOffset& committed) {
      return committed.topic == topic && committed.partition == partition.partition &&
             committed.offset >= partition.end;
    });
  }
  return with_records > 0 && read == with_records;
}

bool may_have_lost_its_output(const History& history, std::string_view topic, std::string_view role) {
  const auto runs = runs_of(history, role);
  return has_read_everything(history, topic) && std::ranges::all_of(runs, [](const ProgramRun* run) {
           return run->lines_printed == 0 && run->signal != 0;
         });
}

/// A line that shows a record which its program had not been given by then, or not so often.
struct Forgery {
  std::size_t position;  // in the sample
  const PrintedLine* line;
  std::optional<Moment> given;  // when it was, later
};

/// When a program was given copies of a record, in time's order.
std::vector<Moment> times_given(const Deliveries& deliveries, std::string_view program,
                                const std::vector<const LoggedRecord*>& places) {
  std::vector<Moment> times;
  for (const LoggedRecord* place : places)
    if (const auto moment = deliveries.first(program, *place)) times.push_back(*moment);
  std::ranges::sort(times);
  return times;
}

/// A program may print a record `times` times for each copy of it that it was given.
std::vector<Forgery> forgeries(const History& history, const Printed& printed, const Stored& stored,
                               std::size_t times) {
  const Deliveries deliveries(history);
  std::vector<Forgery> found;
  for (std::size_t position = 0; position < printed.lines.size(); ++position) {
    if (stored.places[position].empty()) continue;  // from some file; no more can be said
    std::map<std::string_view, std::size_t> prints;
    for (const PrintedLine* line : printed.lines[position]) {
      if (!is_heard_in_full(history, line->program)) continue;
      const auto given = times_given(deliveries, line->program, stored.places[position]);
      const std::size_t copy = prints[line->program]++ / times;
      if (copy >= given.size())
        found.push_back({position, line, std::nullopt});
      else if (given[copy] > line->at)
        found.push_back({position, line, given[copy]});
    }
  }
  return found;
}

Evidence evidence_of(const Forgery& forgery, const SampleRecord& record) {
  const std::string when = forgery.given ? fmt::format("gave it to {} not before {:.3f} s",
                                                       forgery.line->program, seconds(*forgery.given))
                                         : fmt::format("never gave it to {}", forgery.line->program);
  return {.lines = {record.line, forgery.line->line},
          .note = fmt::format(
              "record {} of the file (id {}) is on line {} of {}'s {} at {:.3f} s, but the broker {}",
              forgery.position + 1, record.id, forgery.line->number, forgery.line->program,
              forgery.line->on_stderr ? "stderr" : "stdout", seconds(forgery.line->at), when)};
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

/// Empty when every program of the role was heard in full.
std::string unheard_of(const History& history, std::string_view role) {
  for (const ProgramRun* run : runs_of(history, role))
    if (!is_heard_in_full(history, run->program)) return unheard(run->program);
  return {};
}

std::string summary(const Printed& printed, const Stored& stored) {
  if (printed.records == 0 && printed.matched > 0)
    return fmt::format("{} printed, none of them holds a record of the {} that the topic holds",
                       counted(printed.matched, "line was", "lines were"), stored.records);
  return fmt::format("{} printed, the topic holds {}", counted(printed.records, "record"), stored.records);
}

std::string hint_for(const Printed& printed, const Stored& stored, std::size_t given) {
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

/// Matching lines, unless the pattern is wrong: then it matches nothing although records are printed.
Lines lines_to_judge(const History& history, std::string_view role, const SampleIndex& index) {
  if (history.output_pattern.empty()) return Lines::all;
  const Printed printed = printed_by(history, role, index, Lines::matching, Streams::both);
  return printed.matched == 0 && printed.records_in_unmatched > 0 ? Lines::all : Lines::matching;
}

void add_differences(Verdict& verdict, const History& history, const Printed& printed, const Stored& stored) {
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

  const Lines lines = lines_to_judge(history, role, index);
  const Printed printed = printed_by(history, role, index, lines, Streams::both);
  verdict.expected = fmt::format("{} records printed, each as often as it is stored", stored.records);
  verdict.judged = fmt::format("{} printed lines against {} stored records", printed.matched, stored.records);
  if (lines == Lines::all && !history.output_pattern.empty())
    verdict.judged += "; output.consumed of submission.json matches no line, so every line was read";

  for (const Streams streams : {Streams::both, Streams::out, Streams::err}) {
    const Printed some =
        streams == Streams::both ? printed : printed_by(history, role, index, lines, streams);
    if (!agrees(some, stored, lines)) continue;
    const auto found = forgeries(history, some, stored, times_mentioned(some, stored, lines));
    return found.empty() ? holds_if_heard(std::move(verdict), unheard_of(history, role), stored.records)
                         : forged(std::move(verdict), history, topic, role, found);
  }
  // Numbers are wrong anyhow; then what was never given at all says most.
  if (const auto found = forgeries(history, printed, stored, std::numeric_limits<std::size_t>::max());
      !found.empty())
    return forged(std::move(verdict), history, topic, role, found);
  if (may_have_lost_its_output(history, topic, role))
    return undecided(
        verdict, fmt::format("the {} read every record, and printed nothing before a signal ended it", role),
        "its output may have died in a buffer: flush it after each record");
  add_differences(verdict, history, printed, stored);
  verdict.is_shortfall = printed.records < stored.records;
  return refuted(verdict, summary(printed, stored),
                 hint_for(printed, stored, messages_given(history, topic, role)));
}

}  // namespace klab
