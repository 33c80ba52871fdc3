#include "checks/verdict/verdict_json.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/json/json_fields.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

Outcome read_outcome(const JsonFields& in) {
  const std::string name = in.text("outcome");
  for (const Outcome outcome : {Outcome::holds, Outcome::refuted, Outcome::undecided})
    if (name == name_of(outcome)) return outcome;
  throw in.error("outcome", "holds, refuted or undecided");
}

Verdict read_verdict(const JsonFields& in) {
  Verdict verdict{.claim = in.text("claim"),
                  .outcome = read_outcome(in),
                  .judged = in.text("judged"),
                  .expected = in.text("expected"),
                  .actual = in.text("actual"),
                  .evidence_left_out = in.count("evidence_left_out"),
                  .hint = in.text("hint"),
                  .is_shortfall = in.flag("is_shortfall")};
  for (const JsonFields& evidence : in.objects("evidence"))
    verdict.evidence.push_back({.lines = evidence.counts("lines"), .note = evidence.text("note")});
  return verdict;
}

ordered_json to_json(const Verdict& verdict) {
  ordered_json evidence = ordered_json::array();
  for (const Evidence& one : verdict.evidence) evidence.push_back({{"lines", one.lines}, {"note", one.note}});
  return {{"claim", verdict.claim},
          {"outcome", name_of(verdict.outcome)},
          {"judged", verdict.judged},
          {"expected", verdict.expected},
          {"actual", verdict.actual},
          {"evidence", evidence},
          {"evidence_left_out", verdict.evidence_left_out},
          {"hint", verdict.hint},
          {"is_shortfall", verdict.is_shortfall}};
}

}  // namespace

std::string to_json_line(const JudgedTest& judged) {
  ordered_json json{
      {"test", judged.test}, {"file", judged.file}, {"line", judged.line}, {"seconds", judged.seconds}};
  if (judged.harness_error.empty())
    json["verdict"] = to_json(judged.verdict);
  else
    json["harness_error"] = judged.harness_error;
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::vector<JudgedTest> read_judged_tests(const std::string& text, const std::string& source) {
  std::vector<JudgedTest> tests;
  for (std::size_t begin = 0, line = 1; begin < text.size(); ++line) {
    const std::size_t end = text.find('\n', begin);
    if (end == std::string::npos) break;
    const auto in = JsonFields::parse(std::string_view(text).substr(begin, end - begin),
                                      fmt::format("{}:{}", source, line));
    JudgedTest& judged = tests.emplace_back();
    judged.test = in.text("test");
    judged.file = in.text("file");
    judged.line = in.number<int>("line");
    judged.seconds = in.real("seconds");
    if (in.has("harness_error"))
      judged.harness_error = in.text("harness_error");
    else
      judged.verdict = read_verdict(in.object("verdict"));
    begin = end + 1;
  }
  return tests;
}

}  // namespace klab
