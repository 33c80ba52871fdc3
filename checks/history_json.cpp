#include "checks/history_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "checks/errors.hpp"
#include "checks/json_fields.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::array kEndings{Ending::exited, Ending::stopped, Ending::deadline, Ending::flooded};

// Writing: one function a kind of event.

template <typename T>
void put(ordered_json& json, const char* name, const std::optional<T>& value) {
  if (value) json[name] = *value;
}

ordered_json to_json(const SampleRecord& record) {
  return {{"event", "sample"}, {"id", record.id}, {"text", record.text}};
}

ordered_json to_json(const SubmittedFile& file) {
  ordered_json json{{"event", "submitted_file"},
                    {"name", file.name},
                    {"problem", file.problem},
                    {"records", file.records},
                    {"shapes", ordered_json::array()}};
  for (const FieldSet& shape : file.shapes)
    json["shapes"].push_back({{"fields", shape.fields}, {"count", shape.count}, {"first", shape.first}});
  return json;
}

ordered_json to_json(const Topic& topic) {
  return {{"event", "topic"}, {"name", topic.name}, {"partitions", topic.partitions}};
}

ordered_json to_json(const ProgramRun& run) {
  ordered_json json{{"event", "program"},
                    {"program", run.program},
                    {"role", run.role},
                    {"command", run.command},
                    {"started_us", run.started.count()},
                    {"ended_us", run.ended.count()},
                    {"ending", name_of(run.ending)},
                    {"lines_printed", run.lines_printed},
                    {"last_words", run.last_words}};
  put(json, "exit_code", run.exit_code);
  if (run.signal != 0) json["signal"] = run.signal;
  return json;
}

ordered_json to_json(const PrintedLine& printed) {
  ordered_json json{{"event", "printed"},
                    {"program", printed.program},
                    {"stream", printed.on_stderr ? "stderr" : "stdout"},
                    {"number", printed.number},
                    {"at_us", printed.at.count()},
                    {"matched", printed.matched}};
  put(json, "key", printed.key);
  json["value"] = printed.value;
  return json;
}

ordered_json to_json(const LoggedRecord& record) {
  ordered_json json{{"event", "logged"},
                    {"topic", record.topic},
                    {"partition", record.partition},
                    {"offset", record.offset},
                    {"timestamp_ms", record.timestamp_ms}};
  put(json, "key", record.key);
  put(json, "value", record.value);
  return json;
}

ordered_json to_json(const DrainedPartition& drained) {
  return {{"event", "drained"},
          {"topic", drained.topic},
          {"partition", drained.partition},
          {"first", drained.first},
          {"end", drained.end}};
}

ordered_json to_json(const CommittedOffset& committed) {
  return {{"event", "committed"},
          {"group", committed.group},
          {"topic", committed.topic},
          {"partition", committed.partition},
          {"offset", committed.offset}};
}

std::string text_of(const ordered_json& json) {
  // Programs may print any bytes; what is not UTF-8 becomes U+FFFD.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

// Reading: the same kinds again, each field checked.

SampleRecord read_sample(const JsonFields& in, Line line) {
  return {.line = line, .id = in.text("id"), .text = in.text("text")};
}

SubmittedFile read_submitted_file(const JsonFields& in, Line line) {
  SubmittedFile file{
      .line = line, .name = in.text("name"), .problem = in.text("problem"), .records = in.count("records")};
  for (const JsonFields& shape : in.objects("shapes"))
    file.shapes.push_back({shape.texts("fields"), shape.count("count"), shape.count("first")});
  return file;
}

Topic read_topic(const JsonFields& in, Line line) {
  return {.line = line, .name = in.text("name"), .partitions = in.number<int>("partitions")};
}

Ending read_ending(const JsonFields& in) {
  const std::string name = in.text("ending");
  for (const Ending ending : kEndings)
    if (name == name_of(ending)) return ending;
  throw in.error("ending", "exited, stopped, deadline or flooded");
}

ProgramRun read_program(const JsonFields& in, Line line) {
  return {.line = line,
          .program = in.text("program"),
          .role = in.text("role"),
          .command = in.text("command"),
          .started = Moment(in.number<std::int64_t>("started_us")),
          .ended = Moment(in.number<std::int64_t>("ended_us")),
          .ending = read_ending(in),
          .exit_code = in.has("exit_code") ? std::optional(in.number<int>("exit_code")) : std::nullopt,
          .signal = in.has("signal") ? in.number<int>("signal") : 0,
          .lines_printed = in.count("lines_printed"),
          .last_words = in.text("last_words")};
}

bool read_on_stderr(const JsonFields& in) {
  const std::string stream = in.text("stream");
  if (stream != "stdout" && stream != "stderr") throw in.error("stream", "stdout or stderr");
  return stream == "stderr";
}

PrintedLine read_printed(const JsonFields& in, Line line) {
  return {.line = line,
          .program = in.text("program"),
          .on_stderr = read_on_stderr(in),
          .number = in.count("number"),
          .at = Moment(in.number<std::int64_t>("at_us")),
          .matched = in.flag("matched"),
          .key = in.optional_text("key"),
          .value = in.text("value")};
}

LoggedRecord read_logged(const JsonFields& in, Line line) {
  return {.line = line,
          .topic = in.text("topic"),
          .partition = in.number<int>("partition"),
          .offset = in.number<std::int64_t>("offset"),
          .timestamp_ms = in.number<std::int64_t>("timestamp_ms"),
          .key = in.optional_text("key"),
          .value = in.optional_text("value")};
}

DrainedPartition read_drained(const JsonFields& in, Line line) {
  return {.line = line,
          .topic = in.text("topic"),
          .partition = in.number<int>("partition"),
          .first = in.number<std::int64_t>("first"),
          .end = in.number<std::int64_t>("end")};
}

CommittedOffset read_committed(const JsonFields& in, Line line) {
  return {.line = line,
          .group = in.text("group"),
          .topic = in.text("topic"),
          .partition = in.number<int>("partition"),
          .offset = in.number<std::int64_t>("offset")};
}

void read_header(const JsonFields& in, History& history) {
  if (in.text("klab") != "history") throw in.error("klab", "\"history\"");
  if (in.number<int>("version") != kVersion) throw in.error("version", std::to_string(kVersion));
  history.lab = in.text("lab");
  history.section = in.text("section");
  history.seed = in.text("seed");
  history.output_pattern = in.text("output_pattern");
}

void read_event(const JsonFields& in, Line line, History& history) {
  const std::string kind = in.text("event");
  if (kind == "sample")
    history.sample.push_back(read_sample(in, line));
  else if (kind == "submitted_file")
    history.submitted_files.push_back(read_submitted_file(in, line));
  else if (kind == "topic")
    history.topics.push_back(read_topic(in, line));
  else if (kind == "program")
    history.programs.push_back(read_program(in, line));
  else if (kind == "printed")
    history.printed.push_back(read_printed(in, line));
  else if (kind == "logged")
    history.logged.push_back(read_logged(in, line));
  else if (kind == "drained")
    history.drained.push_back(read_drained(in, line));
  else if (kind == "committed")
    history.committed.push_back(read_committed(in, line));
}

/// Calls `visit` with each event in the order of its line.
template <typename Visit>
void in_line_order(const History& history, Visit visit) {
  std::vector<std::pair<Line, std::function<ordered_json()>>> events;
  const auto add = [&](const auto& kind) {
    for (const auto& event : kind) events.emplace_back(event.line, [&event] { return to_json(event); });
  };
  add(history.sample);
  add(history.submitted_files);
  add(history.topics);
  add(history.programs);
  add(history.printed);
  add(history.logged);
  add(history.drained);
  add(history.committed);
  std::ranges::sort(events, {}, [](const auto& event) { return event.first; });
  for (const auto& [line, json] : events) visit(line, json());
}

}  // namespace

void write_history(std::ostream& out, const History& history) {
  const ordered_json header{{"klab", "history"},    {"version", kVersion},
                            {"lab", history.lab},   {"section", history.section},
                            {"seed", history.seed}, {"output_pattern", history.output_pattern}};
  out << text_of(header) << '\n';
  in_line_order(history, [&](Line, const ordered_json& event) { out << text_of(event) << '\n'; });
}

History read_history(std::istream& in, const std::string& source) {
  History history;
  std::string text;
  Line line = 0;
  while (std::getline(in, text)) {
    const JsonFields fields = JsonFields::parse(text, fmt::format("{}:{}", source, ++line));
    if (line == 1)
      read_header(fields, history);
    else
      read_event(fields, line, history);
  }
  if (line == 0) throw BadInput(fmt::format("{}: empty, expected a history", source));
  return history;
}

History load_history(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw BadInput(fmt::format("{}: cannot be opened", file.string()));
  return read_history(in, file.string());
}

}  // namespace klab
