// What libFuzzer calls; built once for each target, KLAB_FUZZ_TARGET. With --write-seeds DIR it writes the
// seeds instead.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "checks/fuzz/fuzz_target.hpp"

namespace klab {
extern const FuzzTarget KLAB_FUZZ_TARGET;
}

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

const klab::FuzzTarget& target = klab::KLAB_FUZZ_TARGET;

constexpr std::size_t kGrowth = 64;

std::string mutate_as_libfuzzer(std::string bytes) {
  const std::size_t size = bytes.size();
  bytes.resize(size + kGrowth);
  bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), size, bytes.size()));
  return bytes;
}

void write_seeds(const std::filesystem::path& folder) {
  std::size_t number = 0;
  for (const std::string& seed : target.seeds())
    std::ofstream(folder / ("seed-" + std::to_string(number++))) << seed;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (*argc != 3 || std::string_view((*argv)[1]) != "--write-seeds") return 0;
  write_seeds((*argv)[2]);
  std::exit(0);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  target.run({reinterpret_cast<const char*>(data), size});
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  klab::Random random(seed);
  const std::string input(reinterpret_cast<const char*>(data), size);
  const std::string output = target.mutate(input, random, mutate_as_libfuzzer);
  const std::size_t taken = std::min(output.size(), max_size);
  std::copy_n(output.begin(), taken, data);
  return taken;
}
