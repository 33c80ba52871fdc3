#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "checks/catalogue/policy.hpp"

namespace klab {

/// Reads a policy file. Throws BadInput with source and field for anything malformed; a field that is none
/// is, too, since a promise that is not understood would not be judged.
Policy read_policy(const std::string& text, const std::string& source);

/// The whole policy, with what was left to its defaults.
nlohmann::ordered_json to_json(const Policy& policy);

}  // namespace klab
