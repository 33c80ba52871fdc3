#pragma once

#include <random>
#include <string_view>
#include <vector>

#include "checks/catalogue/simulation/legal_history.hpp"

namespace klab {

/// One thing that Kafka, a client or a program must not do, put into a legal history. For tests.
struct PlantedAnomaly {
  std::string_view check = {};  ///< that must refute it
  bool (*plant)(LegalHistory& legal,
                std::mt19937& random) = nullptr;  ///< false: the history gives no occasion
};

const std::vector<PlantedAnomaly>& planted_anomalies();

}  // namespace klab
