#pragma once

#include <string>
#include <vector>

#include "reports/markup/xml_writer.hpp"
#include "reports/pictures/offset_chart.hpp"
#include "reports/pictures/timeline.hpp"

namespace klab {

/// An experiment as a page shows it: what was expected, and pictures of what happened.
struct ExperimentAccount {
  std::string evidence = {};  ///< path of its history, as measurements name it: "order/history.jsonl"
  std::string kept_as = {};   ///< where the page's folder has a copy; empty when it has none
  std::string name = {};
  std::string hypothesis = {};
  std::vector<Timeline> timelines = {};
  std::vector<OffsetChart> charts = {};
};

/// Links to those of the paths that there is an account of; the others are named.
void write_evidence(XmlElement& parent, const std::vector<std::string>& paths,
                    const std::vector<ExperimentAccount>& accounts);

/// A part of a page with each of them; nothing where there is none.
void write_accounts(XmlElement& main, const std::vector<ExperimentAccount>& accounts);

}  // namespace klab
