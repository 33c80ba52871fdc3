#include "checks/stored/contents_unchanged.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "checks/counted.hpp"
#include "checks/facts/sample_index.hpp"

namespace klab {
namespace {

constexpr std::size_t kDifferencesNamed = 3;

std::string differences(const Fields& sent, const Fields& stored) {
  std::vector<std::string> found;
  for (const auto& [name, value] : sent) {
    const auto same = stored.find(name);
    if (same == stored.end())
      found.push_back(fmt::format("field {} is missing", name));
    else if (same->second != value)
      found.push_back(fmt::format("field {} is {} instead of {}", name, same->second, value));
  }
  for (const auto& [name, value] : stored)
    if (!sent.contains(name)) found.push_back(fmt::format("field {} was added", name));
  if (found.size() > kDifferencesNamed) {
    const std::size_t more = found.size() - kDifferencesNamed;
    found.resize(kDifferencesNamed);
    found.push_back(fmt::format("and {} more", more));
  }
  return fmt::format("{}", fmt::join(found, ", "));
}

/// A record of the sample, and the part of a message that holds it.
struct Held {
  std::size_t position = 0;
  RecordText text = {};
};

std::set<std::size_t> records_in(const RecordText& part, const SampleIndex& index) {
  std::set<std::size_t> positions;
  for (const auto& [name, value] : part.fields)
    for (const std::size_t position : index.records_in(value)) positions.insert(position);
  return positions;
}

/// Elements of an array are told apart by what each of them holds: some may be no records, or be there twice.
std::vector<Held> held_by(std::string_view message, const SampleIndex& index) {
  const std::vector<RecordText> parts = read_message_text(message);
  std::vector<Held> held;
  std::set<std::size_t> placed;
  for (const RecordText& part : parts)
    for (const std::size_t position : records_in(part, index)) {
      held.push_back({position, part});
      placed.insert(position);
    }
  for (const std::size_t position : index.records_in_message(message))
    if (!placed.contains(position))
      held.push_back({position, parts.size() == 1 ? parts.front() : RecordText{}});
  return held;
}

/// What differs between a message's text and the record it holds; empty when nothing does.
std::string change(const RecordText& stored, const Fields& sent) {
  switch (stored.shape) {
    case RecordText::Shape::object:
      return differences(sent, stored.fields);
    case RecordText::Shape::encoded_twice:
      return "it is a JSON string that holds the record as text";
    case RecordText::Shape::not_an_object:
      return "it is not a JSON object";
  }
  return {};
}

bool is_object(std::string_view text) { return read_record_text(text).shape == RecordText::Shape::object; }

std::string hint_for(std::string_view first_changed) {
  if (first_changed.starts_with("{'")) return "this is Python's str() of a dict: send json.dumps(record)";
  if (first_changed.starts_with('"'))
    return "the record was encoded twice: json.dumps() of text that is JSON already";
  if (first_changed.starts_with('{') && !is_object(first_changed)) {
    const std::string_view record = first_changed.substr(0, first_changed.rfind('}') + 1);
    const std::string_view rest = first_changed.substr(record.size());
    if (is_object(record) && !rest.empty() && std::iscntrl(static_cast<unsigned char>(rest.front())))
      return fmt::format(
          "after the record {} that {} not part of it: send as many bytes as the record has, "
          "without the zero that ends it in memory",
          counted(rest.size(), "byte comes", "bytes come"), rest.size() == 1 ? "is" : "are");
    return "it begins as a JSON object and is none: send one element of the array, without what follows it "
           "in the file";
  }
  return "send the record as it was read: numbers that are strings in the file stay strings, and empty ones "
         "empty";
}

}  // namespace

Verdict contents_unchanged(const History& history, std::string_view topic) {
  Verdict verdict{.claim = "the contents of the records are unchanged",
                  .expected = "the fields and values of the file, in any order"};
  const SampleIndex index(history);
  std::size_t judged = 0;
  std::string_view first_changed;

  for (const LoggedRecord* record : log_of(history, topic)) {
    const std::string_view text = record->value ? std::string_view(*record->value) : std::string_view();
    for (const Held& held : held_by(text, index)) {
      ++judged;
      const std::string changed = change(held.text, index.fields(held.position));
      if (changed.empty()) continue;
      if (first_changed.empty()) first_changed = text;
      add_evidence(verdict,
                   {.lines = {history.sample[held.position].line, record->line},
                    .note = fmt::format("record {} of the file, at partition {} offset {}: {}",
                                        held.position + 1, record->partition, record->offset, changed)});
    }
  }

  verdict.judged = fmt::format("{} stored records", judged);
  if (judged == 0) return undecided(verdict, fmt::format("topic {} holds no record of the sample", topic));
  if (verdict.evidence.empty())
    return holds(verdict, fmt::format("all {} stored records as in the file", judged));
  return refuted(verdict,
                 fmt::format("{} of {} stored records differ from the file", evidence_count(verdict), judged),
                 hint_for(first_changed));
}

}  // namespace klab
