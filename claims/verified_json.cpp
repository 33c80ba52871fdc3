#include <nlohmann/json.hpp>

#include "claims/verified_formats.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

ordered_json to_json(const VerifiedStatement& statement) {
  return {{"line", statement.line},
          {"column", statement.column},
          {"sentence", statement.sentence},
          {"claim", statement.claim},
          {"says", statement.mark.says},
          {"measured", statement.mark.measured},
          {"mark", name_of(statement.mark.kind)},
          {"evidence", statement.mark.evidence}};
}

}  // namespace

std::string verified_json(const VerifiedReport& report) {
  ordered_json json{{"klab", "verified report"}, {"version", 1}, {"report", report.file}};
  json["counts"] = {{"sentences", report.sentences}, {"left alone", report.left_alone}};
  for (const MarkKind kind : {MarkKind::confirmed, MarkKind::refuted, MarkKind::conditional,
                              MarkKind::not_measured, MarkKind::not_measurable})
    json["counts"][std::string(name_of(kind))] = report.count(kind);
  json["statements"] = ordered_json::array();
  for (const VerifiedStatement& statement : report.statements)
    json["statements"].push_back(to_json(statement));
  return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace klab
