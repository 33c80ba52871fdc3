#include "runners/dialog/topic_look.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "checks/errors.hpp"
#include "runners/dialog/broker_dialog.hpp"
#include "runners/eventually.hpp"
#include "runners/wire/api_key.hpp"
#include "runners/wire/views/metadata.hpp"

namespace klab {
namespace {

// The first versions that do: name topics' ids, and ask about one topic.
constexpr int kMetadataVersion = 12;
constexpr int kDescribeLogDirsVersion = 2;

RequestBody metadata_of(const std::string& topic) {
  RequestBody body;
  body.compact_length(1).bytes(std::string(sizeof(Uuid), '\0'));
  body.compact_length(topic.size()).bytes(topic).no_tags();
  constexpr std::int8_t kCreatesTopic = 0, kWithOperations = 0;
  return body.int8(kCreatesTopic).int8(kWithOperations).no_tags();
}

RequestBody log_dirs_of(const std::string& topic, std::size_t partitions) {
  RequestBody body;
  body.compact_length(1).compact_length(topic.size()).bytes(topic).compact_length(partitions);
  for (std::size_t i = 0; i < partitions; ++i) body.int32(static_cast<std::int32_t>(i));
  return body.no_tags().no_tags();
}

std::size_t bytes_in(const Struct& response) {
  std::int64_t sum = 0;
  for (const Value& folder : response["Results"].array())
    for (const Value& topic : folder.structure()["Topics"].array())
      for (const Value& partition : topic.structure()["Partitions"].array())
        sum += partition.structure()["PartitionSize"].integer();
  return static_cast<std::size_t>(sum);
}

// Metadata names a topic before its broker serves it, and for a moment after it was deleted.
constexpr auto kPatience = std::chrono::seconds(15);

/// Its id, if there is one, and how many partitions it has.
std::size_t find_topic(BrokerDialog& dialog, TopicLooked& look) {
  std::size_t partitions = 0;
  dialog.ask(kMetadataKey, kMetadataVersion, metadata_of(look.topic), [&](const Struct& body) {
    for (const auto& found : read_metadata_response(body).topics) {
      if (found.error != 0) continue;
      look.id = fmt::format("{:02x}", fmt::join(found.topic.id, ""));
      partitions = found.partitions.size();
    }
  });
  return partitions;
}

}  // namespace

TopicLooked look_at_topic(const std::string& bootstrap, Cluster& cluster, const std::string& topic) {
  BrokerDialog dialog(bootstrap);
  TopicLooked look;
  const auto has_seen = [&] {
    look = {.topic = topic};
    const std::size_t partitions = find_topic(dialog, look);
    if (!look.exists()) return true;
    dialog.ask(kDescribeLogDirsKey, kDescribeLogDirsVersion, log_dirs_of(topic, partitions),
               [&](const Struct& body) { look.bytes = bytes_in(body); });
    const auto bounds = cluster.served_log_bounds(topic, static_cast<int>(partitions));
    look.partitions = bounds.value_or(std::vector<LogBounds>());
    return bounds.has_value();
  };
  if (!eventually(has_seen, kPatience))
    throw HarnessError(fmt::format("the broker did not serve topic {}: waited 15 s", topic));
  return look;
}

}  // namespace klab
