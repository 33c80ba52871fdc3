#pragma once

#include <string>
#include <vector>

#include "claims/catalogue.hpp"
#include "claims/experiment_account.hpp"
#include "claims/measured.hpp"

namespace klab {

// The catalogue with what was measured: a page to be read by itself.

/// Each claim's question, its values by circumstance, what was seen, controls and versions, with pictures.
std::string measured_html(const Catalogue& catalogue, const Measurements& measured,
                          const std::vector<ExperimentAccount>& accounts);

/// The same as Markdown, without pictures: a table of values a claim.
std::string measured_markdown(const Catalogue& catalogue, const Measurements& measured);

}  // namespace klab
