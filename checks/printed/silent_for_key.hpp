#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Every run of a role that was told this key, which no record has, is given all records, prints none of them
/// and does not crash. Other output is free. A crash is an end of its own with another exit code than 0 or by
/// a signal, or for a limit; what comes after it was told to stop is none.
///
/// Undecided when some record has the key, when the topic holds nothing or was not read to its end, and for a
/// run that is silent but was not heard in full or was not given every record; the records of the partitions
/// that it chose are enough where the runs for other keys chose some as well. Also where a run ends with exit
/// code 1 and without a word: a pipeline that ends in grep does so when it finds nothing.
Verdict silent_for_key(const History& history, std::string_view topic, std::string_view role,
                       std::string_view key);

}  // namespace klab
