#include "reports/html/life.hpp"

#include <fmt/format.h>

#include <string_view>

#include "checks/history/seconds.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

std::string_view heading_of(LifeStage stage) {
  switch (stage) {
    case LifeStage::sent:
      return "Sent";
    case LifeStage::acknowledged:
      return "Acknowledged";
    case LifeStage::logged:
      return "Logged";
    case LifeStage::delivered:
      return "Delivered";
    case LifeStage::printed:
      return "Printed";
  }
  return "";
}

void write_event(XmlElement& step, const LifeEvent& event) {
  XmlElement line = step.child("span");
  line.attribute("class", "event");
  if (event.at) line.child("b").text(fmt::format("{:.3f} s", seconds(*event.at)));
  line.text(" " + field_line(event.text));
}

void write_step(XmlElement& list, const LifeStep& step) {
  XmlElement item = list.child("li");
  item.attribute("class", step.events.empty() ? "missing" : "reached");
  write_text(item, "span", "stage", heading_of(step.stage));
  for (const LifeEvent& event : step.events) write_event(item, event);
  if (step.more > 0) write_text(item, "span", "event", fmt::format("and {} times more", step.more));
  write_text(item, "span", "event", field_line(step.missing));
}

}  // namespace

void write_life(XmlElement& parent, const RecordLife& life, bool is_open) {
  XmlElement details = parent.child("details");
  details.attribute("class", "life");
  if (is_open) details.attribute("open", "open");
  details.child("summary").text("Life of " + field_line(life.record));
  XmlElement list = details.child("ol");
  for (const LifeStep& step : life.steps) write_step(list, step);
}

}  // namespace klab
