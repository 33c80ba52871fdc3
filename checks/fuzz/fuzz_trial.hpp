#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "checks/fuzz/fuzz_target.hpp"
#include "checks/fuzz/mutation.hpp"

namespace klab {

/// Runs every input that once broke the target.
inline void replay_finds(const FuzzTarget& target) {
  const std::filesystem::path folder = std::filesystem::path(KLAB_SOURCE_DIR) / target.finds;
  std::size_t replayed = 0;
  for (const std::filesystem::directory_entry& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string input(std::istreambuf_iterator<char>(in), {});
    EXPECT_NO_THROW(target.run(input)) << file.path();
    ++replayed;
  }
  EXPECT_GT(replayed, 0u) << "nothing in " << folder;
}

/// A small, always equal part of what libFuzzer does: seeds, changed up to four times each.
inline void run_mutations(const FuzzTarget& target, int rounds) {
  Random random(1);
  const std::vector<std::string> seeds = target.seeds();
  const MutateBytes mutate = [&](std::string bytes) { return mutate_bytes(std::move(bytes), random); };
  for (int round = 0; round < rounds; ++round) {
    std::string input = seeds[below(seeds.size(), random)];
    for (std::size_t changes = 1 + below(4, random); changes > 0; --changes)
      input = target.mutate(std::move(input), random, mutate);
    ASSERT_NO_THROW(target.run(input)) << "round " << round;
  }
}

}  // namespace klab
