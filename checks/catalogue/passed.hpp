#pragma once

#include <vector>

#include "checks/catalogue/model.hpp"

namespace klab {

/// Offsets that somebody read past, both ends included.
struct Passed {
  std::int64_t first = 0;
  std::int64_t last = 0;
  Time earliest_end = kUnknownTime;  ///< by when something that was read in it was stored
  Time latest_begin = kUnknownTime;  ///< of the sends of what was read in it

  bool contains(std::int64_t offset) const { return first <= offset && offset <= last; }
};

/// By partition, each in order and without overlaps.
std::vector<std::vector<Passed>> passed_offsets(const Model& model, const Policy& policy);

}  // namespace klab
