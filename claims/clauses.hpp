#pragma once

#include <cstddef>
#include <vector>

#include "claims/words.hpp"

namespace klab {

/// For each word of a sentence the number of its clause. Commas, brackets and words such as "but" or
/// "because" begin a new one; "not" has its effect inside one.
std::vector<std::size_t> clauses_of(const std::vector<Word>& sentence);

}  // namespace klab
