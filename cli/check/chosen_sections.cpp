#include "cli/check/chosen_sections.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "checks/errors.hpp"

namespace klab {

std::vector<PlannedSection> choose_sections(const Lab& lab, const std::vector<std::string>& asked) {
  std::vector<std::string> ids;
  for (const PlannedSection& section : lab.sections) ids.push_back(section.id);
  for (const std::string& id : asked)
    if (std::ranges::find(ids, id) == ids.end())
      throw BadInput(fmt::format("--section {}: the lab {} has no such section; it has {}", id, lab.title,
                                 fmt::join(ids, ", ")));
  std::vector<PlannedSection> chosen;
  for (const PlannedSection& section : lab.sections)
    if (asked.empty() || std::ranges::find(asked, section.id) != asked.end()) chosen.push_back(section);
  return chosen;
}

}  // namespace klab
