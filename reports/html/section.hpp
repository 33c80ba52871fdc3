#pragma once

#include "reports/markup/xml_writer.hpp"
#include "reports/run_result.hpp"

namespace klab {

/// One section: its properties, failing ones open and the others folded, then its programs. A program is open
/// when a property failed because of how one of that role ended.
void write_section(XmlElement& main, const SectionResult& section);

}  // namespace klab
