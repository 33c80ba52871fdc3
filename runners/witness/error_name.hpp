#pragma once

#include <cstdint>
#include <string>

namespace klab {

/// The name of an error on the wire, "" for none: "PRODUCER_FENCED". Kafka's (Errors.java), but for a few
/// that Kafka has renamed and librdkafka has not: 6 is "NOT_LEADER_FOR_PARTITION".
std::string error_name(std::int16_t code);

}  // namespace klab
