#pragma once

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace klab {

/// Points as a report writes them: at most two decimals, and none that is not needed.
inline nlohmann::ordered_json json_points(double points) {
  const double rounded = std::round(points * 100) / 100;
  if (rounded == std::floor(rounded)) return static_cast<std::int64_t>(rounded);
  return rounded;
}

}  // namespace klab
