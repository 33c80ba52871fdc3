#pragma once

#include <cstdint>
#include <string_view>

namespace klab {

/// CRC-32C (Castagnoli), as RFC 3720 has it.
std::uint32_t crc32c(std::string_view bytes);

}  // namespace klab
