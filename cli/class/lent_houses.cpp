#include "cli/class/lent_houses.hpp"

#include <utility>

namespace klab {

std::unique_ptr<OwnHouse> LentHouses::lend() {
  while (!free_.empty()) {
    auto house = std::exchange(free_.back(), nullptr);
    free_.pop_back();
    if (house->is_running()) return house;
  }
  return std::make_unique<OwnHouse>(choice_, installation_, log_);
}

void LentHouses::take_back(std::unique_ptr<OwnHouse> house) { free_.push_back(std::move(house)); }

}  // namespace klab
