#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/run_result.hpp"

namespace klab {

// The words every report says alike. Nothing here is made safe for a format: what comes from a program is
// still raw.

/// Enough of any text to understand it; a record a student made may be a megabyte.
inline constexpr std::size_t kLongestField = 2000;

/// "9 of 10 properties hold, 1 failed". Names only what there is.
std::string outcome_sentence(const Tally& tally);

/// The same with the score: "9 of 10 properties hold, 1 failed; 11 of 12 points".
std::string summary_sentence(const Tally& tally);

/// "51 of 60 points are judged here; 3 hidden properties worth 9 are told after the deadline". Empty where
/// nothing is left out.
std::string withheld_sentence(const RunResult& run);

/// "3 points are open: 2 properties could not be judged, which is not the submission's fault". Empty where
/// all could be.
std::string open_sentence(const RunResult& run);

/// "2", "1.5": at most two decimals.
std::string points_text(double points);

/// "PASS", "FAIL", "SKIP", "ERROR" or "NOT RUN".
std::string_view mark_of(PropertyOutcome outcome);

/// "timeout"; empty for what is simply refuted and for all that did not fail.
std::string_view kind_remark(const PropertyResult& property);

/// "lines 12, 15 of sections/A/history.jsonl"; many lines are cut short and counted. Empty without lines.
std::string place_in_history(const Evidence& evidence, std::string_view folder = {});

/// "the witnesses disagree: consumer-1 printed 3 records that the broker never gave it (line 7 of
/// history.jsonl)".
std::string disagreement_sentence(const Evidence& disagreement, std::string_view folder);

/// "A.stored-once, A.unchanged": what a skipped property waits for; empty when it names none.
std::string needs_text(const PropertyResult& property);

/// One self-contained line that says what went wrong, also where nothing was recorded. Bounded.
std::string reason_line(const PropertyResult& property);

/// "notes.txt, smith.zip and 3 more": at most so many of them.
std::string first_few(std::vector<std::string> names, std::size_t most);

/// Text of any origin as one bounded line.
std::string field_line(std::string_view raw);

}  // namespace klab
