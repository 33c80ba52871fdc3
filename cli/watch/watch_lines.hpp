#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "checks/history/event_kinds.hpp"

namespace klab {

/// An event of the wire in words for a terminal, which can only show them: what programs called themselves
/// and their topics is made harmless.
struct WatchLine {
  Moment at = {};
  std::string program = {};  ///< "#3"
  std::string verb = {};     ///< "sent"
  std::string text = {};     ///< "37 messages to breadcrumbs-1, acks=all, idempotent, lz4"
  bool is_trouble = false;
  std::size_t messages = 0;         ///< that it tells of
  std::string many = "such lines";  ///< what more of its kind are called: "batches"
};

/// None for what is not of the wire, or says nothing to somebody who writes a program.
std::optional<WatchLine> watch_line(const AnyEvent& event);

/// "12:03:04.181    #3 sent           37 messages to ..", in local time and without a newline. In colour each
/// connection has one of its own, and trouble is red.
std::string shown_line(const WatchLine& line, std::chrono::system_clock::time_point when, bool in_colour);

}  // namespace klab
