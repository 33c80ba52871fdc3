#include "checks/facts/sample_index.hpp"

#include <algorithm>
#include <unordered_set>

namespace klab {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether what follows is a part of a second, as in 12:30:59.872925468: clocks with nanoseconds write
/// numbers as long as an id.
bool is_of_a_second(std::string_view before) {
  if (before.size() < 4 || !before.ends_with('.')) return false;
  before.remove_suffix(1);
  return is_digit(before.back()) && is_digit(before[before.size() - 2]) && before[before.size() - 3] == ':';
}

/// Calls `visit` with each maximal run of digits.
template <typename Visit>
void for_each_number(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    const auto end = std::find_if_not(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), is_digit);
    const auto length = static_cast<std::size_t>(end - text.begin()) - at;
    if (!is_of_a_second(text.substr(0, at))) visit(text.substr(at, length));
    at += length;
  }
}

std::size_t equal_fields(const Fields& left, const Fields& right) {
  return static_cast<std::size_t>(std::ranges::count_if(left, [&](const auto& field) {
    const auto found = right.find(field.first);
    return found != right.end() && found->second == field.second;
  }));
}

}  // namespace

SampleIndex::SampleIndex(const History& history) {
  fields_.reserve(history.sample.size());
  for (const SampleRecord& record : history.sample) {
    position_by_id_.emplace(record.id, fields_.size());
    fields_.push_back(read_record_text(record.text).fields);
  }
}

std::vector<std::size_t> SampleIndex::records_in(std::string_view text) const {
  std::vector<std::size_t> found;
  std::unordered_set<std::size_t> known;
  for (const std::size_t position : identities_in(text))
    if (known.insert(position).second) found.push_back(position);
  return found;
}

std::vector<std::size_t> SampleIndex::mentions_in(std::string_view text) const {
  std::vector<std::size_t> found = identities_in(text);
  const auto is_first = [&](std::size_t position) { return position == found.front(); };
  if (std::ranges::all_of(found, is_first) && found.size() > 1) found.resize(1);
  return found;
}

std::vector<std::size_t> SampleIndex::identities_in(std::string_view text) const {
  std::vector<std::size_t> found;
  for_each_number(text, [&](std::string_view number) {
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));  // "%012d"
    const auto known = position_by_id_.find(number);
    if (known != position_by_id_.end()) found.push_back(known->second);
  });
  return found;
}

std::vector<std::size_t> SampleIndex::records_in_message(std::string_view text) const {
  std::vector<std::size_t> found = records_in(text);
  return found.empty() ? most_alike(text) : found;
}

std::vector<std::size_t> SampleIndex::most_alike(std::string_view text) const {
  const Fields fields = read_record_text(text).fields;
  if (fields.empty() || fields_.empty()) return {};
  std::size_t best = 0, best_count = 0, ties = 0;
  for (std::size_t position = 0; position < fields_.size(); ++position) {
    const std::size_t count = equal_fields(fields_[position], fields);
    if (count > best_count) {
      best = position;
      best_count = count;
      ties = 0;
    } else if (count == best_count) {
      ++ties;
    }
  }
  // Half of the fields by chance is out of the question; a tie would be a guess.
  const bool is_sure = ties == 0 && best_count * 2 > fields_[best].size();
  return is_sure ? std::vector{best} : std::vector<std::size_t>{};
}

std::vector<std::vector<const LoggedRecord*>> places_in_log(const History& history, std::string_view topic,
                                                            const SampleIndex& index) {
  std::vector<std::vector<const LoggedRecord*>> places(index.size());
  for (const LoggedRecord* record : log_of(history, topic))
    for (const std::size_t position : index.records_in_message(record->value.value_or("")))
      places[position].push_back(record);
  return places;
}

}  // namespace klab
