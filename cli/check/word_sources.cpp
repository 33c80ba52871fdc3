#include "cli/check/word_sources.hpp"

#include "cli/installation.hpp"
#include "cli/selftest_command.hpp"
#include "specs/lab.hpp"

namespace klab {
namespace {

template <typename Ask>
std::vector<std::string> words_or_none(Ask ask) {
  try {
    return ask();
  } catch (const std::exception&) {
    return {};
  }
}

std::vector<std::string> sections() {
  std::vector<std::string> ids;
  for (const PlannedSection& section : load_lab(find_installation().lab_file("data_transport")).sections)
    ids.push_back(section.id);
  return ids;
}

}  // namespace

WordSources word_sources() {
  return {{"SECTION", [] { return words_or_none(sections); }},
          {"NAME", [] { return words_or_none(selftest_names); }}};
}

}  // namespace klab
