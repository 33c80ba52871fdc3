#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Each message of the topic holds one record of the sample: no array of several, and nothing that is no
/// record at all. Undecided for an empty topic.
Verdict one_record_a_message(const History& history, std::string_view topic);

}  // namespace klab
