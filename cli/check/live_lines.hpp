#pragma once

#include <map>
#include <string>
#include <vector>

namespace klab {

/// What one section is at.
struct LiveLine {
  std::string section = {};  ///< "A  Initialization"
  std::string state = {};
  double seconds = 0;
};

/// Shows on stderr what each section is at: on a terminal a line each that is kept up to date, elsewhere a
/// line whenever a state changes.
class LiveLines {
 public:
  LiveLines();
  void show(const std::vector<LiveLine>& lines);

 private:
  void redraw(const std::vector<LiveLine>& lines);
  void append_changes(const std::vector<LiveLine>& lines);

  bool on_terminal_;
  std::size_t drawn_ = 0;
  std::map<std::string, std::string> last_states_;
};

}  // namespace klab
