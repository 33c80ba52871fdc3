#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checks/history/moment.hpp"
#include "reports/markup/xml_writer.hpp"

namespace klab {

/// Records of one key, of one producer, or of aborted transactions. Each series has a shape of its own beside
/// its colour.
struct OffsetSeries {
  std::string name = {};
  bool is_aborted = false;
};

/// A record in a partition, or several too close together to be told apart.
struct OffsetMark {
  Moment at = {};
  std::int64_t offset = 0;
};

/// Offsets that a program was given at once.
struct OffsetsGiven {
  Moment at = {};
  std::int64_t first = 0;
  std::int64_t last = 0;
};

struct OffsetPanel {
  std::string title = {};  ///< "partition 4"
  std::int64_t end = 0;    ///< of the log
  std::size_t records = 0;
  std::vector<std::vector<OffsetMark>> marks = {};  ///< by series
  std::vector<OffsetsGiven> given = {};
};

/// Offsets over time, a panel a partition.
struct OffsetChart {
  std::string title = {};
  std::string caption = {};  ///< what there is to see in it, in words
  Moment begin = {};
  Moment end = {};
  std::vector<OffsetSeries> series = {};
  std::vector<OffsetPanel> panels = {};
};

/// Draws it as SVG inside a figure.
void write_offset_chart(XmlElement& parent, const OffsetChart& chart);

}  // namespace klab
