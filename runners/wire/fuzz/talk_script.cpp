#include "runners/wire/fuzz/talk_script.hpp"

#include <algorithm>

#include "runners/wire/byte_reader.hpp"

namespace klab {
namespace {

constexpr std::size_t kLongest = 0xffff;
constexpr std::uint8_t kMostPiece = 63;

std::string big_endian(std::size_t value, int bits) {
  std::string bytes;
  for (int shift = bits - 8; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift);
  return bytes;
}

}  // namespace

std::string int32_bytes(std::size_t value) { return big_endian(value, 32); }

std::string bytes_on_wire(const Utterance& said) {
  return (said.is_framed ? int32_bytes(said.bytes.size()) : "") + said.bytes;
}

std::vector<Utterance> read_script(std::string_view script) {
  std::vector<Utterance> utterances;
  ByteReader reader(script);
  while (true) {
    const auto flags = static_cast<std::uint8_t>(reader.read_int8());
    const std::size_t size = reader.read_uint16();
    if (reader.failed()) return utterances;
    utterances.push_back({.direction = (flags & 1) == 0 ? Direction::to_broker : Direction::to_client,
                          .is_framed = (flags & 2) == 0,
                          .piece = static_cast<std::uint8_t>(flags >> 2),
                          .bytes = std::string(reader.read_bytes(std::min(size, reader.remaining())))});
  }
}

std::string write_script(const std::vector<Utterance>& utterances) {
  std::string script;
  for (const Utterance& said : utterances) {
    const std::size_t size = std::min(said.bytes.size(), kLongest);
    script += static_cast<char>((said.direction == Direction::to_client ? 1 : 0) | (said.is_framed ? 0 : 2) |
                                (std::min(said.piece, kMostPiece) << 2));
    script += big_endian(size, 16) + said.bytes.substr(0, size);
  }
  return script;
}

}  // namespace klab
