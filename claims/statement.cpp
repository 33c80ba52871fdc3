#include "claims/statement.hpp"

#include <fmt/format.h>

namespace klab {

std::string text_of(const Statement& statement) {
  return fmt::format("{}{}{} {} {}", statement.claim, statement.aspect.empty() ? "" : "/", statement.aspect,
                     statement.is_negated ? "!=" : "=", statement.value);
}

}  // namespace klab
