#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "checks/history/history.hpp"

namespace klab {

/// When each program's client was first given each message.
class Deliveries {
 public:
  explicit Deliveries(const History& history);

  /// Nothing where the program was never given it.
  std::optional<Moment> first(std::string_view program, const LoggedRecord& record) const;

  /// How many different messages of a topic a program was given.
  std::size_t count(std::string_view program, std::string_view topic) const;

 private:
  using Place =
      std::tuple<std::string_view, int, std::int64_t>;  // views into the history, which outlives this

  std::map<std::string_view, std::map<Place, Moment>> by_program_ = {};
};

}  // namespace klab
