#include "runners/wire/views/fields.hpp"

namespace klab {

std::string repeated_name(const Struct& from, std::string_view name) {
  return std::string(bytes(from, name).substr(0, kLongestName + 1));
}

TopicRef topic_of(const Struct& from) {
  TopicRef topic;
  for (const char* name : {"Name", "Topic"})
    if (from.find(name) != nullptr) topic.name = repeated_name(from, name);
  if (const Value* id = from.find("TopicId")) topic.id = id->uuid();
  return topic;
}

std::vector<std::string> texts(const Struct& from, std::string_view name) {
  std::vector<std::string> results;
  for (const Value& element : elements(from, name)) results.emplace_back(element.text());
  return results;
}

std::vector<TopicPartition> topic_partitions(const Struct& from, std::string_view topics,
                                             std::string_view partitions) {
  std::vector<TopicPartition> results;
  for (const Value& topic : elements(from, topics))
    for (const Value& partition : elements(topic.structure(), partitions))
      results.push_back({topic_of(topic.structure()), static_cast<std::int32_t>(partition.integer())});
  return results;
}

}  // namespace klab
