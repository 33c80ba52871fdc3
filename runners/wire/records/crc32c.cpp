#include "runners/wire/records/crc32c.hpp"

#include <isa-l/crc.h>

#include <algorithm>

namespace klab {

// The library takes a length as int.
std::uint32_t crc32c(std::string_view bytes) {
  constexpr std::size_t kPiece = 1u << 30;
  std::uint32_t crc = 0xffffffff;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(kPiece, bytes.size()))) {
    auto* data = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));  // it reads only
    crc = crc32_iscsi(data, static_cast<int>(std::min(kPiece, bytes.size())), crc);
  }
  return ~crc;
}

}  // namespace klab
