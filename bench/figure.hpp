#pragma once

#include <fmt/format.h>

#include <string_view>

namespace klab {

/// Prints a figure as `./klab bench` promises it: one JSON object a line. `peer` is what the plain way took
/// in the same run, in the same unit.
inline void print_figure(std::string_view name, double value, std::string_view unit, double peer) {
  fmt::print(R"({{"name": "{}", "value": {:.3f}, "unit": "{}", "peer": {:.3f}, "ratio": {:.3f}}})"
             "\n",
             name, value, unit, peer, value / peer);
  std::fflush(stdout);
}

}  // namespace klab
