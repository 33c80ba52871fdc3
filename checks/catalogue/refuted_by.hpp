#pragma once

#include <set>
#include <string>

#include "checks/catalogue/catalogue.hpp"

namespace klab {

/// The checks that refute a history: for tests, in which one thing is wrong, and one check must say so.
inline std::set<std::string> refuted_by(const History& history, const Policy& policy = {}) {
  std::set<std::string> names;
  for (const Judgement& judgement : judge_history(history, policy).checks)
    if (judgement.outcome == Outcome::refuted) names.emplace(judgement.check->name);
  return names;
}

/// What one check says of it.
inline Judgement judged_by(std::string_view check, const History& history, const Policy& policy = {}) {
  for (Judgement& judgement : judge_history(history, policy).checks)
    if (judgement.check->name == check) return judgement;
  return {};
}

inline Outcome outcome_of(std::string_view check, const History& history, const Policy& policy = {}) {
  return judged_by(check, history, policy).outcome;
}

}  // namespace klab
