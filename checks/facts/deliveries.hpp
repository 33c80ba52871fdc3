#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "checks/history/history.hpp"

namespace klab {

/// By which answer each program's client was first given each message, and when.
class Deliveries {
 public:
  explicit Deliveries(const History& history);

  /// Null where the program was never given it.
  const Delivered* first_answer(std::string_view program, const LoggedRecord& record) const;
  std::optional<Moment> first(std::string_view program, const LoggedRecord& record) const;

  /// How many different messages of a topic a program was given.
  std::size_t count(std::string_view program, std::string_view topic) const;

 private:
  using Place =
      std::tuple<std::string_view, int, std::int64_t>;  // views into the history, which outlives this

  std::map<std::string_view, std::map<Place, const Delivered*>> by_program_ = {};
};

}  // namespace klab
