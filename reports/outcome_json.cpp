#include "reports/outcome_json.hpp"

#include <nlohmann/json.hpp>

namespace klab {
namespace {

using Json = nlohmann::ordered_json;

Json with_text(Json json, const char* name, const std::string& text) {
  if (!text.empty()) json[name] = text;
  return json;
}

Json property_json(const PropertyResult& property) {
  Json json{{"id", property.id}, {"claim", property.claim}, {"outcome", name_of(property.outcome)}};
  if (property.outcome == PropertyOutcome::fail) json["kind"] = name_of(property.kind);
  json["points"] = property.outcome == PropertyOutcome::pass ? property.points : 0;
  json["points_possible"] = property.is_left_out ? 0 : property.points;
  json = with_text(json, "expected", property.expected);
  json = with_text(json, "actual", property.actual);
  json = with_text(json, "hint", property.hint);
  for (const Evidence& evidence : property.evidence) json["evidence"].push_back(evidence.note);
  if (property.evidence_left_out > 0) json["evidence_left_out"] = property.evidence_left_out;
  return json;
}

Json section_json(const SectionResult& section) {
  Json json{
      {"id", section.id}, {"title", section.title}, {"seconds", section.seconds}, {"notes", section.notes}};
  json["properties"] = Json::array();
  for (const PropertyResult& property : section.properties)
    json["properties"].push_back(property_json(property));
  return json;
}

Json counts_json(const Tally& total) {
  return {{name_of(PropertyOutcome::pass), total.passed},
          {name_of(PropertyOutcome::fail), total.failed},
          {name_of(PropertyOutcome::skipped), total.skipped},
          {name_of(PropertyOutcome::error), total.errors},
          {name_of(PropertyOutcome::not_run), total.not_run}};
}

}  // namespace

std::string outcome_json(const RunResult& run, const std::string& folder,
                         const std::vector<ChangedOutcome>* changes) {
  const Tally total = tally(run);
  Json json{{"klab", run.tool_version},
            {"format", 1},
            {"lab", run.lab},
            {"submission", run.submission},
            {"run", folder},
            {"exit_code", exit_code(run)},
            {"points", total.points},
            {"points_possible", total.of},
            {"counts", counts_json(total)},
            {"started_at", run.started_at},
            {"seconds", run.seconds},
            {"seed", run.seed},
            {"broker", run.broker},
            {"sandbox", run.sandbox},
            {"notes", run.notes}};
  json["sections"] = Json::array();
  for (const SectionResult& section : run.sections) json["sections"].push_back(section_json(section));
  if (changes != nullptr) {
    json["changes"] = Json::array();
    for (const ChangedOutcome& change : *changes)
      json["changes"].push_back({{"id", change.id}, {"was", change.was}, {"is", change.is}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace klab
