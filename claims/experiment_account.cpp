#include "claims/experiment_account.hpp"

#include <algorithm>
#include <set>

#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

std::string anchor_of(const ExperimentAccount& account) { return "experiment-" + account.name; }

void write_account(XmlElement& main, const ExperimentAccount& account) {
  XmlElement part = main.child("details");
  part.attribute("class", "experiment");
  write_text(part, "summary", "", field_line(account.name));
  // Inside, as a browser opens what a link leads into.
  part.child("p").attribute("id", anchor_of(account)).text("Expected: " + field_line(account.hypothesis));
  for (const Timeline& timeline : account.timelines) write_timeline(part, timeline);
  for (const OffsetChart& chart : account.charts) write_offset_chart(part, chart);
  if (account.kept_as.empty()) return;
  XmlElement all = part.child("p");
  all.attribute("class", "note").text("All that was seen: ");
  all.child("a").attribute("href", account.kept_as).text(account.kept_as);
}

}  // namespace

void write_evidence(XmlElement& parent, const std::vector<std::string>& paths,
                    const std::vector<ExperimentAccount>& accounts) {
  const std::set<std::string> once(paths.begin(), paths.end());
  if (once.empty()) return;
  XmlElement line = parent.child("p");
  line.child("b").text("Evidence:");
  for (const std::string& path : once) {
    line.text(" ");
    const auto account = std::ranges::find(accounts, path, &ExperimentAccount::evidence);
    if (account == accounts.end())
      line.text(field_line(path));
    else
      line.child("a").attribute("href", "#" + anchor_of(*account)).text(account->name);
  }
}

void write_accounts(XmlElement& main, const std::vector<ExperimentAccount>& accounts) {
  if (accounts.empty()) return;
  main.child("h2").text("The experiments");
  for (const ExperimentAccount& account : accounts) write_account(main, account);
}

}  // namespace klab
