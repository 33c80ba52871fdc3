#include "reports/pictures/offset_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "checks/counted.hpp"
#include "checks/history/seconds.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/pictures/svg_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr double kLeft = 46, kTop = 22, kBottom = 24, kBetween = 16, kBesides = 8, kMark = 5;

/// A mark's outline from its middle on. Dots of no length are drawn by their round or square ends.
struct Shape {
  std::string_view css_class;
  std::string_view path;
};

constexpr std::array kShapes{Shape{"dot one", "h0"},
                             Shape{"dot square two", "h0"},
                             Shape{"solid three", "m0-3.4l3.2 5.6h-6.4z"},
                             Shape{"solid four", "m0-3.6l3.6 3.6-3.6 3.6-3.6-3.6z"},
                             Shape{"stroke five", "m-3 0h6m-3-3v6"},
                             Shape{"solid six", "m0 3.4l3.2-5.6h-6.4z"}};
constexpr Shape kAborted{"stroke bad", "m-2.8-2.8l5.6 5.6m0-5.6l-5.6 5.6"};

Shape shape_of(const OffsetChart& chart, std::size_t series) {
  return chart.series[series].is_aborted ? kAborted : kShapes.at(series % kShapes.size());
}

std::string summary_of(const OffsetPanel& panel) {
  return fmt::format("{}: {}, the log ends at offset {}", panel.title,
                     counted(panel.records, "record", "records"), panel.end);
}

class PanelDrawing {
 public:
  PanelDrawing(const OffsetChart& chart, const OffsetPanel& panel, double left, double top, double width,
               double height)
      : chart_(chart),
        panel_(panel),
        left_(left + kLeft),
        top_(top + kTop),
        width_(width - kLeft - kBetween),
        height_(height - kTop - kBottom) {}

  void draw(XmlElement& svg) const {
    XmlElement group = svg.child("g");
    draw_frame(group);
    draw_given(group);
    for (std::size_t series = 0; series < panel_.marks.size(); ++series) draw_marks(group, series);
  }

 private:
  double x_of(double at) const {
    const double length = std::max(seconds(chart_.end - chart_.begin), 0.001);
    return left_ + 4 + (width_ - 8) * std::clamp((at - seconds(chart_.begin)) / length, 0.0, 1.0);
  }
  double y_of(std::int64_t offset) const {
    const double share =
        (static_cast<double>(offset) + 0.5) / static_cast<double>(std::max<std::int64_t>(panel_.end, 1));
    return top_ + height_ - 4 - (height_ - 8) * std::clamp(share, 0.0, 1.0);
  }

  /// Whether marks of one series lie on those of another.
  bool hides_itself() const {
    struct Place {
      double x, y;
      std::size_t series;
    };
    std::vector<Place> places;
    for (std::size_t series = 0; series < panel_.marks.size(); ++series)
      for (const OffsetMark& mark : panel_.marks[series])
        places.push_back({x_of(seconds(mark.at)), y_of(mark.offset), series});
    std::ranges::sort(places, {}, &Place::y);
    const auto covers = [](const Place& one, const Place& next) {
      return one.series != next.series && next.y - one.y < kMark && std::abs(next.x - one.x) < kMark;
    };
    return std::ranges::adjacent_find(places, covers) != places.end();
  }

  /// What would hide itself is drawn side by side.
  double step_aside(std::size_t series) const {
    if (!hides_itself_) return 0;
    const auto before = std::ranges::count_if(panel_.marks.begin(),
                                              panel_.marks.begin() + static_cast<std::ptrdiff_t>(series),
                                              [](const auto& marks) { return !marks.empty(); });
    return kBesides * static_cast<double>(before);
  }

  void draw_frame(XmlElement& group) const {
    group.child("rect")
        .attribute("class", "panel")
        .attribute("x", svg_number(left_))
        .attribute("y", svg_number(top_))
        .attribute("width", svg_number(width_))
        .attribute("height", svg_number(height_));
    write_svg_text(group, "panel-title", left_, top_ - 7,
                   fmt::format("{}: {}", panel_.title, counted(panel_.records, "record", "records")));
    write_svg_text(group, "axis left", left_ - 6, y_of(panel_.end - 1) + 4, std::to_string(panel_.end - 1));
    if (panel_.end > 1) write_svg_text(group, "axis left", left_ - 6, y_of(0) + 4, "0");
    for (const double mark : axis_marks(chart_.begin, chart_.end, width_ > 500 ? 10 : 4))
      write_svg_text(group, "axis", x_of(mark), top_ + height_ + 15, fmt::format("{:g} s", mark));
  }

  void draw_given(XmlElement& group) const {
    if (panel_.given.empty()) return;
    std::string path;
    for (const OffsetsGiven& given : panel_.given)
      path += fmt::format("M{} {}V{}", svg_number(x_of(seconds(given.at))), svg_number(y_of(given.first) + 2),
                          svg_number(y_of(given.last) - 2));
    group.child("path").attribute("class", "given").attribute("d", path);
  }

  void draw_marks(XmlElement& group, std::size_t series) const {
    if (panel_.marks[series].empty()) return;
    const Shape shape = shape_of(chart_, series);
    const double aside = step_aside(series);
    std::string path;
    for (const OffsetMark& mark : panel_.marks[series])
      path += fmt::format("M{} {}{}", svg_number(x_of(seconds(mark.at)) + aside),
                          svg_number(y_of(mark.offset)), shape.path);
    group.child("path").attribute("class", shape.css_class).attribute("d", path);
  }

  const OffsetChart& chart_;
  const OffsetPanel& panel_;
  double left_, top_, width_, height_;
  bool hides_itself_ = hides_itself();
};

void write_key(XmlElement& list, std::string_view css_class, const std::string& path,
               std::string_view meaning) {
  XmlElement item = list.child("li");
  {
    XmlElement svg = item.child("svg");
    svg.attribute("class", "key").attribute("viewBox", "0 0 12 12").attribute("aria-hidden", "true");
    svg.child("path").attribute("class", css_class).attribute("d", path);
  }
  item.text(" " + field_line(meaning));
}

void write_keys(XmlElement& figure, const OffsetChart& chart) {
  XmlElement list = figure.child("ul");
  list.attribute("class", "legend");
  for (std::size_t series = 0; series < chart.series.size(); ++series) {
    const Shape shape = shape_of(chart, series);
    write_key(list, shape.css_class, fmt::format("M6 6{}", shape.path), chart.series[series].name);
  }
  if (std::ranges::any_of(chart.panels, [](const OffsetPanel& panel) { return !panel.given.empty(); }))
    write_key(list, "given", "M6 1V11", "given to a program");
}

std::string in_words(const OffsetChart& chart) {
  std::string words = chart.caption;
  for (const OffsetPanel& panel : chart.panels) words += " " + summary_of(panel) + ".";
  return words;
}

std::size_t columns_of(std::size_t panels) {
  return panels < 3 ? std::max<std::size_t>(panels, 1) : panels == 4 ? 2 : 3;
}

}  // namespace

void write_offset_chart(XmlElement& parent, const OffsetChart& chart) {
  if (chart.panels.empty()) return;
  const std::size_t columns = columns_of(chart.panels.size());
  const std::size_t rows = (chart.panels.size() + columns - 1) / columns;
  const double width = kPictureWidth / static_cast<double>(columns), height = rows == 1 ? 190 : 150;
  XmlElement figure = parent.child("figure");
  write_caption(figure, chart.title, chart.caption);
  {
    Picture picture(figure, height * static_cast<double>(rows), chart.title, in_words(chart));
    for (std::size_t i = 0; i < chart.panels.size(); ++i)
      PanelDrawing(chart, chart.panels[i], width * static_cast<double>(i % columns),
                   height * static_cast<double>(i / columns), width, height)
          .draw(picture.svg());
  }
  write_keys(figure, chart);
}

}  // namespace klab
