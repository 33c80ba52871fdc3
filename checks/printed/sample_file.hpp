#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// The submission contains the file, and it holds exactly `records` objects that have at least `fields`.
/// Values are free, also empty ones, and so are further fields. Undecided when nobody looked for the file.
Verdict sample_file(const History& history, std::string_view name, std::size_t records,
                    const std::vector<std::string>& fields);

}  // namespace klab
