#include "reports/html/front.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "reports/html/findings.hpp"
#include "reports/html/overview.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

using Properties = std::vector<const PropertyResult*>;

double points_of(const Properties& properties) {
  double points = 0;
  for (const PropertyResult* property : properties) points += property->points;
  return points;
}

double points_not_judged(const RunResult& run) {
  return points_of(properties_with(run, PropertyOutcome::error)) +
         points_of(properties_with(run, PropertyOutcome::not_run));
}

void write_score(XmlElement& banner, const RunResult& run) {
  const Tally total = tally(run);
  XmlElement score = banner.child("p");
  score.attribute("class", "score");
  score.child("strong").text(points_text(total.points));
  score.child("span").text(fmt::format("of {} points", points_text(total.of)));
  const double open = points_not_judged(run);
  if (open > 0) score.child("small").text(fmt::format("{} not judged", points_text(open)));
}

}  // namespace

void write_banner(XmlElement& body, const RunResult& run) {
  XmlElement banner = body.child("header");
  {
    XmlElement title = banner.child("div");
    write_text(title, "h1", "", field_line(run.lab));
    write_text(title, "p", "submission", field_line(run.submission));
  }
  write_score(banner, run);
  write_text(banner, "p", "sentence", outcome_sentence(tally(run)) + ".");
  if (const std::string withheld = withheld_sentence(run); !withheld.empty())
    write_text(banner, "p", "sentence", withheld + ".");
  write_bar(banner, tally(run));
}

void write_front(XmlElement& main, const RunResult& run) {
  XmlElement front = main.child("div");
  front.attribute("class", "front");
  write_findings(front, run);
  write_overview(front, run);
}

}  // namespace klab
