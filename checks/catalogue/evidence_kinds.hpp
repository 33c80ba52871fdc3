#pragma once

#include <string_view>
#include <vector>

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// What a policy may require a history to hold.
struct EvidenceKind {
  std::string_view name = {};
  std::string_view what = {};
  std::size_t (*count)(const Model& model) = nullptr;
};

const std::vector<EvidenceKind>& evidence_kinds();

/// vacuous: evidence that the policy requires is not there. Then the run is not valid, whatever else holds.
void vacuous(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
