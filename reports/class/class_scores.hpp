#pragma once

#include <string>

#include "reports/class/class_result.hpp"
#include "reports/markup/xml_writer.hpp"

namespace klab {

/// "38 of 40 submissions are graded, 2 cannot be graded". Names only what there is.
std::string class_sentence(const ClassResult& result);

/// "85 %"
std::string percent_text(double share);

/// Mean, median, and how many submissions have which share of their points.
void write_scores(XmlElement& main, const ClassResult& result);

/// The beginning of a part of the page, under which its writer goes on.
void write_part_title(XmlElement& part, std::string_view title, std::string_view lead);

/// A cell with a bar as long as the share; for the eye alone, as a number stands beside it.
void write_meter(XmlElement& row, double share, std::string_view css_class);

}  // namespace klab
