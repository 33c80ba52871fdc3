#include "cli/class/class_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "checks/counted.hpp"
#include "cli/say.hpp"
#include "cli/terminal_style.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kBarWidth = 30;
constexpr const char* kAgain = "\r\033[K";

std::string became(const ClassRow& row) {
  if (row.state != GradingState::graded)
    return fmt::format("{}: {}", name_of(row.state), field_line(row.reason));
  const std::string errors =
      row.errors.empty() ? ""
                         : ", " + counted(row.errors.size(), "error of the grader", "errors of the grader");
  return fmt::format("{} points, {}{}", out_of(row.points, row.of), seconds_text(row.seconds), errors);
}

}  // namespace

std::string about(double seconds) {
  const long tens = std::max(std::lround(seconds / 10), 1L) * 10;
  if (tens < 60) return fmt::format("about {} s", tens);
  return fmt::format("about {} min", std::lround(static_cast<double>(tens) / 60));
}

std::string time_left(std::size_t done, std::size_t waiting, double seconds) {
  if (done == 0 || waiting == 0) return {};
  return about(seconds * static_cast<double>(waiting) / static_cast<double>(done)) + " left";
}

std::string bar(std::size_t done, std::size_t all, std::size_t width) {
  const std::size_t full = all == 0 ? width : std::min(width * done / all, width);
  return "[" + std::string(full, '#') + std::string(width - full, '.') + "]";
}

ClassProgress::ClassProgress(std::size_t all, std::size_t kept)
    : all_(all), kept_(kept), on_terminal_(can_redraw()) {}

std::string ClassProgress::left() const {
  const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
  return time_left(graded_, all_ - kept_ - done_, seconds);
}

void ClassProgress::add(const ClassRow& row) {
  ++done_;
  graded_ += row.state == GradingState::graded;
  const std::string time = left();
  say("{}{} of {}  {}: {}{}\n", drawn_.empty() ? "" : kAgain, kept_ + done_, all_, field_line(row.submission),
      became(row), time.empty() || on_terminal_ ? "" : "; " + time);
  drawn_.clear();
}

void ClassProgress::show(std::size_t under_way) {
  if (!on_terminal_) return;
  const std::string time = left();
  const std::string line =
      fmt::format("{} {} of {} done, {} under way{}", bar(kept_ + done_, all_, kBarWidth), kept_ + done_,
                  all_, under_way, time.empty() ? "" : ", " + time);
  if (line == drawn_) return;
  say("{}{}", kAgain, cut_at_the_edge(line));
  drawn_ = line;
}

void ClassProgress::end() {
  if (!drawn_.empty()) say("{}", kAgain);
  drawn_.clear();
}

}  // namespace klab
