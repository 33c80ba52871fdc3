#pragma once

#include <cstdint>
#include <string>

namespace klab {

/// Kafka's name of an error on the wire (kafka Errors.java), "" for none: "NOT_LEADER_OR_FOLLOWER".
std::string error_name(std::int16_t code);

}  // namespace klab
