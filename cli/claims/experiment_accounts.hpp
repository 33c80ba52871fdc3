#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "claims/experiment_account.hpp"
#include "cli/installation.hpp"

namespace klab {

/// What there is to show of experiments whose histories are these, relative to the installation's file of
/// measurements; nothing of one that is no longer there. Keeps copies of them in `folder`, the page's.
std::vector<ExperimentAccount> experiment_accounts(const std::set<std::string>& evidence,
                                                   const Installation& installation,
                                                   const std::filesystem::path& folder);

}  // namespace klab
