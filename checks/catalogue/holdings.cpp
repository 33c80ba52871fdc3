#include "checks/catalogue/holdings.hpp"

#include <algorithm>

namespace klab {

OwnershipFact& Holdings::begin(Name member, Name partition, Time at, Line line) {
  Holding& holding = of(member, partition);
  const bool is_sought = holding.before == Before::seek && holding.ownership == kNoName;
  holding = {.ownership = static_cast<Name>(model_.ownerships.size()),
             .before = is_sought ? Before::seek : Before::nothing,
             .sought = holding.sought,
             .doubts = doubts_of(member),
             .since = at,
             .former = holding.former};
  held_[member].push_back(partition);
  return model_.ownerships.emplace_back(OwnershipFact{
      .from = at, .from_line = static_cast<std::uint32_t>(line), .member = member, .partition = partition});
}

void Holdings::end(Name member, Name partition, OwnershipEnd how, Time at, Line line) {
  Holding& holding = of(member, partition);
  if (holding.ownership == kNoName) return;
  doubt_what_was_read_within(member, kNoName);
  OwnershipFact& ownership = model_.ownerships[holding.ownership];
  ownership.to = at;
  ownership.to_line = static_cast<std::uint32_t>(line);
  ownership.end = how;
  if (is_doubtful(member, holding)) ownership.moved_to = kAnywhere;
  holding = {.former = holding.ownership};
  std::erase(held_[member], partition);
}

bool Holdings::has_given_up(Name member, Name partition) const {
  const auto found = given_up_.find(member);
  return found != given_up_.end() && std::ranges::find(found->second, partition) != found->second.end();
}

void Holdings::add_doubt(Name member) {
  if (member >= doubts_.size()) doubts_.resize(member + 1);
  ++doubts_[member];
}

void Holdings::doubt_what_was_read_within(Name member, Name unless) {
  const auto undecided = undecided_.find(member);
  if (undecided == undecided_.end() || undecided->second == unless) return;
  undecided_.erase(undecided);
  add_doubt(member);
}

bool Holdings::is_position_known(Name member, const Holding& holding) const {
  return holding.last_read != kNoName && !is_doubtful(member, holding) &&
         model_.polls[model_.reads[holding.last_read].poll].outcome == CallOutcome::ok;
}

}  // namespace klab
