#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// A role's last run was given no record that its first run had been given: it resumed where the group had
/// committed. Judged in each partition of which the first run was given something: there the last run has to
/// begin to read, at the position that it was told its group had committed.
///
/// What the first run left unread, the last may be given. So it may what the first run's client had fetched
/// ahead, where it was stopped in the midst of it: if it did not print all it was given of a partition, only
/// what it had committed there counts, unless it committed nothing.
///
/// Refuted where it was given a record again; where it was told that nothing was committed, nobody having
/// committed anything, and began to read behind what the first was given. Where it was not: undecided when it
/// did not begin to read such a partition (it never owned it), or began elsewhere than at the committed
/// position. Undecided also when the first run was given nothing, there are not two runs, or one was not
/// heard in full. What a run did after it was told to stop is not judged.
Verdict resumes_where_it_stopped(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
