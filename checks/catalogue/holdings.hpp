#pragma once

#include <unordered_map>
#include <vector>

#include "checks/catalogue/model.hpp"

namespace klab {

/// What one member does with one partition.
struct Holding {
  Name ownership = kNoName;
  Name last_read = kNoName;  ///< in the ownership, since the last seek
  Name last_ok = kNoName;    ///< the same, of polls that handed their records on
  bool is_unsure = false;    ///< what was read since that came behind a poll of unknown outcome
  Before before = Before::nothing;
  SeekFact sought = {};
  std::uint32_t doubts = 0;   ///< of the member, when it last read here
  Time since = kUnknownTime;  ///< the ownership's begin, or the last seek in it
  Name former = kNoName;      ///< the ownership before
};

/// Who holds which partitions at the point that the following of a history has reached, how far each has read
/// there, and of whom nobody knows where it reads on.
class Holdings {
 public:
  explicit Holdings(Model& model) : model_(model) {}

  /// References stay good.
  Holding& of(Name member, Name partition) {
    const std::uint64_t key = std::uint64_t{member} << 32 | partition;
    if (key != latest_key_) {
      latest_key_ = key;
      latest_ = &holdings_[key];
    }
    return *latest_;
  }

  OwnershipFact& begin(Name member, Name partition, Time at, Line line);
  void end(Name member, Name partition, OwnershipEnd how, Time at, Line line);
  std::vector<Name> held_by(Name member) { return held_[member]; }

  /// What it gave up last, as long as it was assigned nothing since.
  void note_given_up(Name member, std::vector<Name> partitions) { given_up_[member] = std::move(partitions); }
  void forget_given_up(Name member) { given_up_.erase(member); }
  bool has_given_up(Name member, Name partition) const;

  /// Nobody knows what a poll of it moved.
  void add_doubt(Name member);
  std::uint32_t doubts_of(Name member) const { return member < doubts_.size() ? doubts_[member] : 0; }
  bool is_doubtful(Name member, const Holding& holding) const { return holding.doubts != doubts_of(member); }

  /// It reads in a transaction of unknown end; once that is over, but in `unless`, it may have gone back.
  void note_undecided(Name member, Name transaction) { undecided_[member] = transaction; }
  void doubt_what_was_read_within(Name member, Name unless);

  /// Whether the member's next read surely follows its last.
  bool is_position_known(Name member, const Holding& holding) const;

 private:
  Model& model_;
  std::unordered_map<std::uint64_t, Holding> holdings_ = {};
  std::uint64_t latest_key_ = ~std::uint64_t{0};
  Holding* latest_ = nullptr;
  std::unordered_map<Name, std::vector<Name>> held_ = {}, given_up_ = {};
  std::unordered_map<Name, Name> undecided_ = {};
  std::vector<std::uint32_t> doubts_ = {};
};

}  // namespace klab
