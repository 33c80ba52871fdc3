#pragma once

#include "reports/run_result.hpp"

namespace klab {

/// For whom a run is told. Staff see all of it; the student's view leaves out what is hidden until the
/// deadline.
enum class View { student, staff };

/// What a view shows of a run, to be rendered like any other. Hidden properties go, whatever became of them;
/// how many they are and what they are worth stays, as numbers and as the first of the run's notes, so that
/// no score is taken for the whole. Nothing that is left tells how a hidden property came out. What the
/// programs printed and the pictures of the play stay: they are the student's own.
RunResult viewed(RunResult run, View view);
SectionResult viewed(SectionResult section, View view);

}  // namespace klab
