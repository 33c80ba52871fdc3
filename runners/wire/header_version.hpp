#pragma once

#include "runners/wire/api_key.hpp"
#include "runners/wire/message_spec.hpp"

namespace klab {

/// Kafka ApiMessageTypeGenerator.generateHeaderVersion.
inline int request_header_version(const MessageSpec& request, int version) {
  return request.flexible.contains(version) ? 2 : 1;
}

/// ApiVersions has the old header whatever its body is: the client may not know yet what the broker speaks
/// (KIP-511).
inline int response_header_version(const MessageSpec& response, int version) {
  return response.api_key != kApiVersionsKey && response.flexible.contains(version) ? 1 : 0;
}

}  // namespace klab
