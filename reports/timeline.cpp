#include "reports/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "checks/seconds.hpp"
#include "reports/html_pieces.hpp"
#include "reports/printable.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

// In units of the picture, which scales with the page.
constexpr double kWidth = 1000, kLabels = 190, kLane = 22, kBar = 14, kAxis = 22;
constexpr double kLetter = 6.4;  // of the text in spans, on average
constexpr std::size_t kLongestLabel = 28;

std::string class_of(Hue hue) {
  constexpr std::array names{"life", "one", "two", "three", "four", "five", "six", "good", "bad", "held"};
  return fmt::format("hue-{}", names.at(static_cast<std::size_t>(hue)));
}

std::string number(double value) { return fmt::format("{:.1f}", value); }

/// 1, 2 or 5 times a power of ten, so that there are at most ten marks on the axis.
double seconds_between_marks(double seconds) {
  const double least = std::max(seconds / 10, 0.001);
  const double power = std::pow(10, std::floor(std::log10(least)));
  for (const double step : {1.0, 2.0, 5.0})
    if (step * power >= least) return step * power;
  return 10 * power;
}

class TimelineDrawing {
 public:
  explicit TimelineDrawing(const Timeline& timeline)
      : timeline_(timeline),
        begin_(seconds(timeline.begin)),
        seconds_(std::max(seconds(timeline.end - timeline.begin), 0.001)) {}

  void draw(XmlElement& figure) const {
    const double height = lanes_bottom() + kAxis;
    XmlElement svg = figure.child("svg");
    svg.attribute("viewBox", fmt::format("0 0 {:.0f} {:.0f}", kWidth, height))
        .attribute("role", "img")
        .attribute("aria-label", field_line(timeline_.title + ". " + timeline_.caption));
    draw_axis(svg);
    double top = 0;
    for (const TimelineLane& lane : timeline_.lanes) {
      draw_lane(svg, lane, top);
      top += kLane;
    }
  }

 private:
  double lanes_bottom() const { return kLane * static_cast<double>(timeline_.lanes.size()); }
  double x_of(double at) const {
    return kLabels + (kWidth - kLabels - 12) * std::clamp((at - begin_) / seconds_, 0.0, 1.0);
  }
  double x_of(Moment at) const { return x_of(seconds(at)); }

  void draw_axis(XmlElement& svg) const {
    const double step = seconds_between_marks(seconds_);
    for (int mark = static_cast<int>(std::ceil(begin_ / step)); mark * step <= begin_ + seconds_; ++mark) {
      const std::string x = number(x_of(mark * step));
      svg.child("line")
          .attribute("class", "mark-line")
          .attribute("x1", x)
          .attribute("x2", x)
          .attribute("y1", "0")
          .attribute("y2", number(lanes_bottom()));
      svg.child("text")
          .attribute("class", "axis")
          .attribute("x", x)
          .attribute("y", number(lanes_bottom() + 16))
          .text(fmt::format("{:g} s", mark * step));
    }
  }

  void draw_lane(XmlElement& svg, const TimelineLane& lane, double top) const {
    svg.child("text")
        .attribute("class", "lane")
        .attribute("x", number(kLabels - 8))
        .attribute("y", number(top + 15))
        .text(shortened(field_line(lane.label), kLongestLabel));
    for (const TimelineSpan& span : lane.spans) draw_span(svg, span, top);
    for (const TimelineTick& tick : lane.ticks) draw_tick(svg, tick, top);
  }

  void draw_span(XmlElement& svg, const TimelineSpan& span, double top) const {
    const double x = x_of(span.from), width = std::max(x_of(span.until) - x, 1.0);
    XmlElement group = svg.child("g");
    group.child("title").text(field_line(
        fmt::format("{} from {:.2f} s to {:.2f} s", span.text, seconds(span.from), seconds(span.until))));
    group.child("rect")
        .attribute("class", class_of(span.hue))
        .attribute("x", number(x))
        .attribute("y", number(top + (kLane - kBar) / 2))
        .attribute("width", number(width))
        .attribute("height", number(kBar))
        .attribute("rx", "2");
    if (span.hue != Hue::life && width > kLetter * static_cast<double>(span.text.size()) + 6)
      group.child("text")
          .attribute("class", "on-" + class_of(span.hue))
          .attribute("x", number(x + 4))
          .attribute("y", number(top + 15))
          .text(field_line(span.text));
  }

  void draw_tick(XmlElement& svg, const TimelineTick& tick, double top) const {
    XmlElement line = svg.child("line");
    const std::string x = number(x_of(tick.at));
    line.attribute("class", "tick " + class_of(tick.hue))
        .attribute("x1", x)
        .attribute("x2", x)
        .attribute("y1", number(top + 2))
        .attribute("y2", number(top + kLane - 2));
    line.child("title").text(fmt::format("{} at {:.3f} s", tick.count, seconds(tick.at)));
  }

  const Timeline& timeline_;
  double begin_, seconds_;
};

void write_legend(XmlElement& figure, const Timeline& timeline) {
  if (timeline.legend.empty()) return;
  XmlElement list = figure.child("ul");
  list.attribute("class", "legend");
  for (const TimelineLegend& entry : timeline.legend) {
    XmlElement item = list.child("li");
    item.child("span").attribute("class", "swatch " + class_of(entry.hue)).text("");
    item.text(" " + field_line(entry.meaning));
  }
}

}  // namespace

void write_timeline(XmlElement& parent, const Timeline& timeline) {
  if (timeline.lanes.empty()) return;
  XmlElement figure = parent.child("figure");
  figure.attribute("class", "timeline");
  {
    XmlElement caption = figure.child("figcaption");
    write_text(caption, "strong", "", field_line(timeline.title));
    caption.text(" " + field_line(timeline.caption));
  }
  TimelineDrawing(timeline).draw(figure);
  write_legend(figure, timeline);
}

}  // namespace klab
