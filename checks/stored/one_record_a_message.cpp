#include "checks/stored/one_record_a_message.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/counted.hpp"
#include "checks/facts/sample_index.hpp"

namespace klab {
namespace {

constexpr std::size_t kBytesShown = 40;

std::string beginning_of(std::string_view text) {
  return fmt::format("{:?}{}", text.substr(0, kBytesShown), text.size() > kBytesShown ? ".." : "");
}

}  // namespace

Verdict one_record_a_message(const History& history, std::string_view topic) {
  Verdict verdict{.claim = "each message is one record", .expected = "one record in each message"};
  const SampleIndex index(history);
  const auto log = log_of(history, topic);
  if (index.size() == 0) return undecided(verdict, "no sample was handed out");
  if (log.empty()) return undecided(verdict, fmt::format("topic {} holds no message", topic));

  bool holds_several = false;
  for (const LoggedRecord* record : log) {
    const std::string text = record->value.value_or("");
    const std::size_t count = index.records_in_message(text).size();
    const std::size_t elements = read_message_text(text).size();  // an array may hold one record twice
    if (count == 1 && elements == 1) continue;
    holds_several |= count > 0;
    add_evidence(verdict,
                 {.lines = {record->line},
                  .note = fmt::format("the message at partition {} offset {} ({} bytes) holds {}",
                                      record->partition, record->offset, text.size(),
                                      count == 0 ? "no record of the sample: " + beginning_of(text)
                                                 : fmt::format("{} records", std::max(count, elements)))});
  }

  // Fragments of the file are no records either.
  const bool has_others_beside_records = !holds_several && evidence_count(verdict) < log.size();
  verdict.judged = counted(log.size(), "message");
  if (verdict.evidence.empty())
    return holds(verdict, fmt::format("one record in each of {}", counted(log.size(), "message")));
  return refuted(verdict,
                 fmt::format("{} of {} {} not hold one record", evidence_count(verdict),
                             counted(log.size(), "message"), agreeing(evidence_count(verdict), "does", "do")),
                 has_others_beside_records
                     ? "send the file's records and nothing else: no message that announces or ends them"
                     : "parse the file and call produce() once for each record");
}

}  // namespace klab
