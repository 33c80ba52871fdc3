#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "checks/catalogue/simulation/legal_history.hpp"

namespace klab {

/// Chance, a clock, and the history as those tell it who take part: lines keep the order of each process, and
/// nothing else.
class Telling {
 public:
  explicit Telling(unsigned seed) : random_(seed) {}

  bool chance(int percent) { return static_cast<int>(random_() % 100) < percent; }
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  Moment now() const { return Moment(now_); }
  Moment tick() { return Moment(now_ += 1 + static_cast<std::int64_t>(below(3))); }
  void let_pass(Moment::rep time) { now_ += time; }

  /// Tells the event that was added last. To be called for each.
  template <typename Event>
  void place(const std::string& process, std::vector<Event>& events) {
    const std::size_t index = events.size() - 1;
    order_[process].push_back({placed_++, [&events, index](Line line) { events[index].line = line; }});
  }

  /// Gives every event its line. After everything else.
  LegalHistory lay_out();

  LegalHistory legal = {};

 private:
  struct Placed {
    std::size_t number = 0;
    std::function<void(Line)> tell = {};
  };

  std::mt19937 random_;
  std::int64_t now_ = 1000;
  std::map<std::string, std::deque<Placed>> order_ = {};
  std::size_t placed_ = 0;
};

}  // namespace klab
