#pragma once

namespace klab {

/// Gives up every capability, also those that a program could gain from its file or its user id, for this
/// process and all it starts. Throws Refusal.
void drop_privileges();

}  // namespace klab
