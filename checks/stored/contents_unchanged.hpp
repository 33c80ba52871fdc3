#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Each stored record has the fields and values of its record in the sample, compared as JSON: order of
/// fields, white space and escapes are free, types are not. Says nothing about records that are missing or
/// doubled. Undecided when no stored message could be told to be a record of the sample.
Verdict contents_unchanged(const History& history, std::string_view topic);

}  // namespace klab
