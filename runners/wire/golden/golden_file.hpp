#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// A message made by Kafka's own classes: see golden/MakeVectors.java.
struct GoldenMessage {
  std::string name = {};
  int version = 0;
  std::string bytes = {};
  std::string json = {};
};

/// All of golden/messages.txt.gz; read once. Throws std::runtime_error where it cannot be read.
const std::vector<GoldenMessage>& golden_messages();

/// Record batches made by Kafka's own classes, by name: see golden/MakeBatches.java.
std::string golden_batch(std::string_view name);
std::vector<std::string> golden_batches();  ///< all of them

/// What one read of a proxy between a client and a broker gave.
struct GoldenPiece {
  int connection = 0;
  bool is_to_broker = false;
  std::string bytes = {};
};

/// golden/conversations.txt.gz: a plain TCP proxy in front of Kafka 4.3.0, recorded once. The Java
/// client 4.3.0 wrote twenty records in each codec, some with acks=0, a committed and an aborted transaction,
/// and read as a member of a classic and of a new group; kcat (librdkafka 2.0.2) did as much.
const std::vector<GoldenPiece>& golden_pieces();

/// White space is passed over. Throws std::invalid_argument where it is no hex.
std::string from_hex(std::string_view hex);

}  // namespace klab
