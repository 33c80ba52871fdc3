#pragma once

#include <string>

#include "checks/catalogue/catalogue.hpp"
#include "checks/history/history.hpp"

namespace klab {

/// What `klab judge` prints: one JSON object, indented. docs/history.md describes it.
std::string to_json_text(const HistoryJudgement& judgement, const Policy& policy, const History& history,
                         const std::string& source);

}  // namespace klab
