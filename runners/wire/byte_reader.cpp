#include "runners/wire/byte_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace klab {

void ByteReader::fail(std::string reason, std::size_t position) {
  if (failed_) return;
  failed_ = true;
  error_ = {.reason = std::move(reason), .position = position};
}

std::string_view ByteReader::refuse_bytes(std::size_t count) {
  if (!failed_) fail(fmt::format("needs {} bytes, has {}", count, remaining()), position_);
  return {};
}

double ByteReader::read_float64() { return std::bit_cast<double>(read_big_endian<std::uint64_t>()); }

Uuid ByteReader::read_uuid() {
  Uuid uuid{};
  std::ranges::copy(read_bytes(uuid.size()), uuid.begin());
  return uuid;
}

std::uint64_t ByteReader::read_longer_leb128(int bits) {
  const std::size_t start = position_;
  std::uint64_t value = 0;
  for (int shift = 0; shift < bits; shift += 7) {
    const std::string_view byte = read_bytes(1);
    if (failed_) return 0;
    const auto seven_bits = static_cast<std::uint64_t>(byte[0] & 0x7f);
    const bool is_too_long = shift + 7 > bits && (seven_bits >> (bits - shift)) != 0;
    if (is_too_long) break;
    value |= seven_bits << shift;
    if ((byte[0] & 0x80) == 0) return value;
  }
  fail(fmt::format("a variable-length number of more than {} bits", bits), start);
  return 0;
}

}  // namespace klab
