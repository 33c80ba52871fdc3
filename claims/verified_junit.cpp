#include <fmt/format.h>

#include "claims/verified_formats.hpp"
#include "reports/formats/junit.hpp"

namespace klab {
namespace {

PropertyOutcome outcome_of(MarkKind kind) {
  if (kind == MarkKind::refuted) return PropertyOutcome::fail;
  return kind == MarkKind::confirmed || kind == MarkKind::conditional ? PropertyOutcome::pass
                                                                      : PropertyOutcome::error;
}

PropertyResult property_of(const VerifiedStatement& statement, const std::string& file) {
  const Mark& mark = statement.mark;
  return {.id = statement.claim.empty() ? "explicit mark" : statement.claim,
          .claim = fmt::format("line {} says {}", statement.line, mark.says),
          .outcome = outcome_of(mark.kind),
          .expected = mark.kind == MarkKind::refuted ? "what was measured: " + mark.measured : "",
          .actual = mark.kind == MarkKind::refuted ? "the report says " + mark.says : mark.measured,
          .file = file,
          .line = static_cast<int>(statement.line)};
}

}  // namespace

std::string verified_junit(const VerifiedReport& report) {
  SectionResult section{.id = "claims", .title = report.file};
  for (const VerifiedStatement& statement : report.statements)
    section.properties.push_back(property_of(statement, report.file));
  if (section.properties.empty())
    section.properties.push_back({.id = "claims",
                                  .claim = "no statement of the report is refuted",
                                  .outcome = PropertyOutcome::pass,
                                  .file = report.file,
                                  .line = 1});
  return junit_xml({.lab = "claims", .submission = report.file, .sections = {std::move(section)}});
}

}  // namespace klab
