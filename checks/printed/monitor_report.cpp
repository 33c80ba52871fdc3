#include "checks/printed/monitor_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "checks/counted.hpp"
#include "checks/facts/topic_looks.hpp"

namespace klab {
namespace {

using nlohmann::json;

// A dashboard may print without end; its last objects are at the end.
constexpr std::size_t kMostBytes = 1 << 18;
constexpr std::size_t kMostBytesAnObject = 1 << 14;

/// A value that was found, and the line on which its object begins.
struct Found {
  double value = 0;
  std::string text = {};
  Line line = 0;
};

/// One stream of a program, and where its lines begin in it.
struct Output {
  std::string text = {};
  std::map<std::size_t, Line> lines = {};

  Line line_at(std::size_t position) const { return std::prev(lines.upper_bound(position))->second; }
};

Output output_of(const History& history, std::string_view program, bool on_stderr) {
  std::vector<const PrintedLine*> last;
  std::size_t bytes = 0;
  for (auto line = history.printed.rbegin(); line != history.printed.rend() && bytes < kMostBytes; ++line) {
    if (line->program != program || line->on_stderr != on_stderr) continue;
    last.push_back(&*line);
    bytes += line->value.size();
  }
  Output output;
  for (auto line = last.rbegin(); line != last.rend(); ++line) {
    output.lines[output.text.size()] = (*line)->line;
    output.text += (*line)->value + '\n';
  }
  return output;
}

// Who prints more of them after its report has none.
constexpr int kMostBraces = 1000;

/// Where the braces that open at `begin` close; nothing where they do not.
std::optional<std::size_t> end_of_object(std::string_view text, std::size_t begin) {
  int depth = 0;
  bool in_text = false;
  const std::size_t end = std::min(text.size(), begin + kMostBytesAnObject);
  for (std::size_t at = begin; at < end; ++at) {
    if (in_text && text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      in_text = !in_text;
    else if (!in_text && text[at] == '{')
      ++depth;
    else if (!in_text && text[at] == '}' && --depth == 0)
      return at + 1;
  }
  return std::nullopt;
}

std::optional<double> number_in(const json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool tells_of_one_partition(const json& object) {
  const auto partition = object.find("partition");
  return partition != object.end() && number_in(*partition);
}

/// The field as a number, of the object or of what it holds: totals may stand beside those of each partition,
/// or lie less deep.
const json* shallowest(const json& object, const char* field) {
  for (std::vector<const json*> level = {&object}, deeper; !level.empty();
       level = std::exchange(deeper, {})) {
    const json* found = nullptr;
    for (const json* one : level) {
      if (one->is_object() && one->contains(field) && number_in((*one)[field]) &&
          !tells_of_one_partition(*one))
        found = &(*one)[field];
      if (one->is_structured())
        for (const json& part : *one) deeper.push_back(&part);
    }
    if (found != nullptr) return found;
  }
  return nullptr;
}

/// The field of the last object in the output that has it. What encloses an object closes after it.
std::optional<Found> find_last(const Output& output, const char* field) {
  std::optional<Found> found;
  std::size_t end_of_found = 0;
  int left = kMostBraces;
  for (std::size_t at = output.text.rfind('{'); at != std::string::npos && left-- > 0;
       at = at == 0 ? std::string::npos : output.text.rfind('{', at - 1)) {
    const auto end = end_of_object(output.text, at);
    if (!end || *end < end_of_found) continue;
    const json object = json::parse(output.text.substr(at, *end - at), nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) continue;
    if (const json* value = shallowest(object, field)) {
      found = {.value = *number_in(*value), .text = value->dump(), .line = output.line_at(at)};
      end_of_found = *end;
    }
  }
  return found;
}

std::optional<Found> reported(const History& history, std::string_view program, const char* field) {
  for (const bool on_stderr : {false, true}) {
    const Output output = output_of(history, program, on_stderr);
    if (auto found = find_last(output, field)) return found;
  }
  return std::nullopt;
}

/// What the field has to be, and how far from it it may lie.
struct Truth {
  double value = 0;
  double tolerance = 0;
  std::string judged = {};
  std::string hint = {};
};

Verdict compare(const History& history, std::string_view role, const char* field, const Truth& truth) {
  Verdict verdict{.claim = fmt::format("the {} reports the right number of {}", role, field),
                  .judged = truth.judged,
                  .expected = fmt::format("\"{}\": {:.0f}", field, truth.value)};
  if (truth.tolerance > 0) verdict.expected += fmt::format(", give or take {:.0f}", truth.tolerance);
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  const auto found = reported(history, runs.back()->program, field);
  if (!found) {
    verdict.is_shortfall = true;
    return refuted(verdict,
                   fmt::format("{} printed no JSON object with a number \"{}\"", runs.back()->program, field),
                   R"(print one JSON object: {"records": 1000, "lag": 25, "bytes": 340000})");
  }
  if (std::abs(found->value - truth.value) <= truth.tolerance)
    return holds(verdict, fmt::format("\"{}\": {}", field, found->text));
  add_evidence(verdict,
               {.lines = {found->line},
                .note = fmt::format("{} printed \"{}\": {}", runs.back()->program, field, found->text)});
  return refuted(verdict, fmt::format("\"{}\": {}", field, found->text), truth.hint);
}

Verdict cannot_tell(std::string_view role, const char* field, const std::string& why) {
  return undecided({.claim = fmt::format("the {} reports the right number of {}", role, field)}, why);
}

/// What the monitor's group has not read, partition by partition; nothing where it is not known.
std::optional<std::int64_t> lag_of(const History& history, std::string_view topic, const std::string& group) {
  std::int64_t lag = 0;
  for (const DrainedPartition& log : history.drained) {
    if (log.topic != topic) continue;
    const auto committed = std::ranges::find_if(history.committed, [&](const CommittedOffset& one) {
      return one.group == group && one.topic == topic && one.partition == log.partition;
    });
    if (committed == history.committed.end()) return std::nullopt;
    lag += log.end - committed->offset;
  }
  return lag;
}

}  // namespace

Verdict reports_records(const History& history, std::string_view topic, std::string_view role) {
  if (!is_drained(history, topic))
    return cannot_tell(role, "records", fmt::format("topic {} was not read to its end", topic));
  const std::size_t records = log_of(history, topic).size();
  return compare(history, role, "records",
                 {.value = static_cast<double>(records),
                  .judged = counted(records, "record") + " in the log",
                  .hint = "add up the records of all partitions"});
}

Verdict reports_lag(const History& history, std::string_view topic, std::string_view role) {
  if (!is_drained(history, topic))
    return cannot_tell(role, "lag", fmt::format("topic {} was not read to its end", topic));
  const auto runs = runs_of(history, role);
  const auto lag = lag_of(history, topic, runs.empty() ? "" : runs.back()->group);
  if (!lag) return cannot_tell(role, "lag", "the group has not committed in every partition");
  return compare(
      history, role, "lag",
      {.value = static_cast<double>(*lag),
       .judged = fmt::format("a lag of {} over all partitions", *lag),
       .hint = "add up, over all partitions, the end of the log less the offset that the group has "
               "committed"});
}

Verdict reports_bytes(const History& history, std::string_view topic, std::string_view role, int percent) {
  const auto looks = looks_at(history, topic);
  if (looks.empty() || looks.back()->bytes == 0)
    return cannot_tell(role, "bytes", fmt::format("the size of topic {} is not known", topic));
  const auto bytes = static_cast<double>(looks.back()->bytes);
  return compare(
      history, role, "bytes",
      {.value = bytes,
       .tolerance = bytes * percent / 100,
       .judged = fmt::format("{:.0f} bytes on the broker's disk", bytes),
       .hint = "ask the broker for the size of its logs (DescribeLogDirs), or add up the sizes of all "
               "records"});
}

bool has_reported(const History& history, std::string_view program) {
  return std::ranges::all_of(
      std::initializer_list<const char*>{"records", "lag", "bytes"},
      [&](const char* field) { return reported(history, program, field).has_value(); });
}

}  // namespace klab
