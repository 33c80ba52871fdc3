#pragma once

#include <set>
#include <unordered_map>
#include <vector>

#include "checks/catalogue/findings.hpp"
#include "checks/catalogue/model.hpp"

namespace klab {

/// Where an ownership's first read may be explained from.
enum class Start {
  unknown,    ///< nothing says where it had to be
  sought,     ///< the member chose
  continued,  ///< it went on with what it had
  committed,  ///< by a member that had read so far
  moved,      ///< committed, but nobody can say how its member came there
  earliest,
  latest,
  unexplained,
};

/// Explains where ownerships began to read.
class Resumptions {
 public:
  Resumptions(const Model& model, const Policy& policy);

  Start start_of(const OwnershipFact& ownership);

  /// Whether the first read after a seek can come of it.
  bool explains(const SeekFact& seek, const ReadFact& read);

  /// Whether the ownership had to begin somewhere, for all that is recorded.
  bool is_bound(const OwnershipFact& ownership) const;

  /// The latest commit that surely was in force when the ownership began; null where there is none.
  const CommitFact* commit_before(const OwnershipFact& ownership) const;

 private:
  struct Committed {
    std::vector<const CommitFact*> ok = {};       ///< by the time of their answers
    std::vector<const CommitFact*> unknown = {};  ///< by what they are of
  };

  struct Known {
    Time at = kUnknownTime;
    std::int64_t highest = kNoOffset;  ///< of all until then
  };
  using KnownOffsets = std::vector<std::vector<Known>>;  ///< by partition

  const Committed* committed_for(const OwnershipFact& ownership) const;
  /// One of those that may have been in force when the ownership began, or soon after.
  const CommitFact* commit_in_force(const OwnershipFact& ownership, auto is_wanted) const;
  const CommitFact* commit_that_explains(const OwnershipFact& ownership) const;
  bool is_position_of_its_member(const CommitFact& commit) const;
  bool unknown_commit_explains(const OwnershipFact& ownership) const;
  /// Where the reset policy may have led a reader that had no position in the log at that time.
  Start reset_of(const ReadFact& read, Time since);
  bool reset_explains(const ReadFact& read, Time since, ResetPolicy reset);
  /// None was committed, or none in the log.
  bool may_have_no_position(const OwnershipFact& ownership);
  /// Then the client asks the reset policy, and the program does not hear of it (OFFSET_OUT_OF_RANGE).
  bool may_be_out_of_range(Name partition, std::int64_t position, Time since, std::size_t markers = 0);
  bool may_be_out_of_range(const CommitFact& commit, Time since);
  bool is_own(const CommitFact& commit, const OwnershipFact& ownership) const;
  bool may_begin_at(const CommitFact& commit, const OwnershipFact& ownership) const;
  bool leads_to(const OwnershipFact& ownership, std::int64_t position) const;
  KnownOffsets acknowledged() const;
  KnownOffsets stored() const;
  static void put_in_order(KnownOffsets& known);
  std::int64_t highest_before(const KnownOffsets& known, Name partition, Time time) const;

  const Model& model_;
  const Policy& policy_;
  std::unordered_map<std::uint64_t, Committed> committed_ = {};  ///< by group and partition
  std::set<Name> groups_with_commits_ = {};
  KnownOffsets acknowledged_ = {};  ///< once they are needed
  KnownOffsets stored_ = {};        ///< by acknowledgements and reads; once they are needed
};

/// bad-resume: a member begins to read a partition that its group gave it elsewhere than at a commit that was
/// in force or in flight then, at the start that the reset policy gives where there was none, or where the
/// member went on itself; or reads on after a seek elsewhere than where it led. Where a commit or a seek may
/// lie outside of the log the start of the reset policy is right as well. What a member assigns to itself may
/// begin anywhere. Where the policy names no reset, both the earliest and the latest offset are
/// taken for right; and where, besides, no commit of the group is recorded, nothing is judged.
void bad_resume(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
