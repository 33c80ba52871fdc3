#include "cli/check/live_lines.hpp"

#include <fmt/format.h>

#include <iterator>

#include "cli/say.hpp"
#include "cli/terminal_style.hpp"

namespace klab {

LiveLines::LiveLines() : on_terminal_(can_redraw()) {}

void LiveLines::show(const std::vector<LiveLine>& lines) {
  on_terminal_ ? redraw(lines) : append_changes(lines);
}

void LiveLines::redraw(const std::vector<LiveLine>& lines) {
  constexpr const char* kUp = "\033[{}A";
  constexpr const char* kClearLine = "\033[K";
  std::string text = drawn_ > 0 ? fmt::format(fmt::runtime(kUp), drawn_) : "";
  for (const LiveLine& line : lines)
    fmt::format_to(std::back_inserter(text), "{:<28} {:>5.1f} s  {}{}\n", line.section, line.seconds,
                   line.state, kClearLine);
  say("{}", cut_at_the_edge(text));
  drawn_ = lines.size();
}

void LiveLines::append_changes(const std::vector<LiveLine>& lines) {
  for (const LiveLine& line : lines)
    if (std::string& last = last_states_[line.section]; last != line.state) {
      last = line.state;
      say("{:<28} {:>5.1f} s  {}\n", line.section, line.seconds, line.state);
    }
}

}  // namespace klab
