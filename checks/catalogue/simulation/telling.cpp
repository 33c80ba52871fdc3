#include "checks/catalogue/simulation/telling.hpp"

#include <algorithm>

#include "checks/history/event_kinds.hpp"

namespace klab {

LegalHistory Telling::lay_out() {
  Line line = 1;
  while (!order_.empty()) {
    auto next =
        std::ranges::min_element(order_, {}, [](const auto& queue) { return queue.second.front().number; });
    if (chance(30)) next = std::next(order_.begin(), static_cast<std::ptrdiff_t>(below(order_.size())));
    next->second.front().tell(++line);
    next->second.pop_front();
    if (next->second.empty()) order_.erase(next);
  }
  for_each_kind(legal.history, [](std::string_view, auto& events) {
    std::ranges::sort(events, {}, [](const auto& event) { return event.line; });
  });
  if (chance(50))
    for (Send& send : legal.history.sends) send.n.reset();
  return std::move(legal);
}

}  // namespace klab
