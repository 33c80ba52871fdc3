#include "checks/catalogue/names.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>

namespace klab {
namespace {

using Length = std::uint32_t;

constexpr std::size_t kFewest = 16;
constexpr std::size_t kBlock = std::size_t{64} << 10;

}  // namespace

std::string_view Names::text_at(const char* stored) {
  Length length = 0;
  std::memcpy(&length, stored, sizeof length);
  return {stored + sizeof length, length};
}

const char* Names::store(std::string_view text) {
  const auto length = static_cast<Length>(text.size());
  const std::size_t size = sizeof length + text.size();
  if (size > bytes_free_) {
    bytes_free_ = std::max(size, kBlock);
    free_ = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(bytes_free_)).get();
  }
  char* const stored = free_;
  std::memcpy(stored, &length, sizeof length);
  text.copy(stored + sizeof length, text.size());
  free_ += size;
  bytes_free_ -= size;
  return stored;
}

std::uint32_t Names::hash_of(std::string_view text) {
  const std::size_t hash = std::hash<std::string_view>()(text);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

void Names::expect(std::uint32_t hash) const {
  if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
}

void Names::expect_text(std::uint32_t hash) const {
  if (slots_.empty()) return;
  const Slot& slot = slots_[hash & (slots_.size() - 1)];
  if (slot.name != kNoName) __builtin_prefetch(texts_[slot.name]);
}

Name Names::add(std::string_view text) {
  if (latest_ != kNoName && (*this)[latest_] == text) return latest_;
  return add(text, hash_of(text));
}

Name Names::add(std::string_view text, std::uint32_t hash) {
  if ((texts_.size() + 1) * 4 > slots_.size() * 3) grow(std::max(kFewest, slots_.size() * 2));
  Slot& slot = slots_[slot_of(text, hash)];
  if (slot.name == kNoName) {
    slot = {hash, static_cast<Name>(texts_.size())};
    texts_.push_back(store(text));
  }
  return latest_ = slot.name;
}

Name Names::add_guessed(std::string_view text, Name guess) {
  return guess != kNoName && (*this)[guess] == text ? guess : add(text);
}

Name Names::find(std::string_view text) const {
  if (latest_ != kNoName && (*this)[latest_] == text) return latest_;
  if (slots_.empty()) return kNoName;
  const Name name = slots_[slot_of(text, hash_of(text))].name;
  if (name != kNoName) latest_ = name;
  return name;
}

void Names::reserve(std::size_t count) {
  texts_.reserve(count);
  if (count * 4 > slots_.size() * 3) grow(std::bit_ceil(std::max(kFewest, count * 4 / 3 + 1)));
}

std::size_t Names::slot_of(std::string_view text, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].name != kNoName && (slots_[at].hash != hash || (*this)[slots_[at].name] != text))
    at = (at + 1) & mask;
  return at;
}

void Names::grow(std::size_t slots) {
  LargeVector<Slot> larger(slots);
  for (const Slot& slot : slots_) {
    if (slot.name == kNoName) continue;
    std::size_t at = slot.hash & (slots - 1);
    while (larger[at].name != kNoName) at = (at + 1) & (slots - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

}  // namespace klab
