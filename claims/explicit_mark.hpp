#pragma once

#include <string>
#include <string_view>

#include "claims/catalogue.hpp"
#include "claims/statement.hpp"

namespace klab {

/// What an explicit mark says, or why it says nothing.
struct ReadMark {
  Statement statement = {};
  std::string problem = {};  ///< "no claim \"acks.defualt\" in the catalogue"; empty when it is understood
};

/// Reads "acks.default = all", "acks.default != 1", "offsets.auto/interval = 5 s".
ReadMark read_mark(std::string_view text, const Catalogue& catalogue);

}  // namespace klab
