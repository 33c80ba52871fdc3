#pragma once

#include <stdexcept>

namespace klab {

/// The grader fell short: no broker, no disk, a broken reader. Costs the student no marks; ends as `error` in
/// the report and as exit code 2.
struct HarnessError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The user gave something klab cannot work with. The message is one line that says file, place and what was
/// expected; exit code 64 and nothing graded.
struct BadInput : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The user asked klab to stop (SIGINT or SIGTERM). Unwinds the play so that its programs and its broker go
/// first.
struct Interrupted : std::runtime_error {
  Interrupted() : std::runtime_error("interrupted") {}
};

}  // namespace klab
