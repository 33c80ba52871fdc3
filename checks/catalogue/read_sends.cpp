#include "checks/catalogue/read_sends.hpp"

#include <algorithm>

namespace klab {

ReadSends::ReadSends(const Model& model) : model_(model) {
  if (std::ranges::none_of(model.of_id, [](const IdFact& id) { return id.sends > 1; })) return;
  for (Name i = 0; i < model.sends.size(); ++i)
    if (const Name id = model.sends[i].id; model.of_id[id].sends > 1) sent_again_[id].push_back(i);
}

const SendFact* ReadSends::of(const ReadFact& read) const {
  if (read.id == kNoName || model_.of_id[read.id].sends == 0) return nullptr;
  if (model_.of_id[read.id].sends == 1) return &model_.sends[model_.of_id[read.id].first_send];
  const std::vector<const SendFact*> sends = all_of(read);
  for (const SendFact* send : sends)
    if (send->partition == read.partition && send->offset == read.offset) return send;
  const bool is_none_stored = std::ranges::all_of(
      sends, [&](const SendFact* send) { return effective_outcome(model_, *send) == CallOutcome::failed; });
  return is_none_stored ? sends.front() : nullptr;
}

std::vector<const SendFact*> ReadSends::all_of(const ReadFact& read) const {
  std::vector<const SendFact*> sends;
  if (read.id == kNoName) return sends;
  const IdFact& id = model_.of_id[read.id];
  if (id.sends == 1) return {&model_.sends[id.first_send]};
  if (const auto found = sent_again_.find(read.id); found != sent_again_.end())
    for (const Name send : found->second) sends.push_back(&model_.sends[send]);
  return sends;
}

}  // namespace klab
