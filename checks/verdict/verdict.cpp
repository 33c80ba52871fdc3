#include "checks/verdict/verdict.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>
#include <utility>

namespace klab {
namespace {

constexpr std::size_t kShown = 8;

Verdict decided(Verdict verdict, Outcome outcome, std::string actual, std::string hint) {
  verdict.outcome = outcome;
  verdict.actual = std::move(actual);
  verdict.hint = std::move(hint);
  return verdict;
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::holds:
      return "holds";
    case Outcome::refuted:
      return "refuted";
    case Outcome::undecided:
      return "undecided";
  }
  return "undecided";
}

void add_evidence(Verdict& verdict, Evidence evidence) {
  if (verdict.evidence.size() < kShown)
    verdict.evidence.push_back(std::move(evidence));
  else
    ++verdict.evidence_left_out;
}

std::size_t evidence_count(const Verdict& verdict) {
  return verdict.evidence.size() + verdict.evidence_left_out;
}

Verdict holds(Verdict verdict, std::string actual) {
  return decided(std::move(verdict), Outcome::holds, std::move(actual), {});
}

Verdict refuted(Verdict verdict, std::string actual, std::string hint) {
  return decided(std::move(verdict), Outcome::refuted, std::move(actual), std::move(hint));
}

Verdict undecided(Verdict verdict, std::string why, std::string hint) {
  return decided(std::move(verdict), Outcome::undecided, std::move(why), std::move(hint));
}

std::string render_text(const Verdict& verdict) {
  std::string text;
  auto out = std::back_inserter(text);
  fmt::format_to(out, "Claim    {}\n", verdict.claim);
  fmt::format_to(out, "Verdict  {}: {}\n", name_of(verdict.outcome), verdict.actual);
  if (!verdict.expected.empty()) fmt::format_to(out, "Expected {}\n", verdict.expected);
  if (!verdict.judged.empty()) fmt::format_to(out, "Judged   {}\n", verdict.judged);
  for (const Evidence& evidence : verdict.evidence)
    fmt::format_to(out, "         {} [lines {}]\n", evidence.note, fmt::join(evidence.lines, ", "));
  if (verdict.evidence_left_out > 0) fmt::format_to(out, "         and {} more\n", verdict.evidence_left_out);
  if (!verdict.hint.empty()) fmt::format_to(out, "Hint     {}\n", verdict.hint);
  return text;
}

}  // namespace klab
