#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

/// Since version 3 it tells which client library this is (KIP-511); before, both are empty.
struct ApiVersionsRequest {
  std::string software_name = {};
  std::string software_version = {};
};

struct ApiVersionsResponse {
  struct Api {
    std::int16_t key = 0, lowest = 0, highest = 0;
  };

  std::int16_t error = 0;
  std::vector<Api> apis = {};
};

ApiVersionsRequest read_api_versions_request(const Struct& body);
ApiVersionsResponse read_api_versions_response(const Struct& body);

}  // namespace klab
