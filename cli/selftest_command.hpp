#pragma once

#include <string>
#include <vector>

namespace klab {

struct SelftestOptions {
  std::vector<std::string> names = {};  ///< "broken/drops-last-record"; all when empty
  std::string broker = "auto";
  bool only_list = false;
};

/// Their names: "broken/drops-last-record".
std::vector<std::string> selftest_names();

/// Grades the submissions of fixtures/submissions: references and twins pass every property, each broken one
/// fails exactly the properties that its expected.json names. Returns an exit code: 1 when one of them does
/// otherwise.
int selftest(const SelftestOptions& options);

}  // namespace klab
