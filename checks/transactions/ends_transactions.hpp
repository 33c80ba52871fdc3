#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// The programs of a role send to the play's topics in transactions only, under a transactional id, and end
/// each transaction that they begin, by a commit or an abort that the broker took. One that a producer began
/// and that was aborted when it started anew under its id (InitProducerId) is ended as well. Which of both it
/// was, and what the transactions hold, is not asked here; nor is a transaction that nothing was sent in:
/// clients do not tell the broker.
///
/// Undecided when no program of the role ran, or one was not heard in full.
Verdict ends_transactions(const History& history, std::string_view role);

}  // namespace klab
