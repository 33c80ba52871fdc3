#include "cli/check/program_account.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "checks/counted.hpp"
#include "checks/history/event_kinds.hpp"
#include "cli/watch/watch_lines.hpp"
#include "reports/printable.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kFirst = 24, kLast = 12, kLongestLine = 200;

/// One thing that a program printed or the wire heard.
struct Told {
  Moment at = {};
  Line line = 0;
  const PrintedLine* printed = nullptr;
  WatchLine heard = {};

  /// Whether the two are told as one.
  bool is_like(const Told& other) const {
    if (printed == nullptr || other.printed == nullptr)
      return printed == other.printed && heard.verb == other.heard.verb;
    return printed->on_stderr == other.printed->on_stderr;
  }
};

std::vector<Told> all_told(const History& history, std::string_view program) {
  std::vector<Told> told;
  for_each_kind(history, [&](const char*, const auto& events) {
    for (const auto& event : events) {
      if constexpr (requires {
                      event.program;
                      event.line;
                    }) {
        if (event.program != program) continue;
        if constexpr (requires { event.on_stderr; }) {
          told.push_back({.at = event.at, .line = event.line, .printed = &event});
        } else if constexpr (requires { event.at; }) {
          if (auto heard = watch_line(AnyEvent(event)))
            told.push_back({.at = event.at, .line = event.line, .heard = std::move(*heard)});
        }
      }
    }
  });
  std::ranges::stable_sort(told, {}, [](const Told& one) { return std::pair(one.at, one.line); });
  return told;
}

std::string text_of(const PrintedLine& line) {
  return shortened(line.key ? *line.key + " " + line.value : line.value, kLongestLine);
}

using Row = std::vector<Told>;

/// The first and the last of several, where they differ.
std::string first_and_last(const std::string& first, const std::string& last, std::size_t count) {
  if (first == last) return first;
  return fmt::format("{}\n{}{}", first, count > 2 ? "..\n" : "", last);
}

std::string printed_in(const Row& row) {
  const PrintedLine &first = *row.front().printed, &last = *row.back().printed;
  const std::string_view stream = first.on_stderr ? " of stderr" : "";
  if (row.size() == 1) return fmt::format("line {}{}: {}", first.number, stream, text_of(first));
  return fmt::format("lines {} to {}{}: {}", first.number, last.number, stream,
                     first_and_last(text_of(first), text_of(last), row.size()));
}

std::string text_of(const WatchLine& heard) {
  return heard.text.empty() ? heard.verb : fmt::format("{} {}", heard.verb, heard.text);
}

std::string heard_in(const Row& row) {
  std::string text = first_and_last(text_of(row.front().heard), text_of(row.back().heard), row.size());
  if (row.size() == 1) return text;
  std::size_t messages = 0;
  for (const Told& one : row) messages += one.heard.messages;
  return fmt::format(
      "{}\n{} times{}", text, row.size(),
      messages > 0 ? fmt::format(", {} in all", counted(messages, "message", "messages")) : "");
}

AccountEntry entry_of(const Row& row) {
  AccountEntry entry{.at = row.front().at};
  (row.front().printed != nullptr ? entry.printed = printed_in(row) : entry.heard = heard_in(row));
  return entry;
}

}  // namespace

std::vector<AccountEntry> program_account(const History& history, std::string_view program) {
  std::vector<Row> rows;
  for (Told& one : all_told(history, program)) {
    if (rows.empty() || !rows.back().back().is_like(one)) rows.emplace_back();
    rows.back().push_back(std::move(one));
  }
  std::vector<AccountEntry> entries;
  const std::size_t left_out = rows.size() > kFirst + kLast ? rows.size() - kFirst - kLast : 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (left_out > 0 && i == kFirst) {
      entries.push_back({.at = rows[i].front().at, .left_out = left_out});
      i += left_out;
    }
    entries.push_back(entry_of(rows[i]));
  }
  return entries;
}

}  // namespace klab
