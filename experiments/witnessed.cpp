#include "experiments/witnessed.hpp"

#include <algorithm>
#include <iterator>

#include "experiments/told.hpp"

namespace klab {

std::vector<SentBatch> batches_of(const History& history, std::string_view program) {
  std::vector<SentBatch> batches;
  std::ranges::copy_if(history.sent, std::back_inserter(batches),
                       [&](const SentBatch& batch) { return batch.program == program; });
  return batches;
}

std::ptrdiff_t copies_of(const History& history, std::string_view topic, std::string_view value) {
  return std::ranges::count_if(history.logged, [&](const LoggedRecord& record) {
    return record.topic == topic && record.value == value;
  });
}

std::ptrdiff_t times_acked(const History& history, std::string_view program, const std::string& value) {
  return std::ranges::count(told_texts(history, program, "acked"), value);
}

}  // namespace klab
