#include "reports/pictures/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "checks/history/seconds.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/pictures/svg_pieces.hpp"
#include "reports/pictures/timeline_words.hpp"
#include "reports/printable.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr double kLabels = 190, kAxis = 22;
constexpr double kLetter = 6.4;  // of the text in spans, on average
constexpr std::size_t kLongestLabel = 28, kLabelEvery = 5;

struct LaneSize {
  double height, bar, baseline;
};

constexpr LaneSize kRoomy{22, 14, 15}, kDense{8, 5, 8};

std::string class_of(Hue hue) {
  constexpr std::array names{"life", "one", "two", "three", "four", "five", "six", "good", "bad", "held"};
  return fmt::format("hue-{}", names.at(static_cast<std::size_t>(hue)));
}

bool has_room(double width, const std::string& text) {
  return !text.empty() && width > kLetter * static_cast<double>(text.size()) + 6;
}

class TimelineDrawing {
 public:
  explicit TimelineDrawing(const Timeline& timeline)
      : timeline_(timeline),
        size_(timeline.is_dense ? kDense : kRoomy),
        begin_(seconds(timeline.begin)),
        seconds_(std::max(seconds(timeline.end - timeline.begin), 0.001)) {}

  void draw(XmlElement& figure) const {
    Picture picture(figure, lanes_bottom() + kAxis, timeline_.title, in_words(timeline_));
    draw_axis(picture.svg());
    for (const TimelineSpan& band : timeline_.bands)
      draw_rect(picture.svg(), band, 0, lanes_bottom(), "band ");
    for (std::size_t i = 0; i < timeline_.lanes.size(); ++i) draw_lane(picture.svg(), i);
  }

 private:
  double lanes_bottom() const { return size_.height * static_cast<double>(timeline_.lanes.size()); }
  double x_of(double at) const {
    return kLabels + (kPictureWidth - kLabels - 12) * std::clamp((at - begin_) / seconds_, 0.0, 1.0);
  }
  double x_of(Moment at) const { return x_of(seconds(at)); }
  double width_of(const TimelineSpan& span) const {
    return std::max(x_of(span.until) - x_of(span.from), 1.0);
  }

  void draw_axis(XmlElement& svg) const {
    for (const double mark : axis_marks(timeline_.begin, timeline_.end, 10)) {
      draw_upright(svg, "mark-line", x_of(mark), 0, lanes_bottom());
      write_svg_text(svg, "axis", x_of(mark), lanes_bottom() + 16, fmt::format("{:g} s", mark));
    }
  }

  void draw_lane(XmlElement& svg, std::size_t i) const {
    const TimelineLane& lane = timeline_.lanes[i];
    const double top = size_.height * static_cast<double>(i);
    if (!timeline_.is_dense || i % kLabelEvery == 0)
      write_svg_text(svg, "lane", kLabels - 8, top + size_.baseline,
                     shortened(field_line(lane.label), kLongestLabel));
    for (const TimelineSpan& span : lane.spans) {
      draw_bar(svg, span, top + (size_.height - size_.bar) / 2, size_.bar);
      draw_text(svg, span, top + size_.baseline);
    }
    draw_ticks(svg, lane, top);
  }

  // One path for all of a kind: a lane may have hundreds.
  void draw_ticks(XmlElement& svg, const TimelineLane& lane, double top) const {
    std::map<std::pair<Hue, TickPlace>, std::string> paths;
    for (const TimelineTick& tick : lane.ticks) paths[{tick.hue, tick.place}] += path_of(tick, top);
    for (const auto& [kind, path] : paths) {
      XmlElement group = svg.child("g");
      if (!timeline_.is_dense)
        group.child("title").text(field_line(ticks_in_words(timeline_, lane, kind.first)));
      group.child("path").attribute("class", "tick " + class_of(kind.first)).attribute("d", path);
    }
  }

  std::string path_of(const TimelineTick& tick, double top) const {
    const double middle = top + size_.height / 2, edge = timeline_.is_dense ? 0 : 2;
    const double first = tick.place == TickPlace::lower ? middle + 1 : top + edge;
    const double last = tick.place == TickPlace::upper ? middle - 1 : top + size_.height - edge;
    return fmt::format("M{} {}V{}", svg_number(x_of(tick.at)), svg_number(first), svg_number(last));
  }

  void draw_bar(XmlElement& svg, const TimelineSpan& span, double top, double height) const {
    if (timeline_.is_dense) return draw_rect(svg, span, top, height);
    XmlElement group = svg.child("g");
    group.child("title").text(field_line(
        fmt::format("{} from {:.3f} s to {:.3f} s", span.text, seconds(span.from), seconds(span.until))));
    draw_rect(group, span, top, height);
  }

  void draw_rect(XmlElement& group, const TimelineSpan& span, double top, double height,
                 std::string_view kind = "") const {
    const double x = x_of(span.from), width = width_of(span);
    group.child("rect")
        .attribute("class", std::string(kind) + class_of(span.hue))
        .attribute("x", svg_number(x))
        .attribute("y", svg_number(top))
        .attribute("width", svg_number(width))
        .attribute("height", svg_number(height));
  }

  void draw_text(XmlElement& svg, const TimelineSpan& span, double baseline) const {
    if (span.hue == Hue::life || timeline_.is_dense) return;
    const std::string text = field_line(span.text), brief = field_line(span.brief);
    if (const std::string& shown = has_room(width_of(span), text) ? text : brief;
        has_room(width_of(span), shown))
      write_svg_text(svg, "on-" + class_of(span.hue), x_of(span.from) + 4, baseline, shown);
  }

  static void draw_upright(XmlElement& parent, std::string_view css_class, double x, double top,
                           double bottom) {
    parent.child("line")
        .attribute("class", css_class)
        .attribute("x1", svg_number(x))
        .attribute("x2", svg_number(x))
        .attribute("y1", svg_number(top))
        .attribute("y2", svg_number(bottom));
  }

  const Timeline& timeline_;
  LaneSize size_;
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
  write_caption(figure, timeline.title, timeline.caption);
  TimelineDrawing(timeline).draw(figure);
  write_legend(figure, timeline);
}

}  // namespace klab
