#pragma once

#include <utility>
#include <vector>

#include "checks/catalogue/names.hpp"

namespace klab {

/// From one node of a graph to another.
using Edge = std::pair<Name, Name>;

/// The strongly connected components of more than one node, each in ascending order: who stands in a circle
/// stands in one of them. Linear but for sorting the edges; recurses nowhere.
std::vector<std::vector<Name>> circles(std::vector<Edge> edges, std::size_t nodes);

}  // namespace klab
