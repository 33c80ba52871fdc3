#include "runners/wire/views/consumer_protocol.hpp"

#include <algorithm>

#include "runners/wire/message_reader.hpp"
#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

struct Versioned {
  int version = 0;
  Struct message = {};
};

Decoded<Versioned> read_versioned(std::string_view name, std::string_view bytes) {
  ByteReader reader(bytes);
  const int version = reader.read_int16();
  if (reader.failed()) return reader.error();
  const MessageSpec& spec = *find_message(name);
  Decoded<Struct> message = read_message(spec, std::min<int>(version, spec.valid.highest), reader);
  if (!message) return message.error();
  return Versioned{version, std::move(*message)};
}

}  // namespace

Decoded<Subscription> read_subscription(std::string_view bytes) {
  const Decoded<Versioned> read = read_versioned("ConsumerProtocolSubscription", bytes);
  if (!read) return read.error();
  return Subscription{.version = read->version,
                      .topics = texts(read->message, "Topics"),
                      .owned = topic_partitions(read->message, "OwnedPartitions", "Partitions"),
                      .generation = number<std::int32_t>(read->message, "GenerationId"),
                      .rack = text_or_null(read->message, "RackId")};
}

Decoded<Assignment> read_assignment(std::string_view bytes) {
  const Decoded<Versioned> read = read_versioned("ConsumerProtocolAssignment", bytes);
  if (!read) return read.error();
  return Assignment{.version = read->version,
                    .partitions = topic_partitions(read->message, "AssignedPartitions", "Partitions")};
}

}  // namespace klab
