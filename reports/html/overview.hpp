#pragma once

#include "reports/markup/xml_writer.hpp"
#include "reports/run_result.hpp"

namespace klab {

/// Outcomes as lengths. Hidden from screen readers: it only repeats what stands beside it in words.
void write_bar(XmlElement& parent, const Tally& total);

/// The sections in a table that leads to them.
void write_overview(XmlElement& parent, const RunResult& run);

}  // namespace klab
