#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"

namespace klab {

struct FindCoordinatorRequest {
  int key_type = 0;                    ///< 0 group, 1 transaction, 2 share group
  std::vector<std::string> keys = {};  ///< before version 4 always one
};

struct FindCoordinatorResponse {
  struct Coordinator {
    std::string key = {};  ///< "" before version 4: that of the request
    std::int32_t node = -1;
    std::string host = {};
    std::int32_t port = -1;
    std::int16_t error = 0;
  };

  std::vector<Coordinator> coordinators = {};
};

FindCoordinatorRequest read_find_coordinator_request(const Struct& body);
FindCoordinatorResponse read_find_coordinator_response(const Struct& body);

}  // namespace klab
