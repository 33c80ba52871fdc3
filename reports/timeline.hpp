#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "checks/moment.hpp"
#include "reports/xml_writer.hpp"

namespace klab {

/// How a part of a timeline is drawn; the legend says what it means there.
enum class Hue { life, one, two, three, four, five, six, good, bad, held };

/// Something that lasted.
struct TimelineSpan {
  Moment from = {};
  Moment until = {};
  Hue hue = Hue::one;
  std::string text = {};  ///< inside, where there is room, and when pointed at
};

/// Things that happened at once, or too close together to be told apart: drawn as one tick.
struct TimelineTick {
  Moment at = {};
  Hue hue = Hue::one;
  std::size_t count = 1;
};

struct TimelineLane {
  std::string label = {};
  std::vector<TimelineSpan> spans = {};
  std::vector<TimelineTick> ticks = {};
};

struct TimelineLegend {
  Hue hue = Hue::one;
  std::string meaning = {};
};

/// A picture of what happened when: lanes below each other over one axis of seconds.
struct Timeline {
  std::string title = {};
  std::string caption = {};  ///< what there is to see in it, in words
  Moment begin = {};
  Moment end = {};
  std::vector<TimelineLegend> legend = {};
  std::vector<TimelineLane> lanes = {};
};

/// Draws it as SVG inside a figure.
void write_timeline(XmlElement& parent, const Timeline& timeline);

}  // namespace klab
