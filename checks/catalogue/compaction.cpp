#include "checks/catalogue/compaction.hpp"

#include <set>

namespace klab {
namespace {

/// What was sent, and perhaps stored, nobody knows where: it may lie behind any record of its topic.
struct Unplaced {
  std::set<std::pair<Name, Name>> keys = {};  ///< a topic and a key
  std::set<Name> topics = {};                 ///< where the key is not known either
};

bool is_placed(const Model& model, const Policy& policy, const SendFact& send) {
  const bool is_told = send.offset != kNoOffset && send.partition != kNoName;
  if (is_told && effective_outcome(model, send) == CallOutcome::ok) return true;
  const IdFact& id = model.of_id[send.id];
  return id.sends == 1 && id.partition != kNoName && is_place_sure(send, policy);
}

Unplaced unplaced_sends(const Model& model, const Policy& policy) {
  Unplaced unplaced;
  for (const SendFact& send : model.sends) {
    if (effective_outcome(model, send) == CallOutcome::failed || is_placed(model, policy, send)) continue;
    if (send.key == kNoName)
      unplaced.topics.insert(send.topic);
    else
      unplaced.keys.emplace(send.topic, send.key);
  }
  return unplaced;
}

Name key_of(const Model& model, const LogEntry& entry) {
  const Name send = entry.id == kNoName ? kNoName : model.of_id[entry.id].first_send;
  return send == kNoName ? kNoName : model.sends[send].key;
}

}  // namespace

void mark_superseded(Model& model, const Policy& policy) {
  const Unplaced unplaced = unplaced_sends(model, policy);
  for (Name partition = 0; partition < model.logs.size(); ++partition) {
    const Name topic = model.partitions[partition].topic;
    std::vector<bool> has_later(model.keys.size());
    bool may_be_any = unplaced.topics.contains(topic);
    PartitionLog& log = model.logs[partition];
    for (auto entry = log.rbegin(); entry != log.rend(); ++entry) {
      const Name key = key_of(model, *entry);
      may_be_any = may_be_any || key == kNoName;
      // The cleaner takes out what was aborted, whatever its key.
      entry->is_superseded =
          may_be_any || has_later[key] || !entry->is_committed || unplaced.keys.contains({topic, key});
      if (key != kNoName) has_later[key] = true;
    }
  }
}

}  // namespace klab
