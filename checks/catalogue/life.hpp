#pragma once

#include <string>
#include <vector>

#include "checks/catalogue/model.hpp"

namespace klab {

/// A record's life as far as it is known, a sentence an event: who sent it and when it was acknowledged,
/// where the log holds it, who read it, who read past it.
std::vector<std::string> life_of(const Model& model, Name id);

/// The lines of its sends, then of its first reads.
std::vector<Line> lines_of_id(const Model& model, Name id);

/// "c1 of group g"
std::string member_name(const Model& model, Name member);

}  // namespace klab
