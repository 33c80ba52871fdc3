#include "checks/fuzz/history_target.hpp"

#include "checks/fuzz/fuzz_trial.hpp"

namespace klab {
namespace {

TEST(HistoryFuzz, KeepsItsPromiseOnWhatBrokeItOnce) { replay_finds(kHistoryTarget); }

TEST(HistoryFuzz, KeepsItsPromiseOnChangedHistories) { run_mutations(kHistoryTarget, 2000); }

}  // namespace
}  // namespace klab
