#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/history/moment.hpp"
#include "reports/markup/xml_writer.hpp"

namespace klab {

// What the pictures share. They are drawn in units of which 1000 are as wide as the page.

constexpr double kPictureWidth = 1000;

/// With one decimal, as more cannot be seen.
std::string svg_number(double value);

/// Round seconds in [begin, end], `most` at most: where an axis is marked.
std::vector<double> axis_marks(Moment begin, Moment end, int most);

/// A box that scrolls sideways where the page is narrower than the picture, also by keyboard, around an <svg>
/// that a screen reader reads as a picture of this name, described by `words`.
class Picture {
 public:
  Picture(XmlElement& figure, double height, std::string_view name, std::string_view words);

  XmlElement& svg() { return svg_; }

 private:
  XmlElement box_;
  XmlElement svg_;
};

/// The picture's title and caption, above it.
void write_caption(XmlElement& figure, std::string_view title, std::string_view caption);

void write_svg_text(XmlElement& parent, std::string_view css_class, double x, double y,
                    std::string_view text);

}  // namespace klab
