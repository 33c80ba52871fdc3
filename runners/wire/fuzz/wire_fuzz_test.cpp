#include "checks/fuzz/fuzz_trial.hpp"
#include "runners/wire/fuzz/conversation_target.hpp"
#include "runners/wire/fuzz/records_target.hpp"

namespace klab {
namespace {

TEST(ConversationFuzz, KeepsItsPromiseOnWhatBrokeItOnce) { replay_finds(kConversationTarget); }

TEST(ConversationFuzz, KeepsItsPromiseOnChangedTalk) { run_mutations(kConversationTarget, 5000); }

TEST(RecordsFuzz, KeepsItsPromiseOnWhatBrokeItOnce) { replay_finds(kRecordsTarget); }

TEST(RecordsFuzz, KeepsItsPromiseOnChangedBatches) { run_mutations(kRecordsTarget, 5000); }

}  // namespace
}  // namespace klab
