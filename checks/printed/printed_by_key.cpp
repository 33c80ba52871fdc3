#include "checks/printed/printed_by_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checks/counted.hpp"
#include "checks/facts/groups_joined.hpp"
#include "checks/facts/lost_output.hpp"
#include "checks/history/record_key.hpp"
#include "checks/printed/prints_of_key.hpp"

namespace klab {
namespace {

enum class Asked { everything, order };

/// What is asked of a round of runs.
struct Round {
  std::string_view topic = {};
  std::string_view role = {};
  const std::vector<std::string>& keys;
  std::size_t number = 0;
  Asked asked = Asked::everything;
};

Places with_key(const Places& places, const std::string& key) {
  Places with(places.size());
  for (std::size_t position = 0; position < places.size(); ++position)
    std::ranges::copy_if(
        places[position], std::back_inserter(with[position]),
        [&](const LoggedRecord* place) { return place->key && key_text(place->key) == key; });
  return with;
}

/// Why nothing can be said; empty when something can.
std::string obstacle(const History& history, const Round& round, const Places& all) {
  if (!is_drained(history, round.topic)) return fmt::format("topic {} was not read to its end", round.topic);
  if (std::ranges::all_of(round.keys, [&](const auto& key) { return count_of(with_key(all, key)) == 0; }))
    return fmt::format("topic {} holds no record with any of these keys", round.topic);
  for (const std::string& key : round.keys)
    if (run_for_key(history, round.role, key, round.number) == nullptr)
      return fmt::format("the {} for key {} was not run {}", round.role, key,
                         counted(round.number + 1, "time"));
  return {};
}

/// Why what a run lacks is not its fault, or may not be; empty when it is.
std::string excuse(const History& history, const Round& round, const KeyFindings& findings,
                   const KeyReading& reading, const SampleIndex& index) {
  const ProgramRun& run = *reading.run;
  if (findings.missing.empty() ||
      !(findings.surplus.empty() && findings.disorder.empty() && findings.forged.empty()))
    return {};
  if (const GotOut got_out = what_got_out(history, round.topic, {&run}, reading.wanted, index);
      got_out != GotOut::all)
    return fmt::format("{} read every record, and printed {} before a signal ended it", run.program,
                       words_for(got_out));
  if (!is_heard_in_full(history, run.program) || findings.never_given < findings.missing.size()) return {};
  const auto shared = group_shared_with_others(history, run);
  if (!shared) return {};
  return fmt::format(
      "{} was told the group {} but joined {}, as other runs did, so that Kafka gave it only a part "
      "of the records; of those it printed what it should",
      run.program, run.group, *shared);
}

std::string summary(const KeyFindings& findings, const ProgramRun& run, std::size_t wanted) {
  if (!findings.forged.empty())
    return fmt::format("{} printed {} before the broker gave it", run.program,
                       counted(findings.forged.size(), "record"));
  if (findings.missing.empty() && findings.surplus.empty())
    return fmt::format("{} printed {} of key {} out of order", run.program,
                       counted(findings.disorder.size(), "record"), run.key);
  return fmt::format(
      "{} printed {}; key {} has {}, of which {} missing, and {} should not be there or are "
      "there too often",
      run.program, counted(findings.printed, "record"), run.key, wanted,
      counted(findings.missing.size(), "is", "are"), findings.surplus.size());
}

std::string hint_for(const KeyFindings& findings) {
  if (!findings.forged.empty()) return "print the records that poll() returns, when it returns them";
  if (!findings.surplus.empty()) return "print a record only if its whole key is the one that was asked for";
  if (!findings.missing.empty())
    return "does it start at the earliest offset, and go on when a record has another key?";
  return "print each record as it is consumed";
}

void add(Verdict& verdict, const KeyFindings& findings) {
  for (const auto* kind : {&findings.forged, &findings.surplus, &findings.missing, &findings.disorder})
    for (const Evidence& evidence : *kind) add_evidence(verdict, evidence);
}

/// Adds up what is said of each key's run.
class Tally {
 public:
  Tally(const History& history, const Round& round, const SampleIndex& index)
      : history_(history), round_(round), index_(index) {}

  void add_run(const KeyReading& reading, KeyFindings findings) {
    if (round_.asked == Asked::order) findings = {.printed = findings.printed, .disorder = findings.disorder};
    printed_ += findings.printed;
    if (unheard_.empty() && !is_heard_in_full(history_, reading.run->program))
      unheard_ = unheard(history_, reading.run->program);
    if (findings.is_clean()) return;
    if (std::string why = excuse(history_, round_, findings, reading, index_); !why.empty()) {
      excuse_ = std::move(why);
      return;
    }
    if (wrong_++ == 0) {
      actual_ = summary(findings, *reading.run, count_of(reading.wanted));
      hint_ = hint_for(findings);
    }
    add(shown_, findings);
    shown_.is_shortfall |= !findings.missing.empty() && findings.surplus.empty();
  }

  Verdict verdict(Verdict verdict) const {
    verdict.judged = fmt::format("{} printed by the runs for {}", counted(printed_, "record"),
                                 counted(round_.keys.size(), "key"));
    verdict.evidence = shown_.evidence;
    verdict.evidence_left_out = shown_.evidence_left_out;
    verdict.is_shortfall = shown_.is_shortfall;
    if (wrong_ > 0)
      return refuted(
          verdict, wrong_ == 1 ? actual_ : fmt::format("{} (and {} more runs)", actual_, wrong_ - 1), hint_);
    if (!excuse_.empty())
      return undecided(verdict, excuse_, "take the group from {group}, and flush the output");
    if (printed_ == 0) return undecided(verdict, fmt::format("no {} printed a record", round_.role));
    if (!unheard_.empty()) return undecided(verdict, unheard_ + ", so that what it printed may be forged");
    return holds(verdict,
                 fmt::format("{} printed, each by the run for its key", counted(printed_, "record")));
  }

 private:
  const History& history_;
  const Round& round_;
  const SampleIndex& index_;
  Verdict shown_ = {};
  std::size_t printed_ = 0, wrong_ = 0;
  std::string actual_ = {}, hint_ = {}, excuse_ = {}, unheard_ = {};
};

Verdict judge(const History& history, const Round& round, Verdict verdict) {
  const SampleIndex index(history);
  const Places all = places_in_log(history, round.topic, index);
  if (std::string why = obstacle(history, round, all); !why.empty())
    return undecided(verdict, std::move(why));
  const Lines lines = lines_to_judge(history, runs_of(history, round.role), index);
  Tally tally(history, round, index);
  for (const std::string& key : round.keys) {
    const KeyReading reading{
        .run = run_for_key(history, round.role, key, round.number), .all = all, .wanted = with_key(all, key)};
    tally.add_run(reading, findings_of(history, reading, index, lines));
  }
  return tally.verdict(std::move(verdict));
}

}  // namespace

const ProgramRun* run_for_key(const History& history, std::string_view role, std::string_view key,
                              std::size_t round) {
  Runs runs = runs_of(history, role);
  std::erase_if(runs, [&](const ProgramRun* run) { return run->key != key; });
  std::ranges::stable_sort(runs, {}, &ProgramRun::started);
  return round < runs.size() ? runs[round] : nullptr;
}

Verdict printed_by_key(const History& history, std::string_view topic, std::string_view role,
                       const std::vector<std::string>& keys) {
  return judge(
      history, {.topic = topic, .role = role, .keys = keys},
      {.claim = fmt::format("the {} prints exactly the records of its key, in their order", role),
       .expected = "for each key, its records and no others, each once and in the order of the log"});
}

Verdict printed_by_key_again(const History& history, std::string_view topic, std::string_view role,
                             const std::vector<std::string>& keys) {
  const bool was_right = printed_by_key(history, topic, role, keys).outcome == Outcome::holds;
  return judge(
      history,
      {.topic = topic,
       .role = role,
       .keys = keys,
       .number = 1,
       .asked = was_right ? Asked::everything : Asked::order},
      {.claim = fmt::format("run again with the keys in another order, the {} keeps each key's order", role),
       .expected = was_right ? "what the first round printed, and in the same order"
                             : "the records of each key in the order of the log"});
}

}  // namespace klab
