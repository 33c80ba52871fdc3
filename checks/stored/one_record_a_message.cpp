#include "checks/stored/one_record_a_message.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/facts/sample_index.hpp"

namespace klab {

Verdict one_record_a_message(const History& history, std::string_view topic) {
  Verdict verdict{.claim = "each message is one record", .expected = "one record in each message"};
  const SampleIndex index(history);
  const auto log = log_of(history, topic);
  if (index.size() == 0) return undecided(verdict, "no sample was handed out");
  if (log.empty()) return undecided(verdict, fmt::format("topic {} holds no message", topic));

  for (const LoggedRecord* record : log) {
    const std::string text = record->value.value_or("");
    const std::size_t count = index.records_in_message(text).size();
    const std::size_t elements = read_message_text(text).size();  // an array may hold one record twice
    if (count == 1 && elements == 1) continue;
    add_evidence(verdict,
                 {.lines = {record->line},
                  .note = fmt::format("the message at partition {} offset {} ({} bytes) holds {}",
                                      record->partition, record->offset, text.size(),
                                      count == 0 ? "no record of the sample"
                                                 : fmt::format("{} records", std::max(count, elements)))});
  }

  verdict.judged = fmt::format("{} messages", log.size());
  if (verdict.evidence.empty())
    return holds(verdict, fmt::format("one record in each of {} messages", log.size()));
  return refuted(verdict,
                 fmt::format("{} of {} messages do not hold one record", evidence_count(verdict), log.size()),
                 "parse the file and call produce() once for each record");
}

}  // namespace klab
