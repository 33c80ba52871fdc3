#include "claims/language.hpp"

#include "checks/json/json_fields.hpp"

namespace klab {
namespace {

std::vector<Phrase> read_phrases(const std::vector<std::string>& texts, const Lexicon& groups,
                                 const std::string& place) {
  std::vector<Phrase> phrases;
  for (const std::string& text : texts) phrases.emplace_back(text, groups, ValueSlot{}, place);
  return phrases;
}

Guards read_guards(const JsonFields& json, const Lexicon& groups, const std::string& place) {
  const auto phrases = [&](const char* name) { return read_phrases(json.texts(name), groups, place); };
  return {.negation = phrases("negation"),
          .hedge = phrases("hedge"),
          .hearsay = phrases("hearsay"),
          .advice = phrases("advice"),
          .anecdote = phrases("anecdote"),
          .other_system = phrases("other system"),
          .contrast = phrases("contrast"),
          .question = phrases("question"),
          .condition = phrases("condition"),
          .hypothesis = phrases("hypothesis"),
          .override = phrases("override")};
}

void read_conditions(Language& language, const std::string& name, const JsonFields& values,
                     const std::string& place) {
  for (const std::string& value : values.names())
    language.conditions.push_back({name, value, read_phrases(values.texts(value), language.groups, place)});
}

}  // namespace

Language read_language(std::string_view text, const std::string& place) {
  const JsonFields json = JsonFields::parse(text, place);
  Language language;
  const JsonFields groups = json.object("groups");
  for (const std::string& name : groups.names()) language.groups[name] = groups.texts(name);
  language.guards = read_guards(json.object("guards"), language.groups, place);
  language.defaults = read_phrases({"@default"}, language.groups, place);
  const JsonFields conditions = json.object("conditions");
  for (const std::string& name : conditions.names())
    read_conditions(language, name, conditions.object(name), place);
  return language;
}

}  // namespace klab
