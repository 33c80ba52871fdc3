#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "checks/history/history.hpp"
#include "checks/history/record_text.hpp"

namespace klab {

/// Recognises records of the sample in whatever a program made of them: a JSON object, an array of many, a
/// printed line, a Python literal. An identity is a run of digits that occurs nowhere else in the sample, so
/// finding it needs no assumption about the format around it.
class SampleIndex {
 public:
  explicit SampleIndex(const History& history);

  /// Positions in the sample (0 is the file's first record) of the records in `text`, in order of appearance,
  /// each once.
  std::vector<std::size_t> records_in(std::string_view text) const;

  /// The same, each as often as it stands there; but once in a text about a single record, which may show its
  /// identity beside the record itself.
  std::vector<std::size_t> mentions_in(std::string_view text) const;

  /// As `records_in`; a message that lost its identity field is recognised by its other fields, where more
  /// than half of them agree with one record of the sample and with no other as well.
  std::vector<std::size_t> records_in_message(std::string_view text) const;

  std::size_t size() const { return fields_.size(); }
  const Fields& fields(std::size_t position) const { return fields_[position]; }

 private:
  std::vector<std::size_t> identities_in(std::string_view text) const;
  std::vector<std::size_t> most_alike(std::string_view text) const;

  std::unordered_map<std::string_view, std::size_t>
      position_by_id_;  // views into the history, which outlives this
  std::vector<Fields> fields_;
};

/// Where the topic's log holds each record of the sample, by its position, in the order of the log.
std::vector<std::vector<const LoggedRecord*>> places_in_log(const History& history, std::string_view topic,
                                                            const SampleIndex& index);

}  // namespace klab
