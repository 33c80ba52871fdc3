#include "reports/view.hpp"

#include "reports/wording.hpp"

namespace klab {

SectionResult viewed(SectionResult section, View view) {
  if (view == View::staff) return section;
  for (const PropertyResult& property : section.properties) {
    section.withheld += property.is_hidden;
    if (property.is_hidden) section.withheld_points += property.points;
  }
  std::erase_if(section.properties, [](const PropertyResult& property) { return property.is_hidden; });
  return section;
}

RunResult viewed(RunResult run, View view) {
  for (SectionResult& section : run.sections) section = viewed(std::move(section), view);
  if (const std::string withheld = withheld_sentence(run); !withheld.empty())
    run.notes.insert(run.notes.begin(), withheld);
  return run;
}

}  // namespace klab
