#pragma once

#include <string>

#include "reports/class/class_result.hpp"
#include "reports/markup/xml_writer.hpp"

namespace klab {

/// The name of a submission, as a link to its report where there is one.
void write_submission(XmlElement& parent, const ClassRow& row);

/// The gradings that took longest.
void write_slowest(XmlElement& main, const ClassResult& result);

/// A line a submission.
void write_submissions(XmlElement& main, const ClassResult& result);

/// A path as a relative URL has it, whatever bytes its names hold.
std::string percent_encoded(std::string_view path);

}  // namespace klab
