#pragma once

#include "reports/markup/xml_writer.hpp"
#include "reports/run_result.hpp"

namespace klab {

/// What failed, why and what to do; then what was not judged. A skipped property is folded into the one it
/// waits for, so that a single cause is read once.
void write_findings(XmlElement& front, const RunResult& run);

}  // namespace klab
