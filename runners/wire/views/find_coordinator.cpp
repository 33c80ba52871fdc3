#include "runners/wire/views/find_coordinator.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

FindCoordinatorResponse::Coordinator read_coordinator(const Struct& from) {
  return {.key = from.find("Key") == nullptr ? "" : text(from, "Key"),
          .node = number<std::int32_t>(from, "NodeId"),
          .host = text(from, "Host"),
          .port = number<std::int32_t>(from, "Port"),
          .error = number<std::int16_t>(from, "ErrorCode")};
}

}  // namespace

FindCoordinatorRequest read_find_coordinator_request(const Struct& body) {
  FindCoordinatorRequest request{.key_type = number<int>(body, "KeyType"),
                                 .keys = texts(body, "CoordinatorKeys")};
  if (body["Key"].is_present) request.keys.push_back(text(body, "Key"));
  return request;
}

FindCoordinatorResponse read_find_coordinator_response(const Struct& body) {
  FindCoordinatorResponse response{map_elements(body, "Coordinators", read_coordinator)};
  if (body["NodeId"].is_present) response.coordinators.push_back(read_coordinator(body));
  return response;
}

}  // namespace klab
