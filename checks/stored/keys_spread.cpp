#include "checks/stored/keys_spread.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "checks/chi_square.hpp"
#include "checks/counted.hpp"
#include "checks/history/record_key.hpp"

namespace klab {
namespace {

constexpr double kTooUneven = 1e-6;
constexpr std::size_t kFewestOfAKey = 5;

using Counts = std::map<std::string, std::size_t>;

std::string described(const std::vector<std::string>& keys, const std::vector<std::size_t>& counts) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < keys.size(); ++i) parts.push_back(fmt::format("{}: {}", keys[i], counts[i]));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// What the log holds of each key, and how many records have another, or none, with evidence of these.
struct KeysFound {
  Counts by_key = {};
  std::size_t messages = 0, others = 0;
};

KeysFound count_keys(const History& history, std::string_view topic, const std::vector<std::string>& keys,
                     Verdict& verdict) {
  KeysFound found;
  for (const std::string& key : keys) found.by_key[key] = 0;
  for (const LoggedRecord* record : log_of(history, topic)) {
    ++found.messages;
    const auto known = record->key ? found.by_key.find(key_text(record->key)) : found.by_key.end();
    if (known != found.by_key.end()) {
      ++known->second;
      continue;
    }
    ++found.others;
    add_evidence(verdict,
                 {.lines = {record->line},
                  .note = fmt::format("the record at partition {} offset {} has the key {}",
                                      record->partition, record->offset, describe_key(record->key))});
  }
  return found;
}

/// As `shuf -i 1-5 -n 1` of coreutils 9.1 draws them, which reads a single byte for each: 4 and 5 come a
/// third too often.
bool are_roughly_even(const std::vector<std::size_t>& counts) {
  const double mean = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::size_t{0})) /
                      static_cast<double>(counts.size());
  return std::ranges::all_of(
      counts, [&](std::size_t count) { return std::abs(static_cast<double>(count) - mean) < 0.4 * mean; });
}

Verdict judge_evenness(Verdict verdict, const std::vector<std::string>& keys, const Counts& by_key) {
  std::vector<std::size_t> counts;
  for (const std::string& key : keys) counts.push_back(by_key.at(key));
  const std::string actual = described(keys, counts);
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (counts[i] == 0)
      return refuted(verdict, fmt::format("no record has the key {} ({})", keys[i], actual),
                     "draw the key anew for each record: are both ends of the range in it?");
  if (chance_of_even_draws(counts) > kTooUneven) return holds(verdict, actual);
  if (are_roughly_even(counts))
    return undecided(
        verdict,
        fmt::format("the keys are not used evenly, but as evenly as a poor source of random numbers "
                    "makes them ({})",
                    actual),
        "shuf of coreutils 9.1 is one: try another");
  return refuted(verdict, fmt::format("the keys are used too unevenly for equal chances ({})", actual),
                 "give each key the same chance");
}

}  // namespace

Verdict keys_spread(const History& history, std::string_view topic, const std::vector<std::string>& keys) {
  Verdict verdict{
      .claim = fmt::format("the keys are {}, all are used, and none far from equally often",
                           fmt::join(keys, ", ")),
      .expected = fmt::format("keys {}, each about one time in {}", fmt::join(keys, ", "), keys.size())};
  if (!is_drained(history, topic))
    return undecided(verdict, fmt::format("topic {} was not read to its end", topic));

  const KeysFound found = count_keys(history, topic, keys, verdict);
  const std::string messages = counted(found.messages, "message");
  verdict.judged = fmt::format("the keys of {}", messages);
  if (found.others > 0)
    return refuted(verdict, fmt::format("{} of {} have another key, or none", found.others, messages),
                   fmt::format("send each record with one of the keys {}, as text or as a big-endian integer",
                               fmt::join(keys, ", ")));
  if (found.messages < kFewestOfAKey * keys.size())
    return undecided(verdict, fmt::format("{} are too few to tell how often keys are used", messages));
  return judge_evenness(std::move(verdict), keys, found.by_key);
}

}  // namespace klab
