#include "claims/quantity.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

namespace klab {
namespace {

struct Unit {
  std::string_view name;
  double factor;
};

// The largest first: a quantity is written in the largest unit of which it is a whole number.
constexpr std::array<Unit, 5> kDurations{
    {{"days", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"s", 1000}, {"ms", 1}}};
constexpr std::array<Unit, 4> kSizes{{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}, {"bytes", 1}}};

/// Milliseconds or bytes in one of what a word names; nothing for other words.
double factor_of(const std::string& word, Quantity kind) {
  static const std::map<std::string, double, std::less<>> kInMilliseconds{
      {"ms", 1},           {"millisecond", 1},  {"s", 1000},          {"sec", 1000},       {"second", 1000},
      {"min", 60'000},     {"minut", 60'000},   {"h", 3'600'000},     {"hour", 3'600'000}, {"hr", 3'600'000},
      {"dai", 86'400'000}, {"day", 86'400'000}, {"week", 604'800'000}};
  static const std::map<std::string, double, std::less<>> kInBytes{
      {"byte", 1},          {"b", 1},        {"kb", 1 << 10},  {"kib", 1 << 10},
      {"kilobyt", 1 << 10}, {"k", 1 << 10},  {"mb", 1 << 20},  {"mib", 1 << 20},
      {"megabyt", 1 << 20}, {"gb", 1 << 30}, {"gib", 1 << 30}, {"byt", 1}};
  const auto& factors = kind == Quantity::duration ? kInMilliseconds : kInBytes;
  const auto found = factors.find(word);
  return found == factors.end() ? 0 : found->second;
}

std::optional<double> number_of(const Word& word) {
  static const std::map<std::string, double, std::less<>> kNumbers{
      {"a", 1},   {"one", 1},   {"two", 2},   {"three", 3}, {"four", 4}, {"five", 5},
      {"six", 6}, {"seven", 7}, {"eight", 8}, {"nine", 9},  {"ten", 10}, {"zero", 0}};
  if (word.kind == Word::Kind::word) {
    const auto found = kNumbers.find(word.plain);
    return found == kNumbers.end() ? std::nullopt : std::optional(found->second);
  }
  double value = 0;
  const char* end = word.plain.data() + word.plain.size();
  const auto [rest, error] = std::from_chars(word.plain.data(), end, value);
  return error == std::errc() && rest == end && word.kind == Word::Kind::number ? std::optional(value)
                                                                                : std::nullopt;
}

template <typename Units>
std::string in_largest_unit(double amount, const Units& units) {
  for (const Unit& unit : units) {
    const double count = amount / unit.factor;
    if (count == 1 && unit.name == "days") return "1 day";
    if (count >= 1 && count == std::floor(count)) return fmt::format("{:.0f} {}", count, unit.name);
  }
  return fmt::format("{} {}", amount, units.back().name);
}

std::string canonical(double amount, Quantity kind) {
  if (kind == Quantity::count) return fmt::format("{}", amount);
  return kind == Quantity::duration ? in_largest_unit(amount, kDurations) : in_largest_unit(amount, kSizes);
}

double amount_of(const std::string& text, Quantity kind) {
  const std::vector<Word> words = words_of(text);
  if (words.empty()) return NAN;
  const double number = number_of(words[0]).value_or(NAN);
  return words.size() < 2 ? number : number * factor_of(words[1].stem, kind);
}

/// "Every second", "once per minute", but not "every second record".
std::optional<FoundQuantity> bare_unit_at(const std::vector<Word>& words, std::size_t at) {
  using Names = std::set<std::string, std::less<>>;
  static const Names kEach{"every", "each", "per"}, kUnits{"second", "minute", "hour", "day"};
  static const Names kGoingOn{"and", "in", "by", "unless", "so", "which", "from"};
  if (at == 0 || !kEach.contains(words[at - 1].plain)) return std::nullopt;
  if (!kUnits.contains(words[at].plain)) return std::nullopt;
  const bool ends = at + 1 == words.size() || words[at + 1].kind == Word::Kind::mark ||
                    kGoingOn.contains(words[at + 1].plain);
  if (!ends) return std::nullopt;
  return FoundQuantity{canonical(factor_of(words[at].stem, Quantity::duration), Quantity::duration), 1};
}

}  // namespace

std::optional<FoundQuantity> quantity_at(const std::vector<Word>& words, std::size_t at, Quantity kind,
                                         std::string_view unit) {
  if (at >= words.size()) return std::nullopt;
  if (kind == Quantity::duration)
    if (auto found = bare_unit_at(words, at)) return found;
  const std::optional<double> number = number_of(words[at]);
  if (!number || *number < 0) return std::nullopt;
  if (kind == Quantity::count)
    return words[at].plain == "a" ? std::nullopt
                                  : std::optional<FoundQuantity>({canonical(*number, kind), 1});
  if (at + 1 < words.size())
    if (const double factor = factor_of(words[at + 1].stem, kind); factor > 0)
      return FoundQuantity{canonical(*number * factor, kind), 2};
  const Quantity other = kind == Quantity::duration ? Quantity::size : Quantity::duration;
  const bool is_of_other_kind = at + 1 < words.size() && factor_of(words[at + 1].stem, other) > 0;
  if (unit.empty() || words[at].kind != Word::Kind::number || is_of_other_kind) return std::nullopt;
  return FoundQuantity{canonical(*number * factor_of(stem_of(unit), kind), kind), 1};
}

std::string canonical_quantity(std::string_view text, Quantity kind) {
  const std::vector<Word> words = words_of(text);
  const std::optional<FoundQuantity> found = quantity_at(words, 0, kind);
  return found && found->words == words.size() ? found->value : std::string(text);
}

bool is_same_quantity(const std::string& left, const std::string& right, Quantity kind) {
  if (left == right || kind != Quantity::size) return left == right;
  const double one = amount_of(left, kind), other = amount_of(right, kind);
  return std::abs(one - other) <= 0.05 * std::max(one, other);
}

}  // namespace klab
