#pragma once

#include <string>
#include <vector>

#include "claims/experiment_account.hpp"
#include "claims/verified_report.hpp"
#include "reports/terminal/terminal.hpp"

namespace klab {

/// A line a statement, "report.md:17: acks.default: says ..; measured ..: refuted", and last a line that sums
/// up.
std::string verified_terminal(const VerifiedReport& report, TerminalStyle style);

/// One page: what the report says with its marks and measurements, then the report's text with a mark beside
/// each sentence that was recognised, and last the experiments that settle it. Whatever stands in the report
/// is text here.
std::string verified_html(const VerifiedReport& report, const std::vector<ExperimentAccount>& accounts = {});

/// {"klab": "verified report", "version": 1, "report", "counts", "statements": [..]}.
std::string verified_json(const VerifiedReport& report);

/// A testcase a statement: confirmed and conditional ones pass, a refuted one is a failure, one that is not
/// settled an error.
std::string verified_junit(const VerifiedReport& report);

/// "9 statements recognised in 120 sentences: 5 confirmed, 1 refuted, 3 not measured; 111 sentences left
/// alone".
std::string summary_of(const VerifiedReport& report);

}  // namespace klab
