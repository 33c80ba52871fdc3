#include "runners/wire/views/list_offsets.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {

ListOffsetsRequest read_list_offsets_request(const Struct& body) {
  return {
      .is_read_committed = number<int>(body, "IsolationLevel") == 1,
      .partitions = map_partitions(body, "Topics", "Partitions", [](TopicRef topic, const Struct& partition) {
        return ListOffsetsRequest::Partition{
            {std::move(topic), number<std::int32_t>(partition, "PartitionIndex")},
            number<std::int64_t>(partition, "Timestamp")};
      })};
}

ListOffsetsResponse read_list_offsets_response(const Struct& body) {
  return {map_partitions(body, "Topics", "Partitions", [](TopicRef topic, const Struct& partition) {
    return ListOffsetsResponse::Partition{
        .of = {std::move(topic), number<std::int32_t>(partition, "PartitionIndex")},
        .error = number<std::int16_t>(partition, "ErrorCode"),
        .timestamp = number<std::int64_t>(partition, "Timestamp"),
        .offset = number<std::int64_t>(partition, "Offset")};
  })};
}

}  // namespace klab
