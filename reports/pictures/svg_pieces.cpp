#include "reports/pictures/svg_pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "checks/history/seconds.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

/// 1, 2 or 5 times a power of ten, so that there are at most `most` marks on the axis.
double seconds_between_marks(double seconds, int most) {
  const double least = std::max(seconds / most, 0.001);
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double step : {1.0, 2.0, 5.0})
    if (step * power >= least) return step * power;
  return 10 * power;
}

XmlElement& named_box(XmlElement& box, std::string_view name) {
  return box.attribute("class", "picture")
      .attribute("role", "group")
      .attribute("tabindex", "0")
      .attribute("aria-label", field_line(name));
}

}  // namespace

std::string svg_number(double value) {
  std::string number = fmt::format("{:.1f}", value);
  if (number.ends_with(".0")) number.resize(number.size() - 2);
  return number == "-0" ? "0" : number;
}

std::vector<double> axis_marks(Moment begin, Moment end, int most) {
  const double from = seconds(begin), until = std::max(seconds(end), from + 0.001);
  const double step = seconds_between_marks(until - from, most);
  std::vector<double> marks;
  const double first = std::ceil(from / step);
  for (int i = 0; i <= most && (first + i) * step <= until; ++i) marks.push_back((first + i) * step);
  return marks;
}

Picture::Picture(XmlElement& figure, double height, std::string_view name, std::string_view words)
    : box_(figure.child("div")), svg_(named_box(box_, name).child("svg")) {
  svg_.attribute("viewBox", fmt::format("0 0 {:.0f} {:.0f}", kPictureWidth, height))
      .attribute("role", "img")
      .attribute("aria-label", field_line(name));
  svg_.child("desc").text(field_line(words));
}

void write_caption(XmlElement& figure, std::string_view title, std::string_view caption) {
  XmlElement element = figure.child("figcaption");
  write_text(element, "strong", "", field_line(title));
  element.text(" " + field_line(caption));
}

void write_svg_text(XmlElement& parent, std::string_view css_class, double x, double y,
                    std::string_view text) {
  parent.child("text")
      .attribute("class", css_class)
      .attribute("x", svg_number(x))
      .attribute("y", svg_number(y))
      .text(field_line(text));
}

}  // namespace klab
