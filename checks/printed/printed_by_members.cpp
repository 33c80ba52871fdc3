#include "checks/printed/printed_by_members.hpp"

#include <fmt/format.h>

#include "checks/counted.hpp"
#include "checks/groups/delivered_to_one.hpp"
#include "checks/printed/printed_once.hpp"

namespace klab {

Verdict printed_by_members(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict = printed_once(history, topic, role);
  verdict.claim = fmt::format("the {}s together print every stored record once", role);
  const std::size_t again = delivered_to_several(history, topic, role);
  if (verdict.outcome != Outcome::refuted || verdict.is_shortfall || again == 0) return verdict;
  return undecided(verdict,
                   fmt::format("{} to more than one {}, which may print them again",
                               counted(again, "record was delivered", "records were delivered"), role));
}

}  // namespace klab
