#include "runners/witness/error_name.hpp"

#include <librdkafka/rdkafka.h>

namespace klab {

std::string error_name(std::int16_t code) {
  // librdkafka uses the protocol's codes as its own.
  if (code == 0) return {};
  return rd_kafka_err2name(static_cast<rd_kafka_resp_err_t>(code));
}

}  // namespace klab
