#include "checks/printed/silent_for_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/facts/groups_joined.hpp"
#include "checks/facts/prints.hpp"
#include "checks/history/record_key.hpp"

namespace klab {
namespace {

bool ended_badly(const ProgramRun& run) {
  if (run.ending == Ending::exited) return run.signal != 0 || run.exit_code.value_or(0) != 0;
  return run.ending == Ending::limit || run.ending == Ending::flooded;
}

bool ended_like_grep(const ProgramRun& run) {
  return run.ending == Ending::exited && run.exit_code == 1 && run.lines_printed == 0 &&
         run.last_words.empty();
}

/// Why nothing can be said; empty when something can.
std::string obstacle(const History& history, std::string_view topic, std::string_view role, const Runs& runs,
                     std::string_view key) {
  if (runs.empty()) return fmt::format("the {} was never run for key {}", role, key);
  if (!is_drained(history, topic)) return fmt::format("topic {} was not read to its end", topic);
  const auto log = log_of(history, topic);
  if (log.empty()) return fmt::format("topic {} holds no record that could be passed over", topic);
  if (std::ranges::any_of(log,
                          [&](const LoggedRecord* one) { return one->key && key_text(one->key) == key; }))
    return fmt::format("topic {} holds records with the key {}", topic, key);
  return {};
}

/// How many records of a key, and of others, a program's lines show.
struct Shown {
  std::size_t own = 0, others = 0;
};

Shown shown_by(const Prints& prints, const Places& places, const std::string& key) {
  Shown shown;
  for (std::size_t position = 0; position < prints.lines.size(); ++position) {
    const bool is_own = std::ranges::any_of(
        places[position], [&](const LoggedRecord* one) { return one->key && key_text(one->key) == key; });
    (is_own ? shown.own : shown.others) += prints.lines[position].size();
  }
  return shown;
}

/// Where the runs for other keys print the records of their key on one stream, and log all that comes on the
/// other, the first is what counts.
Streams streams_to_judge(const History& history, std::string_view topic, std::string_view role,
                         std::string_view key, const SampleIndex& index, Lines lines) {
  Runs others = runs_of(history, role);
  std::erase_if(others, [&](const ProgramRun* run) { return run->key == key || run->key.empty(); });
  const Places places = places_in_log(history, topic, index);
  Shown out, err;
  for (const ProgramRun* run : others)
    for (auto [sum, stream] : {std::pair(&out, Streams::out), std::pair(&err, Streams::err)}) {
      const Shown shown = shown_by(prints_of(history, {run}, index, lines, stream), places, run->key);
      sum->own += shown.own;
      sum->others += shown.others;
    }
  if (out.own > 0 && out.others == 0 && err.others > 0) return Streams::out;
  if (err.own > 0 && err.others == 0 && out.others > 0) return Streams::err;
  return Streams::both;
}

/// Messages of the topic, in some partitions or in all, that a run was given, and how many there are.
struct Share {
  std::size_t given = 0, stored = 0;

  bool is_all() const { return given == stored; }
};

Share share_of(const History& history, std::string_view topic, const ProgramRun& run,
               const std::optional<std::set<int>>& partitions = std::nullopt) {
  const Deliveries deliveries(history);
  Share share;
  for (const LoggedRecord* record : log_of(history, topic)) {
    if (partitions && !partitions->contains(record->partition)) continue;
    ++share.stored;
    share.given += deliveries.first(run.program, *record).has_value();
  }
  return share;
}

/// Whether the program looks for a key where its producer puts that, as the runs for other keys show, and
/// this one looked there, or nowhere and ended well.
bool looked_where_its_key_belongs(const History& history, std::string_view topic, const ProgramRun& run) {
  std::size_t others = 0;
  for (const ProgramRun* other : runs_of(history, run.role)) {
    if (other->key == run.key) continue;
    ++others;
    if (!is_heard_in_full(history, other->program) || share_of(history, topic, *other).is_all()) return false;
  }
  std::set<int> chosen;
  for (const FetchStarted& fetch : history.fetch_started)
    if (fetch.program == run.program && fetch.topic == topic) chosen.insert(fetch.partition);
  if (others == 0 || (chosen.empty() && run.ending != Ending::exited)) return false;
  return share_of(history, topic, run, chosen).is_all();
}

/// Why a run that was silent proves nothing; empty when it does.
std::string doubt(const History& history, std::string_view topic, const ProgramRun& run) {
  if (ended_like_grep(run))
    return fmt::format("{} exited with 1 and without a word, as a pipeline does that ends in grep",
                       run.program);
  if (!is_heard_in_full(history, run.program)) return unheard(history, run.program);
  const Share share = share_of(history, topic, run);
  if (share.is_all() || looked_where_its_key_belongs(history, topic, run)) return {};
  std::string why = fmt::format("{} was given {} of {} records, so that its silence proves nothing",
                                run.program, share.given, share.stored);
  if (const auto shared = group_shared_with_others(history, run))
    why += fmt::format("; it was told the group {} but joined {}, as other runs did", run.group, *shared);
  return why;
}

}  // namespace

Verdict silent_for_key(const History& history, std::string_view topic, std::string_view role,
                       std::string_view key) {
  Verdict verdict{
      .claim = fmt::format("told the key {}, which no record has, the {} prints nothing and does not crash",
                           key, role),
      .expected = "every record consumed, none printed"};
  Runs runs = runs_of(history, role);
  std::erase_if(runs, [&](const ProgramRun* run) { return run->key != key; });
  if (std::string why = obstacle(history, topic, role, runs, key); !why.empty())
    return undecided(verdict, std::move(why));

  const SampleIndex index(history);
  const Lines lines = lines_to_judge(history, runs_of(history, role), index);
  const Streams streams = streams_to_judge(history, topic, role, key, index, lines);
  const Prints prints = prints_of(history, runs, index, lines, streams);
  verdict.judged = fmt::format("the output of {}", counted(runs.size(), "run"));
  for (std::size_t position = 0; position < prints.lines.size(); ++position)
    for (const PrintedLine* line : prints.lines[position])
      add_evidence(verdict, {.lines = {history.sample[position].line, line->line},
                             .note = fmt::format("record {} of the file (id {}) is on {}", position + 1,
                                                 history.sample[position].id, place_of(*line))});
  if (prints.records > 0)
    return refuted(verdict, fmt::format("{} printed", counted(prints.records, "record is", "records are")),
                   "compare the whole key: \"1\" is the beginning of \"100\", and not the same");

  std::string why;
  for (const ProgramRun* run : runs) {
    if (ended_badly(*run) && !ended_like_grep(*run)) {
      verdict.is_shortfall = true;
      return refuted(verdict, fmt::format("{} {}", run->program, describe_ending(*run)),
                     "a key that no record has is no error: there is just nothing to print");
    }
    if (why.empty()) why = doubt(history, topic, *run);
  }
  if (!why.empty()) return undecided(verdict, why);
  return holds(verdict, fmt::format("{} printed none of {}", counted(runs.size(), "run"),
                                    counted(log_of(history, topic).size(), "record")));
}

}  // namespace klab
