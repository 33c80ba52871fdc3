#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// An answer of answers.json says of a submitted file what wc says of it: lines, words and bytes, as the text
/// that wc prints ("1002 28002 338451", a file name may follow) or as an object with these three fields.
/// Where lines end in CR LF in one place and in LF in another, as a checkout by git may have it, bytes differ
/// by one a line: both counts are right.
///
/// An answer that is not there is refuted: it is asked for. Undecided when nobody looked for it or the file.
Verdict word_count_answer(const History& history, std::string_view answer, std::string_view file);

}  // namespace klab
