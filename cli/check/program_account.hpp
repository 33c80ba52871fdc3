#pragma once

#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "reports/run_result.hpp"

namespace klab {

/// What a program printed and what the wire heard of it, by time: what is alike in a row is one entry, and of
/// many entries the first and the last are told.
std::vector<AccountEntry> program_account(const History& history, std::string_view program);

}  // namespace klab
