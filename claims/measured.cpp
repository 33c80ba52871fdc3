#include "claims/measured.hpp"

#include <fmt/format.h>

#include "checks/json/json_fields.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

std::map<std::string, std::string> read_texts(const JsonFields& json, const std::string& name) {
  std::map<std::string, std::string> texts;
  if (!json.has(name)) return texts;
  const JsonFields fields = json.object(name);
  for (const std::string& key : fields.names()) texts[key] = fields.text(key);
  return texts;
}

MeasuredValue read_value(const JsonFields& json) {
  return {.aspect = json.optional_text("aspect").value_or(""),
          .value = json.text("value"),
          .where = read_texts(json, "where"),
          .evidence = json.optional_text("evidence").value_or(""),
          .note = json.optional_text("note").value_or("")};
}

Measurement read_measurement(const JsonFields& json) {
  Measurement measurement{.versions = read_texts(json, "versions"),
                          .undecided = json.optional_text("undecided").value_or("")};
  if (json.has("controls"))
    for (const JsonFields& control : json.objects("controls"))
      measurement.controls.push_back({control.text("name"), control.flag("held")});
  for (const JsonFields& value : json.objects("values")) measurement.values.push_back(read_value(value));
  return measurement;
}

ordered_json to_json(const MeasuredValue& value) {
  ordered_json json;
  if (!value.aspect.empty()) json["aspect"] = value.aspect;
  json["value"] = value.value;
  if (!value.where.empty()) json["where"] = value.where;
  if (!value.evidence.empty()) json["evidence"] = value.evidence;
  if (!value.note.empty()) json["note"] = value.note;
  return json;
}

ordered_json to_json(const Measurement& measurement) {
  ordered_json json{{"versions", measurement.versions},
                    {"controls", ordered_json::array()},
                    {"values", ordered_json::array()}};
  for (const MeasuredControl& control : measurement.controls)
    json["controls"].push_back({{"name", control.name}, {"held", control.held}});
  for (const MeasuredValue& value : measurement.values) json["values"].push_back(to_json(value));
  if (!measurement.undecided.empty()) json["undecided"] = measurement.undecided;
  return json;
}

}  // namespace

Measurements read_measurements(std::string_view text, const std::string& place) {
  const JsonFields json = JsonFields::parse(text, place);
  if (json.text("klab") != "measured") throw json.error("klab", "\"measured\"");
  if (json.number<int>("version") != 1) throw json.error("version", "1");
  Measurements measurements;
  const JsonFields claims = json.object("claims");
  for (const std::string& id : claims.names()) measurements[id] = read_measurement(claims.object(id));
  return measurements;
}

std::string to_json_text(const Measurements& measurements) {
  ordered_json claims = ordered_json::object();
  for (const auto& [id, measurement] : measurements) claims[id] = to_json(measurement);
  const ordered_json json{{"klab", "measured"}, {"version", 1}, {"claims", claims}};
  return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace klab
