#include "checks/catalogue/judgement_json.hpp"

#include <nlohmann/json.hpp>

#include "checks/catalogue/policy_json.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostPassedOver = 16;

std::string_view name_of_cost(const Finding& finding, const Judgement& judgement, const Policy& policy) {
  const auto given = policy.classes.find(std::string(judgement.check->name));
  if (given != policy.classes.end()) return name_of(given->second);
  if (finding.cost == Cost::usual) return name_of(judgement.check->class_under(policy));
  return finding.cost == Cost::fail ? "fail" : "info";
}

ordered_json to_json(const Finding& finding, const Judgement& judgement, const Policy& policy) {
  ordered_json json{
      {"lines", finding.lines}, {"class", name_of_cost(finding, judgement, policy)}, {"note", finding.note}};
  if (!finding.life.empty()) json["life"] = finding.life;
  return json;
}

ordered_json to_json(const Judgement& judgement, const Policy& policy) {
  const Findings& findings = judgement.findings;
  ordered_json worst = ordered_json::array();
  for (const Finding& finding : findings.worst()) worst.push_back(to_json(finding, judgement, policy));
  ordered_json json{{"name", judgement.check->name},
                    {"outcome", name_of(judgement.outcome)},
                    {"class", name_of(judgement.check_class)},
                    {"claim", judgement.check->claim},
                    {"judged", findings.judged_count()},
                    {"unit", judgement.check->unit},
                    {"findings", findings.count()},
                    {"worst", worst}};
  if (!judgement.why.empty()) json["why"] = judgement.why;
  if (findings.count() > 0 && !judgement.check->hint.empty()) json["hint"] = judgement.check->hint;
  return json;
}

ordered_json passed_over(const History& history) {
  ordered_json json = ordered_json::object();
  for (const auto& [what, count] : history.passed_over)
    if (json.size() < kMostPassedOver) json[what] = count;
  return json;
}

}  // namespace

std::string to_json_text(const HistoryJudgement& judgement, const Policy& policy, const History& history,
                         const std::string& source) {
  ordered_json checks = ordered_json::array();
  for (const Judgement& check : judgement.checks) checks.push_back(to_json(check, policy));
  const ordered_json json{{"klab", "judgement"},         {"version", 1},
                          {"history", source},           {"outcome", name_of(judgement.outcome)},
                          {"valid", judgement.is_valid}, {"passed_over", passed_over(history)},
                          {"policy", to_json(policy)},   {"checks", checks}};
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace klab
