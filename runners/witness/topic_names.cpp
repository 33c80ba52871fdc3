#include "runners/witness/topic_names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runners/wire/views/metadata.hpp"
#include "runners/wire/views/topic_changes.hpp"

namespace klab {

void TopicNames::hear(const Heard& heard) {
  if (heard.is_request()) return;
  if (heard.spoken.api_key == kMetadataKey)
    for (const auto& topic : read_metadata_response(heard.body()).topics) learn(topic.topic);
  if (heard.spoken.api_key == kCreateTopicsKey)
    for (const auto& result : read_create_topics_response(heard.body())) learn(result.topic);
}

void TopicNames::learn(const TopicRef& topic) {
  if (!topic.name.empty() && topic.id != Uuid{}) names_[topic.id] = topic.name;
}

std::string TopicNames::name_of(const TopicRef& topic) const {
  if (!topic.name.empty()) return topic.name;
  const auto found = names_.find(topic.id);
  return found != names_.end() ? found->second : fmt::format("{:02x}", fmt::join(topic.id, ""));
}

}  // namespace klab
