#include "claims/verified_report.hpp"

#include <algorithm>

#include "claims/explicit_mark.hpp"
#include "claims/recognition.hpp"
#include "claims/sentences.hpp"
#include "reports/exit_code.hpp"

namespace klab {
namespace {

template <typename Placed>
VerifiedStatement at(const Placed& placed, const std::string& claim, Mark mark) {
  return {.claim = claim,
          .sentence = placed.text,
          .begin = placed.begin,
          .end = placed.end,
          .line = placed.line,
          .column = placed.column,
          .mark = std::move(mark)};
}

VerifiedStatement verify(const ExplicitMark& explicit_mark, const Catalogue& catalogue,
                         const Measurements& measurements) {
  const ReadMark read = read_mark(explicit_mark.text, catalogue);
  if (!read.problem.empty())
    return at(explicit_mark, read.statement.claim,
              {.kind = MarkKind::not_measurable, .says = explicit_mark.text, .measured = read.problem});
  const Claim& claim = *catalogue.find(read.statement.claim);
  return at(explicit_mark, claim.id, mark_of(read.statement, claim, measurements));
}

}  // namespace

std::size_t VerifiedReport::count(MarkKind kind) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      statements, [&](const VerifiedStatement& statement) { return statement.mark.kind == kind; }));
}

VerifiedReport verify_report(std::string_view text, const std::string& file, const Catalogue& catalogue,
                             const Measurements& measurements) {
  VerifiedReport report{.file = file, .text = std::string(text)};
  const ReportSentences found = sentences_of(text);
  for (const Sentence& sentence : found.sentences) {
    const std::vector<Statement> statements = recognise(sentence.text, catalogue, sentence.context);
    ++report.sentences;
    if (statements.empty()) ++report.left_alone;
    for (const Statement& statement : statements)
      report.statements.push_back(
          at(sentence, statement.claim, mark_of(statement, *catalogue.find(statement.claim), measurements)));
  }
  for (const ExplicitMark& explicit_mark : found.marks)
    report.statements.push_back(verify(explicit_mark, catalogue, measurements));
  std::ranges::stable_sort(report.statements, {}, &VerifiedStatement::begin);
  return report;
}

int exit_code(const VerifiedReport& report) {
  if (report.count(MarkKind::refuted) > 0) return kExitFailed;
  const bool fell_short = report.count(MarkKind::not_measured) + report.count(MarkKind::not_measurable) > 0;
  return fell_short ? kExitFellShort : kExitAllHolds;
}

}  // namespace klab
