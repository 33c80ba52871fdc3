#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runners/wire/conversation.hpp"

namespace klab {

/// One thing that is said in a conversation.
struct Utterance {
  Direction direction = Direction::to_broker;
  bool is_framed = true;   ///< the length before it is made from it, and so is right
  std::uint8_t piece = 0;  ///< fed in pieces of so many bytes; 0 at once
  std::string bytes = {};
};

/// A conversation as bytes, so that a fuzzer can change it: for each utterance a byte of flags, an int16 of
/// its length, its bytes. Any bytes are a script; what is cut short counts as far as it goes.
std::vector<Utterance> read_script(std::string_view script);
std::string write_script(const std::vector<Utterance>& utterances);

/// As on the wire.
std::string bytes_on_wire(const Utterance& said);
std::string int32_bytes(std::size_t value);

}  // namespace klab
