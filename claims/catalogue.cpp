#include "claims/catalogue.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "checks/errors.hpp"
#include "checks/json/json_fields.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

void expect_only(const JsonFields& json, const std::set<std::string>& known) {
  for (const std::string& name : json.names())
    if (!known.contains(name)) throw json.error(name, fmt::format("one of {}", fmt::join(known, ", ")));
}

std::optional<Quantity> read_quantity(const JsonFields& json) {
  const std::optional<std::string> name = json.optional_text("quantity");
  if (!name) return std::nullopt;
  if (*name == "duration") return Quantity::duration;
  if (*name == "size") return Quantity::size;
  if (*name == "count") return Quantity::count;
  throw json.error("quantity", "duration, size or count");
}

Answer read_answer(const JsonFields& json) {
  expect_only(json, {"aspect", "value", "says", "words", "quantity", "unit"});
  Answer answer{.aspect = json.optional_text("aspect").value_or(""),
                .value = json.optional_text("value").value_or(""),
                .says = json.text("says"),
                .words = json.texts("words"),
                .quantity = read_quantity(json),
                .unit = json.optional_text("unit").value_or("")};
  if (answer.value.empty() == !answer.quantity) throw json.error("value", "either a value or a quantity");
  return answer;
}

ValueSlot slot_of(const Claim& claim, const std::string& aspect, const std::string& unit) {
  ValueSlot slot;
  for (const Answer& answer : claim.answers) {
    if (answer.aspect != aspect) continue;
    if (answer.quantity)
      slot.quantity = answer.quantity, slot.unit = unit.empty() ? answer.unit : unit;
    else if (!answer.words.empty())
      slot.words[answer.value] = answer.words;
  }
  return slot;
}

/// The groups of the language, and those of the claim's own file.
Lexicon read_groups(const JsonFields& json, Lexicon groups) {
  if (!json.has("groups")) return groups;
  const JsonFields own = json.object("groups");
  for (const std::string& name : own.names())
    if (!groups.emplace(name, own.texts(name)).second)
      throw own.error(name, "a name that language.json does not have");
  return groups;
}

std::vector<Phrase> read_phrases(const JsonFields& json, const std::string& name, const Lexicon& groups,
                                 const ValueSlot& slot, const std::string& place) {
  std::vector<Phrase> phrases;
  for (const std::string& text : json.texts(name)) phrases.emplace_back(text, groups, slot, place);
  return phrases;
}

Pattern read_pattern(const JsonFields& json, const Claim& claim, const Lexicon& groups,
                     const std::string& place) {
  expect_only(json, {"says", "aspect", "about", "when", "unless", "negated", "allow", "settings", "unit"});
  const std::vector<std::string> allowed = json.texts("allow");
  Pattern pattern{.aspect = json.optional_text("aspect").value_or(""),
                  .value = json.optional_text("says").value_or(""),
                  .negated = json.optional_text("negated").value_or(""),
                  .is_of_possibility = std::ranges::count(allowed, "possibility") > 0,
                  .is_of_advice = std::ranges::count(allowed, "advice") > 0};
  const ValueSlot slot = slot_of(claim, pattern.aspect, json.optional_text("unit").value_or(""));
  pattern.when = read_phrases(json, "when", groups, slot, place);
  pattern.unless = read_phrases(json, "unless", groups, slot, place);
  pattern.about = read_phrases(json, "about", groups, slot, place);
  if (json.has("settings")) {
    const JsonFields settings = json.object("settings");
    for (const std::string& name : settings.names()) pattern.settings[name] = settings.text(name);
  }
  if (pattern.when.empty()) throw json.error("when", "at least one phrase");
  if (!pattern.value.empty() && claim.answer(pattern.aspect, pattern.value) == nullptr)
    throw json.error("says", "the value of one of the answers");
  if (pattern.negated.size() > 1 && claim.answer(pattern.aspect, pattern.negated) == nullptr)
    throw json.error("negated", "the value of one of the answers, or !");
  return pattern;
}

DefaultPhrase read_default(const JsonFields& json, const Claim& claim, const Lexicon& groups,
                           const std::string& place) {
  expect_only(json, {"of", "aspect", "unit"});
  const std::string aspect = json.optional_text("aspect").value_or("");
  if (!claim.has_aspect(aspect)) throw json.error("aspect", "that of one of the answers");
  const ValueSlot slot = slot_of(claim, aspect, json.optional_text("unit").value_or(""));
  return {.aspect = aspect,
          .setting = Phrase(json.text("of"), groups, {}, place),
          .value = Phrase("{value}", groups, slot, place)};
}

Example read_example(const JsonFields& json) {
  expect_only(json, {"sentence", "says"});
  return {.sentence = json.text("sentence"), .says = json.texts("says")};
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw BadInput(fmt::format("{}: cannot be opened", file.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

const Answer* Claim::answer(std::string_view aspect, std::string_view value) const {
  for (const Answer& answer : answers)
    if (answer.aspect == aspect && (answer.quantity || answer.value == value)) return &answer;
  return nullptr;
}

std::string Claim::opposite(std::string_view aspect, std::string_view value) const {
  std::vector<std::string> others;
  for (const Answer& answer : answers)
    if (answer.aspect == aspect && answer.value != value) others.push_back(answer.value);
  return others.size() == 1 ? others[0] : "";
}

bool Claim::has_aspect(std::string_view aspect) const {
  return std::ranges::any_of(answers, [&](const Answer& answer) { return answer.aspect == aspect; });
}

const Claim* Catalogue::find(std::string_view id) const {
  const auto found = std::ranges::find(claims, id, &Claim::id);
  return found == claims.end() ? nullptr : &*found;
}

Claim read_claim(std::string_view text, const Language& language, const std::string& place) {
  const JsonFields json = JsonFields::parse(text, place);
  expect_only(json, {"id", "question", "measured by", "answers", "groups", "unless", "patterns", "defaults",
                     "examples"});
  const Lexicon groups = read_groups(json, language.groups);
  Claim claim{
      .id = json.text("id"), .question = json.text("question"), .measured_by = json.text("measured by")};
  for (const JsonFields& answer : json.objects("answers")) claim.answers.push_back(read_answer(answer));
  claim.unless = read_phrases(json, "unless", groups, {}, place);
  for (const JsonFields& pattern : json.objects("patterns"))
    claim.patterns.push_back(read_pattern(pattern, claim, groups, place));
  if (json.has("defaults"))
    for (const JsonFields& setting : json.objects("defaults"))
      claim.defaults.push_back(read_default(setting, claim, groups, place));
  for (const JsonFields& example : json.objects("examples")) claim.examples.push_back(read_example(example));
  return claim;
}

Catalogue load_catalogue(const fs::path& folder) {
  const fs::path language = folder / "language.json";
  Catalogue catalogue{.language = read_language(text_of(language), language.string())};
  for (const fs::directory_entry& entry : fs::directory_iterator(folder / "catalogue")) {
    const fs::path& file = entry.path();
    if (file.extension() != ".json") continue;
    const Claim& claim =
        catalogue.claims.emplace_back(read_claim(text_of(file), catalogue.language, file.string()));
    if (claim.id != file.stem().string())
      throw BadInput(fmt::format("{}: field \"id\": expected the name of the file", file.string()));
  }
  std::ranges::sort(catalogue.claims, {}, &Claim::id);
  return catalogue;
}

}  // namespace klab
