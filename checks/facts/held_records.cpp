#include "checks/facts/held_records.hpp"

#include <algorithm>
#include <utility>

#include "checks/facts/answers.hpp"

namespace klab {
namespace {

/// Of programs for acknowledgements that the tap kept back.
class Waiting {
 public:
  explicit Waiting(const History& history) : history_(history), answers_(history) {
    for (const Disconnected& disconnected : history.disconnected)
      ends_.emplace(disconnected.connection, disconnected.at);
  }

  /// Before it was sent again, at `again`.
  bool was_given_up(const SentBatch& sent, Moment again) const {
    const auto end = ends_.find(sent.connection);
    const Moment given_up = end == ends_.end() ? again : std::min(end->second, again);
    const Answered* answer = answers_.to(sent);
    if (answer != nullptr && answer->at <= given_up) return false;
    return std::ranges::any_of(history_.acknowledgements_held, [&](const AcknowledgementsHeld& held) {
      return held.program == sent.program && held.from <= given_up && given_up <= held.until;
    });
  }

 private:
  const History& history_;
  const Answers answers_;
  std::map<int, Moment> ends_ = {};  // by connection
};

}  // namespace

HeldRecords::HeldRecords(const History& history, std::string_view program) {
  for (const AcknowledgementsHeld& held : history.acknowledgements_held)
    if (held.program == program) held_.push_back(&held);
}

const AcknowledgementsHeld* HeldRecords::of(const Sending& sending, Moment at_least) const {
  if (!sending.acknowledged || *sending.acknowledged - sending.arrived() < at_least) return nullptr;
  for (const AcknowledgementsHeld* held : held_)
    if (held->from <= *sending.acknowledged && held->until >= sending.arrived()) return held;
  return nullptr;
}

std::map<std::string_view, std::size_t> sent_again_while_held(const History& history,
                                                              std::string_view topic) {
  std::map<std::string_view, std::size_t> copies;
  if (history.acknowledgements_held.empty()) return copies;
  const Waiting waiting(history);
  std::map<std::pair<std::string_view, std::string_view>, const SentBatch*> latest;  // by program and id
  for (const SentBatch& sent : history.sent) {
    if (sent.topic != topic) continue;
    for (const std::string_view id : sent.ids) {
      const SentBatch* before = std::exchange(latest[{sent.program, id}], &sent);
      if (before != nullptr && waiting.was_given_up(*before, sent.at)) ++copies[id];
    }
  }
  return copies;
}

}  // namespace klab
