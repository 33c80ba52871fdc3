#pragma once

#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// Seeded by hand, so that a run can be had again.
using Random = std::minstd_rand;

/// Changes bytes in any way, a few at a time.
using MutateBytes = std::function<std::string(std::string bytes)>;

/// Code that reads what others wrote, for libFuzzer (libfuzzer_main.cpp) and for the tests of normal builds
/// (fuzz_trial.hpp) alike.
struct FuzzTarget {
  std::string_view finds = {};  ///< the folder of inputs that once broke it, from the root of the sources

  /// Throws where a promise is broken; sanitizers and limits see to the rest.
  void (*run)(std::string_view input) = nullptr;

  std::vector<std::string> (*seeds)() = nullptr;

  /// Changes an input in a way that leaves more of it sensible than `change` alone does.
  std::string (*mutate)(std::string input, Random& random, const MutateBytes& change) = nullptr;
};

}  // namespace klab
