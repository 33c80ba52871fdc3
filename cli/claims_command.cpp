#include "cli/claims_command.hpp"

#include <fmt/format.h>

#include "checks/errors.hpp"
#include "claims/catalogue.hpp"
#include "claims/measured.hpp"
#include "claims/report_file.hpp"
#include "claims/verified_formats.hpp"
#include "cli/installation.hpp"
#include "cli/terminal_style.hpp"
#include "cli/whole_file.hpp"
#include "reports/terminal_lines.hpp"

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

void write_files(const VerifiedReport& report, const fs::path& folder) {
  fs::create_directories(folder);
  replace_whole_file(folder / "verified.html", verified_html(report));
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

int verify_claims(const VerifyOptions& options) {
  const Installation installation = find_installation();
  const std::string text = load_report(options.report);
  const VerifiedReport report =
      verify_report(text, options.report.string(), load_catalogue(installation.claims()),
                    load_measurements(options.measured, installation));
  fmt::print("{}", verified_terminal(report, terminal_style()));
  if (!options.out.empty()) write_files(report, options.out);
  return exit_code(report);
}

}  // namespace klab
