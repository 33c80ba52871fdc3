#pragma once

#include "checks/fuzz/fuzz_target.hpp"

namespace klab {

/// The input is a script (runners/wire/fuzz/talk_script.hpp) that two connections of a program speak.
/// Whatever is said, what the witness makes of it is a history that can be written and read again.
extern const FuzzTarget kWitnessTarget;

}  // namespace klab
