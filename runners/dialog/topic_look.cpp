#include "runners/dialog/topic_look.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "runners/dialog/broker_dialog.hpp"
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

}  // namespace

TopicLooked look_at_topic(const std::string& bootstrap, Cluster& cluster, const std::string& topic) {
  TopicLooked look{.topic = topic};
  std::size_t partitions = 0;
  BrokerDialog dialog(bootstrap);
  dialog.ask(kMetadataKey, kMetadataVersion, metadata_of(topic), [&](const Struct& body) {
    for (const auto& found : read_metadata_response(body).topics) {
      if (found.error != 0) continue;
      look.id = fmt::format("{:02x}", fmt::join(found.topic.id, ""));
      partitions = found.partitions.size();
    }
  });
  if (!look.exists()) return look;
  dialog.ask(kDescribeLogDirsKey, kDescribeLogDirsVersion, log_dirs_of(topic, partitions),
             [&](const Struct& body) { look.bytes = bytes_in(body); });
  look.partitions = cluster.log_bounds(topic, static_cast<int>(partitions));
  return look;
}

}  // namespace klab
