#include "checks/facts/prints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

bool is_in(const PrintedLine& line, Streams streams) {
  return streams == Streams::both || line.on_stderr == (streams == Streams::err);
}

/// When a program was given copies of a record, in time's order.
std::vector<Moment> times_given(const Deliveries& deliveries, std::string_view program,
                                const std::vector<const LoggedRecord*>& places) {
  std::vector<Moment> times;
  for (const LoggedRecord* place : places)
    if (const auto moment = deliveries.first(program, *place)) times.push_back(*moment);
  std::ranges::sort(times);
  return times;
}

/// Records that are stored with a line break: a pattern, which is matched line by line, misses what a program
/// prints of them.
std::set<std::size_t> stored_over_lines(const History& history, const SampleIndex& index) {
  std::set<std::size_t> positions;
  for (const LoggedRecord& record : history.logged)
    if (record.value && record.value->find('\n') != std::string::npos)
      for (const std::size_t position : index.records_in_message(*record.value)) positions.insert(position);
  return positions;
}

/// Its first letters.
std::string beginning_of(std::string_view text) {
  constexpr std::size_t kEnough = 24;
  std::string letters;
  for (const char c : text) {
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter) letters.push_back(c);
    if (letters.size() == kEnough) break;
  }
  return letters;
}

}  // namespace

std::size_t count_of(const Places& places) {
  std::size_t count = 0;
  for (const auto& copies : places) count += copies.size();
  return count;
}

Prints prints_of(const History& history, const Runs& programs, const SampleIndex& index, Lines lines,
                 Streams streams) {
  std::set<std::string_view> names;
  for (const ProgramRun* run : programs) names.insert(run->program);
  std::set<std::size_t> over_lines;
  if (lines == Lines::matching) over_lines = stored_over_lines(history, index);
  Prints prints{.lines = std::vector<std::vector<const PrintedLine*>>(index.size())};
  for (const PrintedLine& line : history.printed) {
    if (!names.contains(line.program) || !is_in(line, streams)) continue;
    std::vector<std::size_t> positions = index.mentions_in(line.value);
    if (!line.matched && lines == Lines::matching) {
      prints.records_in_unmatched += positions.size();
      std::erase_if(positions, [&](std::size_t position) { return !over_lines.contains(position); });
      if (positions.empty()) continue;
      prints.records_over_lines += positions.size();
    }
    ++prints.matched;
    prints.records += positions.size();
    prints.has_line_of_several |= positions.size() > 1;
    for (const std::size_t position : positions) prints.lines[position].push_back(&line);
  }
  return prints;
}

Prints alike_in(const Prints& prints) {
  std::map<std::string, std::set<const PrintedLine*>> of_beginning;
  for (const auto& mentions : prints.lines)
    for (const PrintedLine* line : mentions) of_beginning[beginning_of(line->value)].insert(line);
  Prints alike{.lines = std::vector<std::vector<const PrintedLine*>>(prints.lines.size()),
               .has_line_of_several = prints.has_line_of_several};
  if (of_beginning.empty()) return alike;
  const auto& most = std::ranges::max_element(of_beginning, {}, [](const auto& lines) {
                       return lines.second.size();
                     })->second;
  alike.matched = most.size();
  for (std::size_t position = 0; position < prints.lines.size(); ++position)
    std::ranges::copy_if(prints.lines[position], std::back_inserter(alike.lines[position]),
                         [&](const PrintedLine* line) { return most.contains(line); });
  for (const auto& mentions : alike.lines) alike.records += mentions.size();
  return alike;
}

std::vector<Prints> ways_to_read(const History& history, const Runs& programs, const SampleIndex& index,
                                 Lines lines) {
  std::vector<Prints> ways;
  for (const Streams streams : {Streams::both, Streams::out, Streams::err})
    ways.push_back(prints_of(history, programs, index, lines, streams));
  if (lines == Lines::all) ways.push_back(alike_in(ways.front()));
  return ways;
}

Lines lines_to_judge(const History& history, const Runs& programs, const SampleIndex& index) {
  if (history.output_pattern.empty()) return Lines::all;
  const Prints prints = prints_of(history, programs, index, Lines::matching, Streams::both);
  const bool matches_none = prints.records == prints.records_over_lines;
  return matches_none && prints.records_in_unmatched > 0 ? Lines::all : Lines::matching;
}

std::size_t times_mentioned(const Prints& prints, std::size_t stored, Lines lines) {
  if (stored == 0 || (lines == Lines::matching && !prints.has_line_of_several)) return 1;
  return std::max<std::size_t>(prints.records / stored, 1);
}

std::vector<Forgery> forgeries(const History& history, const Prints& prints, const Places& places,
                               std::size_t times) {
  const Deliveries deliveries(history);
  std::vector<Forgery> found;
  for (std::size_t position = 0; position < prints.lines.size(); ++position) {
    if (places[position].empty()) continue;  // from some file; no more can be said
    std::map<std::string_view, std::size_t> mentions;
    for (const PrintedLine* line : prints.lines[position]) {
      if (!is_heard_in_full(history, line->program)) continue;
      const auto given = times_given(deliveries, line->program, places[position]);
      const std::size_t copy = mentions[line->program]++ / times;
      if (copy >= given.size())
        found.push_back({position, line, std::nullopt, given.size()});
      else if (given[copy] > line->at)
        found.push_back({position, line, given[copy], given.size()});
    }
  }
  return found;
}

Evidence evidence_of(const Forgery& forgery, const SampleRecord& record) {
  const std::string& program = forgery.line->program;
  const std::string when =
      forgery.given ? fmt::format("gave it to {} not before {:.3f} s", program, seconds(*forgery.given))
      : forgery.times_given > 0
          ? fmt::format("gave it to {} {} only", program, counted(forgery.times_given, "time"))
          : fmt::format("never gave it to {}", program);
  return {.lines = {record.line, forgery.line->line},
          .note = fmt::format("record {} of the file (id {}) is on {} at {:.3f} s, but the broker {}",
                              forgery.position + 1, record.id, place_of(*forgery.line),
                              seconds(forgery.line->at), when)};
}

std::string place_of(const PrintedLine& line) {
  return fmt::format("line {} of {}'s {}", line.number, line.program, line.on_stderr ? "stderr" : "stdout");
}

}  // namespace klab
