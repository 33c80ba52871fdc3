#pragma once

#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

struct ListOffsetsRequest {
  struct Partition {
    TopicPartition of = {};
    std::int64_t timestamp = 0;  ///< -1 asks for the end, -2 for the beginning
  };

  bool is_read_committed = false;
  std::vector<Partition> partitions = {};
};

struct ListOffsetsResponse {
  struct Partition {
    TopicPartition of = {};
    std::int16_t error = 0;
    std::int64_t timestamp = -1;
    std::int64_t offset = -1;
  };

  std::vector<Partition> partitions = {};
};

ListOffsetsRequest read_list_offsets_request(const Struct& body);
ListOffsetsResponse read_list_offsets_response(const Struct& body);

}  // namespace klab
