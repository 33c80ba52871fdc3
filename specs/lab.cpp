#include "specs/lab.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "checks/errors.hpp"
#include "checks/json/json_fields.hpp"
#include "runners/submission/content_digest.hpp"

namespace klab {
namespace {

bool read_is_hidden(const JsonFields& json) {
  const std::string visibility = json.optional_text("visibility").value_or("visible");
  if (visibility != "visible" && visibility != "hidden")
    throw json.error("visibility", "\"visible\" or \"hidden\"");
  return visibility == "hidden";
}

PlannedProperty read_property(const JsonFields& json) {
  return {.id = json.text("id"),
          .test = json.text("test"),
          .claim = json.text("claim"),
          .witness = json.texts("witness"),
          .roles = json.texts("roles"),
          .needs = json.texts("needs"),
          .points = json.real("points"),
          .is_hidden = read_is_hidden(json)};
}

/// What is told of a property must not tell of a hidden one.
bool may_need(const PlannedProperty& property, const PlannedProperty& need) {
  return property.is_hidden || !need.is_hidden;
}

/// `before` are the properties that come before, by id, in whatever section.
PlannedSection read_section(const JsonFields& json, std::map<std::string, PlannedProperty>& before) {
  PlannedSection section{.id = json.text("id"),
                         .title = json.text("title"),
                         .spec = json.text("spec"),
                         .seconds = json.has("seconds") ? json.number<int>("seconds") : 0,
                         .is_optional = json.has("optional") && json.flag("optional"),
                         .roles = json.texts("roles")};
  const JsonFields parameters = json.object("parameters");
  for (const std::string& name : parameters.names()) section.parameters[name] = parameters.number<int>(name);
  for (const JsonFields& property : json.objects("properties")) {
    const PlannedProperty& added = section.properties.emplace_back(read_property(property));
    if (!before.emplace(added.id, added).second)
      throw property.error("id", "an id that no other property has");
    for (const std::string& need : added.needs) {
      if (need == added.id || !before.contains(need))
        throw property.error("needs", "properties that come before it");
      if (!may_need(added, before.at(need))) throw property.error("needs", "properties that are not hidden");
    }
  }
  return section;
}

}  // namespace

Lab load_lab(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw BadInput(fmt::format("{}: cannot be opened; expected a lab", file.string()));
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  ContentDigest digest;
  digest.add(text);
  const JsonFields json = JsonFields::parse(text, file.string());
  Lab lab{.id = json.text("id"), .title = json.text("title"), .digest = digest.finish()};
  std::map<std::string, PlannedProperty> before;
  for (const JsonFields& section : json.objects("sections"))
    lab.sections.push_back(read_section(section, before));
  return lab;
}

}  // namespace klab
