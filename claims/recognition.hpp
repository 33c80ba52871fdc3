#pragma once

#include <string_view>
#include <vector>

#include "claims/catalogue.hpp"
#include "claims/statement.hpp"

namespace klab {

/// What a sentence says in answer to questions of the catalogue. Careful: a sentence that asks, advises,
/// hedges, reports what others say, tells of one's own setup, speaks of another system, or depends on a
/// condition that is not understood, says nothing; nor does one that can be read to say two different things.
/// `context` is what the sentence stands under: a heading, or the question that it answers.
std::vector<Statement> recognise(std::string_view sentence, const Catalogue& catalogue,
                                 std::string_view context = {});

}  // namespace klab
