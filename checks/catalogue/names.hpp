#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "checks/catalogue/large_vector.hpp"

namespace klab {

/// A text of the history as a small number, in the order of first appearance.
using Name = std::uint32_t;

inline constexpr Name kNoName = ~Name{0};

/// Both as one key of a table.
inline std::uint64_t pair_of(Name first, Name second) { return std::uint64_t{first} << 32 | second; }

/// Numbers texts from 0. Keeps them one behind the other: those of a history lie so far apart that comparing
/// one more costs a wait for memory. A table of 8 bytes a slot, at most three quarters full: the ids of
/// millions of records are the largest thing in a model.
class Names {
 public:
  Name add(std::string_view text);

  // For many texts one after the other: what memory is needed is asked for before it is.
  static std::uint32_t hash_of(std::string_view text);
  void expect(std::uint32_t hash) const;       ///< some calls before `add`
  void expect_text(std::uint32_t hash) const;  ///< some calls after that
  Name add(std::string_view text, std::uint32_t hash);

  /// Of a text that most often has that name.
  Name add_guessed(std::string_view text, Name guess);

  Name find(std::string_view text) const;  ///< kNoName where it was not added
  std::string_view operator[](Name name) const { return text_at(texts_[name]); }
  std::size_t size() const { return texts_.size(); }
  void reserve(std::size_t count);

 private:
  struct Slot {
    std::uint32_t hash = 0;
    Name name = kNoName;
  };

  static std::string_view text_at(const char* stored);
  const char* store(std::string_view text);
  std::size_t slot_of(std::string_view text, std::uint32_t hash) const;
  void grow(std::size_t slots);

  std::vector<std::unique_ptr<char[]>> blocks_ = {};
  char* free_ = nullptr;  ///< in the last block
  std::size_t bytes_free_ = 0;
  LargeVector<const char*> texts_ = {};  ///< each its length and then its characters
  LargeVector<Slot> slots_ = {};
  mutable Name latest_ = kNoName;  ///< most often the same is asked for again
};

}  // namespace klab
