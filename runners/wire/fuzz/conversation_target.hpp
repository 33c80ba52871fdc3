#pragma once

#include "checks/fuzz/fuzz_target.hpp"

namespace klab {

/// The input is a script (talk_script.hpp). Whatever is said, each frame is handed over once; each body has
/// its view, its records and its JSON; and it does not matter in what pieces the bytes come.
extern const FuzzTarget kConversationTarget;

/// Changes a script in ways that leave most of it a conversation: see FuzzTarget::mutate.
std::string mutate_talk(std::string script, Random& random, const MutateBytes& change);

}  // namespace klab
