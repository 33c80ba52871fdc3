#include "checks/fuzz/mutation.hpp"

#include <algorithm>
#include <array>

namespace klab {
namespace {

constexpr std::size_t kLongestRange = 16;

/// Lengths and numbers at the edge of what their types hold, in the forms of the wire.
constexpr std::array<std::string_view, 12> kEdges{std::string_view("\0", 1),
                                                  "\x01",
                                                  "\x7f",
                                                  "\x80",
                                                  "\xff",
                                                  std::string_view("\x7f\xff", 2),
                                                  std::string_view("\0\0\0\0", 4),
                                                  "\xff\xff\xff\xff",
                                                  "\x7f\xff\xff\xff",
                                                  std::string_view("\x80\0\0\0", 4),
                                                  "\xff\xff\xff\xff\x0f",
                                                  "\xff\xff\xff\xff\x07"};

}  // namespace

std::size_t below(std::size_t end, Random& random) { return end == 0 ? 0 : random() % end; }

std::string mutate_bytes(std::string bytes, Random& random) {
  const std::size_t at = below(bytes.size() + 1, random);
  const std::size_t size = std::min(bytes.size() - at, 1 + below(kLongestRange, random));
  switch (below(5, random)) {
    case 0:
      return bytes.erase(at, size);
    case 1:
      return bytes.insert(below(bytes.size() + 1, random), std::string(bytes, at, size));
    case 2: {
      const std::string_view edge = kEdges[below(kEdges.size(), random)];
      return bytes.replace(at, std::min(edge.size(), bytes.size() - at), edge);
    }
    case 3:
      return bytes.insert(at, 1, static_cast<char>(random()));
    default:
      if (at < bytes.size()) bytes[at] = static_cast<char>(random());
      return bytes;
  }
}

}  // namespace klab
