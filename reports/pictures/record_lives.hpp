#pragma once

#include "checks/history/history.hpp"
#include "reports/run_result.hpp"

namespace klab {

/// Adds to each property that does not hold the lives of the records that its evidence names: those whose
/// identity stands in the sentence, else those on the lines that it points at (where these are only batches,
/// the first of each), two a piece of evidence and 24 a section. A life tells what was observed; what nobody
/// could have observed it calls not known.
void tell_lives(SectionResult& section, const History& history);

}  // namespace klab
