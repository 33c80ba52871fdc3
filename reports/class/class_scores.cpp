#include "reports/class/class_scores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "checks/counted.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kTenths = 10;

/// Ten ranges of a tenth, and those who have everything. What is between 89 and 90 % counts as 89.
std::array<std::size_t, kTenths + 1> spread(const std::vector<double>& scores) {
  std::array<std::size_t, kTenths + 1> counts{};
  for (const double score : scores) {
    // 0.3 of something may come out as 0.29999999999999999.
    const auto tenth = static_cast<std::size_t>(std::floor(score * kTenths + 1e-9));
    ++counts[std::min(tenth, kTenths)];
  }
  return counts;
}

std::string name_of_range(std::size_t tenth) {
  return tenth == kTenths ? "all points" : fmt::format("{} to {} %", tenth * 10, tenth * 10 + 9);
}

void write_spread(XmlElement& parent, const std::vector<double>& scores) {
  const auto counts = spread(scores);
  const std::size_t most = std::max(std::ranges::max(counts), std::size_t{1});
  XmlElement table = parent.child("table");
  {
    XmlElement head = table.child("tr");
    head.child("th").attribute("scope", "col").text("Share of the points");
    head.child("th").attribute("scope", "col").attribute("class", "number").text("Submissions");
    head.child("th").attribute("scope", "col").attribute("aria-hidden", "true").text("");
  }
  for (std::size_t tenth = counts.size(); tenth-- > 0;) {
    XmlElement row = table.child("tr");
    row.child("th").attribute("scope", "row").text(name_of_range(tenth));
    row.child("td").attribute("class", "number").text(std::to_string(counts[tenth]));
    write_meter(row, static_cast<double>(counts[tenth]) / static_cast<double>(most), "");
  }
}

}  // namespace

std::string class_sentence(const ClassResult& result) {
  const ClassTally total = tally(result);
  std::string sentence =
      fmt::format("{} of {} graded", total.graded, counted(result.rows.size(), "submission", "submissions"));
  const auto add = [&](std::size_t count, std::string_view words) {
    if (count > 0) sentence += fmt::format(", {} {}", count, words);
  };
  add(total.with_errors, "of them with errors of the grader");
  add(total.refused, "cannot be graded");
  add(total.broken_off, "broken off by the grader");
  add(total.not_graded, "not graded yet");
  return sentence;
}

std::string percent_text(double share) { return fmt::format("{:.0f} %", share * 100); }

void write_part_title(XmlElement& part, std::string_view title, std::string_view lead) {
  part.child("h2").text(title);
  write_text(part, "p", "lead", lead);
}

void write_meter(XmlElement& row, double share, std::string_view css_class) {
  XmlElement cell = row.child("td");
  cell.attribute("class", "meter").attribute("aria-hidden", "true");
  if (share <= 0) return;
  XmlElement bar = cell.child("span");
  if (!css_class.empty()) bar.attribute("class", css_class);
  bar.attribute("style", fmt::format("width:{:.1f}%", std::min(share, 1.0) * 100)).text("");
}

void write_scores(XmlElement& main, const ClassResult& result) {
  const std::vector<double> scores = shares(result);
  if (scores.empty()) return;
  const double mean = std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size());
  XmlElement part = main.child("section");
  write_part_title(
      part, "Scores",
      fmt::format("Mean {}, median {}, from {} to {}.", percent_text(mean), percent_text(median(scores)),
                  percent_text(scores.front()), percent_text(scores.back())));
  write_spread(part, scores);
}

}  // namespace klab
