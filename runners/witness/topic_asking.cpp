#include "runners/witness/topic_asking.hpp"

#include "runners/wire/views/metadata.hpp"
#include "runners/witness/error_name.hpp"

namespace klab {
namespace {

// kafka Errors.java: the topic is there, and in a moment somebody leads it.
constexpr std::int16_t kLeaderNotAvailable = 5;

// Who makes up topics without end must not use up klab's memory.
constexpr std::size_t kMostTold = 100'000;

}  // namespace

void TopicAsking::hear(const Heard& heard) {
  if (heard.is_request() || heard.spoken.api_key != kMetadataKey) return;
  for (const auto& topic : read_metadata_response(heard.body()).topics) {
    if (topic.error == 0 || topic.error == kLeaderNotAvailable || told_.size() >= kMostTold) continue;
    const std::string name = notebook_.topics.name_of(topic.topic);
    if (told_.insert({heard.connection, name, topic.error}).second)
      notebook_.record(TopicRefused{.program = heard.program,
                                    .connection = heard.connection,
                                    .at = heard.at,
                                    .topic = name,
                                    .error = error_name(topic.error)});
  }
}

void TopicAsking::close(int connection) {
  std::erase_if(told_, [connection](const auto& told) { return std::get<0>(told) == connection; });
}

}  // namespace klab
