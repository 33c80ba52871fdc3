#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "claims/words.hpp"

namespace klab {

/// What a number in a sentence counts.
enum class Quantity { count, duration, size };

/// A quantity that stands at some word of a sentence: "5 seconds", "one week", "1MB", "16384 bytes", "5,000".
struct FoundQuantity {
  std::string value = {};  ///< in the one form that is compared: "5 s", "7 days", "1 MB", "3"
  std::size_t words = 0;   ///< how many words it takes
};

/// Reads one. A bare number is taken to be in `unit` ("ms", "hours", "bytes"); without a unit it is none.
std::optional<FoundQuantity> quantity_at(const std::vector<Word>& words, std::size_t at, Quantity kind,
                                         std::string_view unit = {});

/// The one form of what a catalogue or a measurement writes: "168 hours" is "7 days". Text that is no
/// quantity of that kind comes back as it is.
std::string canonical_quantity(std::string_view text, Quantity kind);

/// Whether two canonical quantities mean the same. Sizes do when they are within a twentieth of each other:
/// people write 1 MB for 1048588 bytes.
bool is_same_quantity(const std::string& left, const std::string& right, Quantity kind);

}  // namespace klab
