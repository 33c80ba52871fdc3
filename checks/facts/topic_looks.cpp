#include "checks/facts/topic_looks.hpp"

#include <algorithm>

namespace klab {

std::vector<const TopicLooked*> looks_at(const History& history, std::string_view topic) {
  std::vector<const TopicLooked*> looks;
  for (const TopicLooked& look : history.topic_looks)
    if (look.topic == topic) looks.push_back(&look);
  return looks;
}

std::string_view replaced(const TopicLooked& before, const TopicLooked& after) {
  if (!after.exists()) return "the topic is gone";
  return after.id == before.id ? "" : "the topic was deleted, and another one made under its name";
}

const LogBounds* bounds_of(const TopicLooked& look, int partition) {
  const auto found = std::ranges::find(look.partitions, partition, &LogBounds::partition);
  return found == look.partitions.end() ? nullptr : &*found;
}

std::size_t offsets_in(const TopicLooked& look) {
  std::int64_t sum = 0;
  for (const LogBounds& log : look.partitions) sum += log.end - log.first;
  return static_cast<std::size_t>(sum);
}

}  // namespace klab
