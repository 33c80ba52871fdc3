#include "runners/witness/fuzz/witness_target.hpp"

#include "checks/fuzz/fuzz_trial.hpp"

namespace klab {
namespace {

TEST(WitnessFuzz, KeepsItsPromiseOnWhatBrokeItOnce) { replay_finds(kWitnessTarget); }

TEST(WitnessFuzz, KeepsItsPromiseOnChangedTalk) { run_mutations(kWitnessTarget, 3000); }

}  // namespace
}  // namespace klab
