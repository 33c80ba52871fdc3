#include "runners/wire/views/api_versions.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {

ApiVersionsRequest read_api_versions_request(const Struct& body) {
  return {text(body, "ClientSoftwareName"), text(body, "ClientSoftwareVersion")};
}

ApiVersionsResponse read_api_versions_response(const Struct& body) {
  return {.error = number<std::int16_t>(body, "ErrorCode"),
          .apis = map_elements(body, "ApiKeys", [](const Struct& api) {
            return ApiVersionsResponse::Api{number<std::int16_t>(api, "ApiKey"),
                                            number<std::int16_t>(api, "MinVersion"),
                                            number<std::int16_t>(api, "MaxVersion")};
          })};
}

}  // namespace klab
