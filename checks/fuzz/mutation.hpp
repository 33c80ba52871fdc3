#pragma once

#include <string>

#include "checks/fuzz/fuzz_target.hpp"

namespace klab {

/// A number from 0 to below `end`; 0 where there is none.
std::size_t below(std::size_t end, Random& random);

/// One random change: a byte set, a range taken out, doubled, or filled with the like of a length.
std::string mutate_bytes(std::string bytes, Random& random);

/// One element taken out, doubled, or put elsewhere.
template <typename Element>
void mutate_order(std::vector<Element>& elements, Random& random) {
  if (elements.empty()) return;
  const auto at = elements.begin() + static_cast<std::ptrdiff_t>(below(elements.size(), random));
  const auto to = static_cast<std::ptrdiff_t>(below(elements.size(), random));
  switch (below(3, random)) {
    case 0:
      elements.erase(at);
      return;
    case 1:
      elements.insert(elements.begin() + to, Element(*at));
      return;
    default:
      std::swap(*at, elements[static_cast<std::size_t>(to)]);
  }
}

}  // namespace klab
