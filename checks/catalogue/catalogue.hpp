#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"
#include "checks/catalogue/policy.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// A check of the catalogue: a pure function of the model.
struct CatalogueCheck {
  std::string_view name = {};
  std::string_view claim = {};  ///< what is asserted where it holds
  std::string_view unit = {};   ///< what it counts as judged: "reads"
  std::string_view hint = {};
  CheckClass (*class_under)(const Policy& policy) = nullptr;
  void (*judge)(const Model& model, const Policy& policy, Findings& findings) = nullptr;
};

/// All of them, in the order in which they are reported. docs/history.md has the same table for people.
const std::vector<CatalogueCheck>& catalogue();

/// What one check says of a history. `refuted` only where something was found that costs; what is found and
/// does not cost is counted all the same. Where nothing was judged it is undecided, never `holds`.
struct Judgement {
  const CatalogueCheck* check = nullptr;
  Outcome outcome = Outcome::undecided;
  CheckClass check_class = CheckClass::fail;
  Findings findings = {};
  std::string why = {};  ///< it is undecided
};

struct HistoryJudgement {
  std::vector<Judgement> checks = {};
  /// Refuted: one check is; undecided: not one holds, or it is not valid
  Outcome outcome = Outcome::undecided;
  bool is_valid = false;  ///< all evidence that the policy requires is there
};

/// Throws BadInput where the history contradicts itself in a way that leaves nothing to judge.
HistoryJudgement judge_history(const History& history, const Policy& policy);

/// Whether some check is called so.
bool is_check(std::string_view name);

}  // namespace klab
