#pragma once

#include "reports/markup/xml_writer.hpp"
#include "reports/run_result.hpp"

namespace klab {

/// A program's run: its command, what it printed beside what the wire heard, and the end of its output. Open
/// where it explains a failure.
void write_program(XmlElement& parent, const ProgramSummary& program, bool is_open);

}  // namespace klab
