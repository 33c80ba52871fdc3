#include "specs/lab.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "checks/errors.hpp"
#include "checks/json_fields.hpp"
#include "runners/program/content_digest.hpp"

namespace klab {
namespace {

PlannedProperty read_property(const JsonFields& json) {
  return {.id = json.text("id"),
          .test = json.text("test"),
          .claim = json.text("claim"),
          .witness = json.texts("witness"),
          .roles = json.texts("roles"),
          .needs = json.texts("needs"),
          .points = json.real("points")};
}

/// `ids` are those of the properties that come before, in whatever section.
PlannedSection read_section(const JsonFields& json, std::set<std::string>& ids) {
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
    if (!ids.insert(added.id).second) throw property.error("id", "an id that no other property has");
    if (!std::ranges::all_of(added.needs, [&](const std::string& need) { return ids.contains(need); }))
      throw property.error("needs", "properties that come before it");
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
  std::set<std::string> ids;
  for (const JsonFields& section : json.objects("sections"))
    lab.sections.push_back(read_section(section, ids));
  return lab;
}

}  // namespace klab
