#include "checks/groups/group_given_all.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "checks/counted.hpp"
#include "checks/facts/groups_joined.hpp"
#include "checks/facts/lost_output.hpp"
#include "checks/facts/prints.hpp"
#include "checks/facts/record_times.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

/// What the broker answers to a program that has ended is read by nobody.
bool is_gone(const ProgramRun& run, Moment moment) {
  return run.ending == Ending::exited && moment > run.ended;
}

/// When messages of a topic were delivered to some programs, each time.
class TimesGiven {
 public:
  TimesGiven(const History& history, std::string_view topic, const Runs& runs) {
    for (const Delivered& delivered : history.delivered) {
      const auto run = std::ranges::find(runs, delivered.program, &ProgramRun::program);
      if (delivered.topic != topic || run == runs.end() || is_gone(**run, delivered.at)) continue;
      for (const std::int64_t offset : delivered.offsets)
        times_[{delivered.partition, offset}].emplace_back(delivered.program, delivered.at);
    }
  }

  std::size_t count(const std::vector<const LoggedRecord*>& places) const {
    std::size_t count = 0;
    for (const LoggedRecord* place : places) count += has(*place) ? times_.at(key(*place)).size() : 0;
    return count;
  }

  bool has(const LoggedRecord& place) const { return times_.contains(key(place)); }

  /// Whether one of them had been given to the program by then.
  bool before(Moment moment, std::string_view program, const std::vector<const LoggedRecord*>& places) const {
    return std::ranges::any_of(places, [&](const LoggedRecord* place) {
      return has(*place) && std::ranges::any_of(times_.at(key(*place)), [&](const auto& time) {
               return time.first == program && time.second <= moment;
             });
    });
  }

 private:
  using Key = std::pair<int, std::int64_t>;
  static Key key(const LoggedRecord& place) { return {place.partition, place.offset}; }

  std::map<Key, std::vector<std::pair<std::string_view, Moment>>> times_ = {};
};

/// A group that is judged.
struct Judged {
  const History& history;
  const Runs& runs;
  const Places& places;
  const TimesGiven& given;
  Lines lines;
};

/// Whether all of them had ended by themselves, and well, when a record was made: nobody was left to be given
/// it.
bool had_ended_before(const History& history, const Runs& runs, const LoggedRecord& record) {
  return std::ranges::all_of(runs, [&](const ProgramRun* run) {
    const auto created = created_at(history, record);
    return run->ended_well() && created && *created > run->ended;
  });
}

/// Counted in copies of records.
struct Findings {
  std::size_t after_its_end = 0, not_given = 0, not_printed = 0, too_often = 0, forged = 0;
  std::vector<Evidence> evidence = {};

  bool is_clean() const { return not_given + not_printed + too_often + forged == 0; }
};

void add(Findings& findings, const SampleRecord& record, std::size_t position, Line line,
         const std::string& what) {
  findings.evidence.push_back(
      {.lines = {record.line, line},
       .note = fmt::format("record {} of the file (id {}) {}", position + 1, record.id, what)});
}

void judge_record(Findings& findings, const Judged& judged, std::size_t position, const Prints& prints) {
  const auto& places = judged.places[position];
  const auto& lines = prints.lines[position];
  const SampleRecord& record = judged.history.sample[position];
  if (places.empty()) return;
  std::vector<const LoggedRecord*> lost;
  std::ranges::copy_if(places, std::back_inserter(lost),
                       [&](const LoggedRecord* one) { return !judged.given.has(*one); });
  if (!lost.empty() && had_ended_before(judged.history, judged.runs, *lost.front())) {
    findings.after_its_end += lost.size();
    return;
  }
  if (!lost.empty()) {
    findings.not_given += lost.size();
    return add(findings, record, position, lost.front()->line,
               fmt::format("is at partition {} offset {}, and was given to nobody in the group",
                           lost.front()->partition, lost.front()->offset));
  }
  for (const PrintedLine* line : lines)
    if (is_heard_in_full(judged.history, line->program) &&
        !judged.given.before(line->at, line->program, places)) {
      ++findings.forged;
      return add(findings, record, position, line->line,
                 fmt::format("is on {} before it was given to it", place_of(*line)));
    }
  const std::size_t stored = places.size(), given = judged.given.count(places);
  if (lines.size() < stored) {
    findings.not_printed += stored - lines.size();
    add(findings, record, position, places.front()->line,
        fmt::format("is stored {}, and printed {}", counted(stored, "time"), counted(lines.size(), "time")));
  } else if (judged.lines == Lines::matching && lines.size() > given) {
    findings.too_often += lines.size() - given;
    add(findings, record, position, lines.back()->line,
        fmt::format("was given {}, and printed {}", counted(given, "time"), counted(lines.size(), "time")));
  }
}

Findings findings_in(const Judged& judged, const SampleIndex& index, Streams streams) {
  const Prints prints = prints_of(judged.history, judged.runs, index, judged.lines, streams);
  Findings findings;
  for (std::size_t position = 0; position < judged.places.size(); ++position)
    judge_record(findings, judged, position, prints);
  return findings;
}

Findings findings_of(const Judged& judged, const SampleIndex& index) {
  const Findings both = findings_in(judged, index, Streams::both);
  if (both.is_clean() || both.not_given > 0) return both;
  for (const Streams streams : {Streams::out, Streams::err})
    if (const Findings one = findings_in(judged, index, streams); one.is_clean()) return one;
  return both;
}

std::string summary(const Findings& findings, std::string_view group, std::size_t stored) {
  std::vector<std::string> parts;
  if (findings.not_given > 0) parts.push_back(fmt::format("{} not given to it", findings.not_given));
  if (findings.not_printed > 0)
    parts.push_back(fmt::format("{} given and not printed", findings.not_printed));
  if (findings.too_often > 0) parts.push_back(fmt::format("{} printed too often", findings.too_often));
  if (findings.forged > 0) parts.push_back(fmt::format("{} printed before they were given", findings.forged));
  return fmt::format("of {} for group {}: {}", counted(stored, "stored record"), group,
                     fmt::join(parts, ", "));
}

std::string hint_for(const History& history, const Findings& findings, const Runs& runs) {
  for (const ProgramRun* run : runs)
    if (const auto shared = group_shared_with_others(history, *run))
      return fmt::format(
          "{} was told the group {} but joined {}, as programs of another group did: take it from {{group}}",
          run->program, run->group, *shared);
  if (findings.not_given > 0)
    return "a new group begins where auto.offset.reset says: is it earliest, and does the program go on "
           "until "
           "nothing is left?";
  if (findings.forged > 0) return "print the records that poll() returns, when it returns them";
  if (findings.too_often > 0) return "print each consumed record once";
  return "the client was given them: print each as it comes, for what the program keeps for later is "
         "lost when it is stopped";
}

/// Why nothing can be said of a group; empty when something can.
std::string doubt_about(const Judged& judged, std::string_view topic, const std::string& group,
                        const Findings& findings, const SampleIndex& index) {
  if (std::string why = unheard(judged.history, judged.runs);
      !why.empty() && findings.not_printed + findings.too_often == 0)
    return why;
  if (findings.is_clean() && findings.after_its_end > 0)
    return fmt::format("the programs of group {} had ended by themselves before {} stored", group,
                       counted(findings.after_its_end, "record was", "records were"));
  if (findings.not_printed == 0 || findings.not_given + findings.too_often + findings.forged > 0) return {};
  const GotOut got_out = what_got_out(judged.history, topic, judged.runs, judged.places, index);
  if (got_out == GotOut::all) return {};
  return fmt::format("the programs of group {} printed {} before a signal ended them", group,
                     words_for(got_out));
}

/// Why nothing can be said; empty when something can.
std::string obstacle(const History& history, std::string_view topic, const std::vector<std::string>& groups,
                     std::size_t stored) {
  if (groups.empty()) return "no consumer was run";
  for (const std::string& group : groups)
    if (runs_told(history, group).empty()) return fmt::format("no consumer was run in group {}", group);
  if (!is_drained(history, topic)) return fmt::format("topic {} was not read to its end", topic);
  return stored == 0 ? fmt::format("topic {} holds no record that could be given", topic) : std::string();
}

}  // namespace

Verdict group_given_all(const History& history, std::string_view topic,
                        const std::vector<std::string>& told_groups) {
  const SampleIndex index(history);
  const Places places = places_in_log(history, topic, index);
  const std::size_t stored = count_of(places);
  Verdict verdict{.claim = "the group is given and prints every record",
                  .judged = fmt::format("{} and {}", counted(stored, "stored record"),
                                        counted(told_groups.size(), "group")),
                  .expected = fmt::format("{} given to the group and printed", counted(stored, "record"))};
  if (told_groups.size() > 1) verdict.claim = "each group is given and prints every record";
  if (std::string why = obstacle(history, topic, told_groups, stored); !why.empty())
    return undecided(verdict, std::move(why));

  std::string doubt, hint;
  std::vector<std::string> actual;
  for (const std::string& group : told_groups) {
    const Runs runs = runs_told(history, group);
    const TimesGiven given(history, topic, runs);
    const Judged judged{history, runs, places, given, lines_to_judge(history, runs, index)};
    const Findings findings = findings_of(judged, index);
    if (std::string why = doubt_about(judged, topic, group, findings, index); !why.empty()) {
      doubt = std::move(why);
    } else if (!findings.is_clean()) {
      if (actual.empty()) hint = hint_for(history, findings, runs);
      actual.push_back(summary(findings, group, stored));
      verdict.is_shortfall |= findings.not_given + findings.not_printed > 0;
      for (const Evidence& evidence : findings.evidence) add_evidence(verdict, evidence);
    }
  }
  if (!actual.empty()) return refuted(verdict, fmt::format("{}", fmt::join(actual, "; ")), hint);
  if (!doubt.empty()) return undecided(verdict, doubt);
  return holds(verdict, fmt::format("all {} given and printed in {}", counted(stored, "stored record"),
                                    counted(told_groups.size(), "group")));
}

}  // namespace klab
