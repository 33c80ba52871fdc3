#include "cli/claims/claims_command.hpp"

#include <fmt/format.h>

#include <set>

#include "checks/errors.hpp"
#include "claims/catalogue.hpp"
#include "claims/measured.hpp"
#include "claims/measured_page.hpp"
#include "claims/report_file.hpp"
#include "claims/verified_formats.hpp"
#include "cli/claims/claims_run.hpp"
#include "cli/claims/experiment_accounts.hpp"
#include "cli/installation.hpp"
#include "cli/say.hpp"
#include "cli/terminal_style.hpp"
#include "reports/terminal/terminal_lines.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr int kIdWidth = 24;

Measurements load_measurements(const fs::path& asked, const Installation& installation) {
  const fs::path file = asked.empty() ? installation.measured_claims() : asked;
  if (fs::is_regular_file(file)) return read_measurements(read_whole_file(file), file.string());
  if (!asked.empty()) throw BadInput(fmt::format("{}: no such file; expected measurements", file.string()));
  return {};
}

/// Where it cannot be measured here, the report is marked with what is known already.
void measure_what_is_said(const VerifiedReport& report, const Installation& installation) {
  std::vector<std::string> claims;
  for (const VerifiedStatement& statement : report.statements) claims.push_back(statement.claim);
  try {
    run_and_keep(not_concluded(experiments_on(claims), installation), installation);
  } catch (const HarnessError& error) {
    say("klab: nothing more can be measured here: {}\n", error.what());
  }
}

std::set<std::string> evidence_of(const VerifiedReport& report) {
  std::set<std::string> evidence;
  for (const VerifiedStatement& statement : report.statements)
    evidence.insert(statement.mark.evidence.begin(), statement.mark.evidence.end());
  return evidence;
}

std::set<std::string> evidence_of(const Measurements& measured) {
  std::set<std::string> evidence;
  for (const auto& [claim, measurement] : measured)
    for (const MeasuredValue& value : measurement.values) evidence.insert(value.evidence);
  return evidence;
}

void write_files(const VerifiedReport& report, const Installation& installation, const fs::path& folder) {
  fs::create_directories(folder);
  replace_whole_file(folder / "verified.html",
                     verified_html(report, experiment_accounts(evidence_of(report), installation, folder)));
  replace_whole_file(folder / "verified.json", verified_json(report));
  replace_whole_file(folder / "junit.xml", verified_junit(report));
  fmt::print("See {}\n", (folder / "verified.html").string());
}

}  // namespace

int list_claims() {
  TerminalLines lines(terminal_style());
  for (const Claim& claim : load_catalogue(find_installation().claims()).claims) {
    lines.row({{claim.id, kIdWidth, Ink::bold}}, claim.question);
    lines.row({{"", kIdWidth}}, "measured by " + claim.measured_by, Ink::dim);
  }
  fmt::print("{}", lines.text());
  return 0;
}

int write_measured_page(const fs::path& folder) {
  const Installation installation = find_installation();
  const Catalogue catalogue = load_catalogue(installation.claims());
  const Measurements measured = load_measurements({}, installation);
  fs::create_directories(folder);
  replace_whole_file(
      folder / "measured.html",
      measured_html(catalogue, measured, experiment_accounts(evidence_of(measured), installation, folder)));
  replace_whole_file(folder / "measured.md", measured_markdown(catalogue, measured));
  fmt::print("See {}\n", (folder / "measured.html").string());
  return 0;
}

int verify_claims(const VerifyOptions& options) {
  const Installation installation = find_installation();
  const Catalogue catalogue = load_catalogue(installation.claims());
  const std::string text = load_report(options.report), file = options.report.string();
  if (options.measured.empty() && !options.no_run)
    measure_what_is_said(verify_report(text, file, catalogue, {}), installation);
  const VerifiedReport report =
      verify_report(text, file, catalogue, load_measurements(options.measured, installation));
  fmt::print("{}", verified_terminal(report, terminal_style()));
  if (!options.out.empty()) write_files(report, installation, options.out);
  return exit_code(report);
}

}  // namespace klab
