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
  moved,      ///< committed, but nobody can say how it came there
  earliest,
  latest,
  unexplained,
};

/// Explains where ownerships began to read.
class Resumptions {
 public:
  Resumptions(const Model& model, const Policy& policy);

  Start start_of(const OwnershipFact& ownership);

  /// Whether the ownership had to begin somewhere, for all that is recorded.
  bool is_bound(const OwnershipFact& ownership) const;

  /// The latest commit that surely was in force when the ownership began; null where there is none.
  const CommitFact* commit_before(const OwnershipFact& ownership) const;

 private:
  struct Committed {
    std::vector<const CommitFact*> ok = {};  ///< by the time of their answers
    std::vector<std::int64_t> unknown = {};  ///< ascending
  };

  struct Acknowledged {
    Time at = kUnknownTime;
    std::int64_t highest = kNoOffset;  ///< of all until then
  };

  const Committed* committed_for(const OwnershipFact& ownership) const;
  const CommitFact* commit_that_explains(const OwnershipFact& ownership) const;
  bool unknown_commit_explains(const OwnershipFact& ownership) const;
  bool reset_explains(const OwnershipFact& ownership, ResetPolicy reset);
  bool is_own(const CommitFact& commit, const OwnershipFact& ownership) const;
  bool leads_to(const OwnershipFact& ownership, std::int64_t position) const;
  std::int64_t highest_acknowledged_before(Name partition, Time time);
  void remember_acknowledgements();

  const Model& model_;
  const Policy& policy_;
  std::unordered_map<std::uint64_t, Committed> committed_ = {};  ///< by group and partition
  std::set<Name> groups_with_commits_ = {};
  std::vector<std::vector<Acknowledged>> acknowledged_ = {};  ///< by partition, once they are needed
};

/// bad-resume: a member begins to read a partition that its group gave it elsewhere than at a commit that was
/// in force or in flight then, at the start that the reset policy gives where there was none, or where the
/// member went on itself; or reads on after a seek elsewhere than where it led. What a member assigns to
/// itself may begin anywhere. Where the policy names no reset, both the earliest and the latest offset are
/// taken for right; and where, besides, no commit of the group is recorded, nothing is judged.
void bad_resume(const Model& model, const Policy& policy, Findings& findings);

}  // namespace klab
