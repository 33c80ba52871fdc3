#include "claims/explicit_mark.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace klab {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' '), end = text.find_last_not_of(' ');
  return begin == std::string_view::npos ? "" : std::string(text.substr(begin, end + 1 - begin));
}

std::string answers_text(const Claim& claim, const std::string& aspect) {
  std::vector<std::string> values;
  for (const Answer& answer : claim.answers)
    if (answer.aspect == aspect) values.push_back(answer.quantity ? "a quantity" : answer.value);
  return fmt::format("{}", fmt::join(values, ", "));
}

}  // namespace

ReadMark read_mark(std::string_view text, const Catalogue& catalogue) {
  ReadMark read;
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) return {.problem = "expected [claim: ID = VALUE]"};
  read.statement.is_negated = equals > 0 && text[equals - 1] == '!';
  const std::string name = trimmed(text.substr(0, read.statement.is_negated ? equals - 1 : equals));
  const std::size_t slash = name.find('/');
  read.statement.claim = name.substr(0, slash);
  read.statement.aspect = slash == std::string::npos ? "" : name.substr(slash + 1);
  read.statement.value = trimmed(text.substr(equals + 1));
  const Claim* claim = catalogue.find(read.statement.claim);
  if (claim == nullptr)
    read.problem = fmt::format("no claim \"{}\" in the catalogue", read.statement.claim);
  else if (!claim->has_aspect(read.statement.aspect))
    read.problem = fmt::format("{} has no aspect \"{}\"", claim->id, read.statement.aspect);
  else if (claim->answer(read.statement.aspect, read.statement.value) == nullptr)
    read.problem = fmt::format("\"{}\" is no answer to {}; expected one of {}", read.statement.value, name,
                               answers_text(*claim, read.statement.aspect));
  return read;
}

}  // namespace klab
