#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Each consumer began to read the topic before the producers' last record arrived at the broker. Whether it
/// was given records by then is not asked: its partitions may hold none.
///
/// Undecided when a program was not heard in full, the producers sent nothing, or a consumer never read
/// anything.
Verdict consumed_meanwhile(const History& history, std::string_view topic, std::string_view producers,
                           std::string_view consumers);

}  // namespace klab
