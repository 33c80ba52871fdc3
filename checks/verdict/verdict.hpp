#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// What a check says of a history. There is no fourth: what could not be judged is `undecided`, never
/// `holds`.
enum class Outcome { holds, refuted, undecided };

std::string_view name_of(Outcome outcome);

/// One place in the history that speaks for or against the claim.
struct Evidence {
  std::vector<std::size_t> lines = {};  ///< lines of history.jsonl, counted from 1
  std::string note = {};  ///< a plain sentence that names record, partition and offset where there are any
};

/// A check's answer. `judged` says how much was looked at ("1000 records in 6 partitions"): a verdict that
/// holds always judged something.
struct Verdict {
  std::string claim = {};  ///< what is asserted, in present tense
  Outcome outcome = Outcome::holds;
  std::string judged = {};
  std::string expected = {};
  std::string actual = {};  ///< for `undecided`: why it could not be judged
  std::vector<Evidence> evidence = {};
  std::size_t evidence_left_out = 0;  ///< how many more there were than `evidence` shows
  std::string hint = {};
  /// Refuted because something is missing: a program that ended early explains it
  bool is_shortfall = false;
};

/// Adds evidence up to a bound that is enough to see the pattern, then only counts; the saved history has the
/// rest.
void add_evidence(Verdict& verdict, Evidence evidence);

/// All evidence that was added, shown or only counted.
std::size_t evidence_count(const Verdict& verdict);

Verdict holds(Verdict verdict, std::string actual);
Verdict refuted(Verdict verdict, std::string actual, std::string hint = {});
Verdict undecided(Verdict verdict, std::string why, std::string hint = {});

/// The verdict as a person reads it in a terminal: claim, verdict, evidence, hint.
std::string render_text(const Verdict& verdict);

}  // namespace klab
