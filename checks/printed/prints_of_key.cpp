#include "checks/printed/prints_of_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/history/record_key.hpp"

namespace klab {
namespace {

std::string name_of(const SampleRecord& record, std::size_t position) {
  return fmt::format("record {} of the file (id {})", position + 1, record.id);
}

Evidence wanted_and_not_right(const History& history, const KeyReading& reading, std::size_t position,
                              const std::vector<const PrintedLine*>& lines) {
  const SampleRecord& record = history.sample[position];
  const LoggedRecord& place = *reading.wanted[position].front();
  Evidence evidence{.lines = {record.line, place.line}};
  for (const PrintedLine* line : lines) evidence.lines.push_back(line->line);
  evidence.note = fmt::format("{} has the key {}, at partition {} offset {}, and {} prints it {}",
                              name_of(record, position), describe_key(place.key), place.partition,
                              place.offset, reading.run->program, counted(lines.size(), "time"));
  return evidence;
}

Evidence not_wanted(const History& history, const KeyReading& reading, std::size_t position,
                    const PrintedLine& line) {
  const SampleRecord& record = history.sample[position];
  const auto& places = reading.all[position];
  const std::string what = places.empty() ? "is not in the topic"
                                          : fmt::format("has the key {}", describe_key(places.front()->key));
  return {.lines = {record.line, line.line},
          .note = fmt::format("{} {}, and is on {}, which was told the key \"{}\"", name_of(record, position),
                              what, place_of(line), reading.run->key)};
}

void compare_counts(KeyFindings& findings, const History& history, const KeyReading& reading,
                    const Prints& prints, std::size_t times) {
  const Deliveries deliveries(history);
  const auto was_given = [&](const LoggedRecord* place) {
    return deliveries.first(reading.run->program, *place).has_value();
  };
  for (std::size_t position = 0; position < reading.wanted.size(); ++position) {
    const auto& wanted = reading.wanted[position];
    const auto& lines = prints.lines[position];
    if (lines.size() == times * wanted.size()) continue;
    Evidence evidence = wanted.empty() ? not_wanted(history, reading, position, *lines.front())
                                       : wanted_and_not_right(history, reading, position, lines);
    const bool is_missing = lines.size() < times * wanted.size();
    (is_missing ? findings.missing : findings.surplus).push_back(std::move(evidence));
    if (is_missing && std::ranges::none_of(wanted, was_given)) ++findings.never_given;
  }
}

/// A record's mention on a line of a stream.
struct Mention {
  const PrintedLine* line = nullptr;
  const LoggedRecord* place = nullptr;
};

/// Of the wanted records that are stored once, in the order of the output. Where records may be mentioned
/// several times, the first mention counts.
std::vector<Mention> mentions_in(const KeyReading& reading, const Prints& prints, std::size_t times) {
  std::vector<Mention> mentions;
  for (std::size_t position = 0; position < reading.wanted.size(); ++position) {
    if (reading.wanted[position].size() != 1) continue;
    const auto& lines = prints.lines[position];
    for (std::size_t i = 0; i < (times == 1 ? lines.size() : std::min<std::size_t>(lines.size(), 1)); ++i)
      mentions.push_back({lines[i], reading.wanted[position].front()});
  }
  std::ranges::sort(mentions, {}, [](const Mention& mention) {
    return std::tuple(mention.line->on_stderr, mention.line->number, mention.place->offset);
  });
  return mentions;
}

void compare_order(KeyFindings& findings, const KeyReading& reading, const Prints& prints,
                   std::size_t times) {
  std::map<std::pair<bool, int>, Mention> latest;  // by stream and partition
  for (const Mention& next : mentions_in(reading, prints, times)) {
    auto [seat, is_first] = latest.try_emplace({next.line->on_stderr, next.place->partition}, next);
    const Mention before = std::exchange(seat->second, next);
    if (next.place->offset < before.place->offset)
      findings.disorder.push_back(
          {.lines = {before.line->line, next.line->line},
           .note = fmt::format("partition {}: offset {} is on {}, behind offset {} on line {}",
                               next.place->partition, next.place->offset, place_of(*next.line),
                               before.place->offset, before.line->number)});
  }
}

KeyFindings findings_in(const History& history, const KeyReading& reading, const Prints& prints,
                        Lines lines) {
  const std::size_t times = times_mentioned(prints, count_of(reading.wanted), lines);
  KeyFindings findings{.printed = prints.records};
  compare_counts(findings, history, reading, prints, times);
  compare_order(findings, reading, prints, times);
  for (const Forgery& forgery : forgeries(history, prints, reading.all, times))
    findings.forged.push_back(evidence_of(forgery, history.sample[forgery.position]));
  return findings;
}

}  // namespace

KeyFindings findings_of(const History& history, const KeyReading& reading, const SampleIndex& index,
                        Lines lines) {
  std::optional<KeyFindings> of_all;
  for (const Prints& prints : ways_to_read(history, {reading.run}, index, lines)) {
    KeyFindings findings = findings_in(history, reading, prints, lines);
    if (findings.is_clean() && (!of_all || findings.printed > 0)) return findings;
    if (!of_all) of_all = std::move(findings);
  }
  return *of_all;
}

}  // namespace klab
