#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checks/history/moment.hpp"
#include "runners/wire/api_key.hpp"
#include "runners/wire/conversation.hpp"

namespace klab {

/// A frame whose body was understood: who said it, to whom, when.
struct Heard {
  const std::string& program;
  int connection = 0;
  Moment begun = {};  ///< its first bytes were passed on
  Moment at = {};     ///< all of it was
  const Spoken& spoken;

  bool is_request() const { return spoken.direction == Direction::to_broker; }
  const Struct& body() const { return *spoken.body; }
};

/// What was asked and is not answered yet. Of more than kMostUnanswered the smallest number of the
/// connection, as a rule its oldest, is forgotten.
template <typename Asked>
class Unanswered {
 public:
  void ask(const Heard& request, Asked asked) {
    asked_.insert_or_assign({request.connection, request.spoken.correlation_id}, std::move(asked));
    if (asked_.size() > kMostUnanswered) asked_.erase(asked_.lower_bound({request.connection, kSmallest}));
  }

  /// What the response answers; none where its request was not heard.
  std::optional<Asked> answer(const Heard& response) {
    auto found = asked_.extract({response.connection, response.spoken.correlation_id});
    return found.empty() ? std::nullopt : std::optional<Asked>(std::move(found.mapped()));
  }

  /// What will not be answered any more, in the order of its correlation ids.
  std::vector<Asked> close(int connection) {
    const auto first = asked_.lower_bound({connection, kSmallest});
    auto last = first;
    std::vector<Asked> left;
    for (; last != asked_.end() && last->first.first == connection; ++last)
      left.push_back(std::move(last->second));
    asked_.erase(first, last);
    return left;
  }

 private:
  static constexpr std::size_t kMostUnanswered = 1000;
  static constexpr std::int32_t kSmallest = std::numeric_limits<std::int32_t>::min();

  std::map<std::pair<int, std::int32_t>, Asked> asked_ = {};
};

}  // namespace klab
