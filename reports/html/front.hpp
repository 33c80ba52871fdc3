#pragma once

#include "reports/markup/xml_writer.hpp"
#include "reports/run_result.hpp"

namespace klab {

/// Lab, submission, score and the sentence that sums up.
void write_banner(XmlElement& body, const RunResult& run);

/// The findings and, beside them, the sections in a table.
void write_front(XmlElement& main, const RunResult& run);

}  // namespace klab
