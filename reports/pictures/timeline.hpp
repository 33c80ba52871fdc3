#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "checks/history/moment.hpp"
#include "reports/markup/xml_writer.hpp"

namespace klab {

/// How a part of a timeline is drawn; the legend says what it means there.
enum class Hue { life, one, two, three, four, five, six, good, bad, held };

/// Something that lasted.
struct TimelineSpan {
  Moment from = {};
  Moment until = {};
  Hue hue = Hue::one;
  std::string text = {};   ///< inside, where there is room, and when pointed at
  std::string brief = {};  ///< inside, where there is no room for the text
};

/// The part of a lane's height that ticks take, so that those of two kinds can be told apart.
enum class TickPlace { whole, upper, lower };

/// Things that happened at once, or too close together to be told apart: drawn as one tick.
struct TimelineTick {
  Moment at = {};
  Hue hue = Hue::one;
  std::size_t count = 1;
  TickPlace place = TickPlace::whole;
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
  bool is_dense = false;  ///< thin lanes, as there are many of them; every fifth has a label
  std::vector<TimelineLegend> legend = {};
  std::vector<TimelineSpan> bands = {};  ///< behind all lanes
  std::vector<TimelineLane> lanes = {};
};

/// Draws it as SVG inside a figure.
void write_timeline(XmlElement& parent, const Timeline& timeline);

}  // namespace klab
