#include "checks/facts/deliveries.hpp"

#include <algorithm>

namespace klab {

Deliveries::Deliveries(const History& history) {
  for (const Delivered& delivered : history.delivered)
    for (const std::int64_t offset : delivered.offsets)
      by_program_[delivered.program].try_emplace({delivered.topic, delivered.partition, offset}, &delivered);
}

const Delivered* Deliveries::first_answer(std::string_view program, const LoggedRecord& record) const {
  const auto of_program = by_program_.find(program);
  if (of_program == by_program_.end()) return nullptr;
  const auto found = of_program->second.find({record.topic, record.partition, record.offset});
  return found == of_program->second.end() ? nullptr : found->second;
}

std::optional<Moment> Deliveries::first(std::string_view program, const LoggedRecord& record) const {
  const Delivered* answer = first_answer(program, record);
  return answer == nullptr ? std::nullopt : std::optional(answer->at);
}

std::size_t Deliveries::count(std::string_view program, std::string_view topic) const {
  const auto of_program = by_program_.find(program);
  if (of_program == by_program_.end()) return 0;
  return static_cast<std::size_t>(std::ranges::count_if(
      of_program->second, [&](const auto& entry) { return std::get<0>(entry.first) == topic; }));
}

}  // namespace klab
