#include "checks/history/history_json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "checks/errors.hpp"
#include "checks/history/event_fields.hpp"
#include "checks/history/event_kinds.hpp"
#include "checks/json/json_fields.hpp"
#include "checks/json/utf8.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::array kEndings{Ending::exited, Ending::stopped, Ending::deadline, Ending::flooded,
                              Ending::limit};
constexpr std::array kSteps{TransactionStep::begun, TransactionStep::committed, TransactionStep::aborted,
                            TransactionStep::unknown};
constexpr std::array kSendOutcomes{SendOutcome::acked, SendOutcome::failed, SendOutcome::unknown};
constexpr std::array kCallOutcomes{CallOutcome::ok, CallOutcome::failed, CallOutcome::unknown};
constexpr std::array kIsolations{Isolation::read_uncommitted, Isolation::read_committed};
constexpr std::array kOwnershipEnds{OwnershipEnd::revoked, OwnershipEnd::lost, OwnershipEnd::closed,
                                    OwnershipEnd::crashed, OwnershipEnd::fenced};

constexpr std::array kStates{RecordState::committed, RecordState::aborted, RecordState::open};

/// An event's part that has fields of its own.
template <typename Part, typename Fields>
concept Described = requires(Fields& fields, Part& part) {
  describe(fields, part);
};

std::string hex_of(std::string_view bytes) {
  return fmt::format("{:02x}", fmt::join(std::basic_string<unsigned char>(bytes.begin(), bytes.end()), ""));
}

/// Puts an event's fields into a JSON object, in the order of `describe`.
class EventWriter {
 public:
  explicit EventWriter(ordered_json& out) : out_(out) {}

  void operator()(const char* name, const auto& value) { out_[name] = json_of(value); }

  template <typename T>
  void operator()(const char* name, const std::optional<T>& value) {
    if (value) (*this)(name, *value);
  }

  void unless_default(const char* name, const auto& value) {
    unless(name, value, std::remove_cvref_t<decltype(value)>());
  }

  void unless(const char* name, const auto& value, const auto& usual) {
    if (value != usual) (*this)(name, value);
  }

  void if_there(const char* name, const auto& value) { (*this)(name, value); }
  void not_negative(const char* name, const auto& value) { (*this)(name, value); }

  void either(const char* name, bool value, const char* if_true, const char* if_false) {
    out_[name] = value ? if_true : if_false;
  }

  /// Any bytes: as text where they are UTF-8, else in hexadecimal under another name.
  void bytes(const std::string& name, const std::string& value) {
    if (is_utf8(value))
      out_[name] = value;
    else
      out_[name + "_hex"] = hex_of(value);
  }

  void bytes(const std::string& name, const std::optional<std::string>& value) {
    if (value) bytes(name, *value);
  }

 private:
  static ordered_json json_of(Moment moment) { return moment.count(); }
  static ordered_json json_of(Ending ending) { return name_of(ending); }
  static ordered_json json_of(TransactionStep step) { return name_of(step); }
  static ordered_json json_of(RecordState state) { return name_of(state); }
  static ordered_json json_of(SendOutcome outcome) { return name_of(outcome); }
  static ordered_json json_of(CallOutcome outcome) { return name_of(outcome); }
  static ordered_json json_of(Isolation isolation) { return name_of(isolation); }
  static ordered_json json_of(OwnershipEnd end) { return name_of(end); }
  static ordered_json json_of(const auto& value) { return value; }

  template <typename T>
  requires Described<const T, EventWriter>
  static ordered_json json_of(const T& part) {
    ordered_json object = ordered_json::object();
    EventWriter writer(object);
    describe(writer, part);
    return object;
  }

  template <typename T>
  requires Described<const T, EventWriter>
  static ordered_json json_of(const std::vector<T>& parts) {
    ordered_json array = ordered_json::array();
    for (const T& part : parts) array.push_back(json_of(part));
    return array;
  }

  ordered_json& out_;
};

/// Collects the names that an event's fields may have.
class FieldNames {
 public:
  void operator()(const char* name, const auto&) { names.insert(name); }
  void unless_default(const char* name, const auto&) { names.insert(name); }
  void unless(const char* name, const auto&, const auto&) { names.insert(name); }
  void if_there(const char* name, const auto&) { names.insert(name); }
  void not_negative(const char* name, const auto&) { names.insert(name); }
  void either(const char* name, bool, const char*, const char*) { names.insert(name); }
  void bytes(const std::string& name, const auto&) { names.insert({name, name + "_hex"}); }

  std::set<std::string> names = {};
};

/// Takes an event's fields from a JSON object. Throws BadInput for the first that is missing or malformed.
/// Null in a field that may be absent is absence.
class EventReader {
 public:
  explicit EventReader(const JsonFields& in) : in_(in) {}

  void operator()(const char* name, std::string& value) { value = in_.text(name); }
  void operator()(const char* name, bool& value) { value = in_.flag(name); }
  void operator()(const char* name, int& value) { value = in_.number<int>(name); }
  void operator()(const char* name, std::int64_t& value) { value = in_.number<std::int64_t>(name); }
  void operator()(const char* name, std::size_t& value) { value = in_.count(name); }
  void operator()(const char* name, Moment& value) { value = Moment(in_.number<std::int64_t>(name)); }
  void operator()(const char* name, Ending& value) { value = one_of(name, kEndings); }
  void operator()(const char* name, TransactionStep& value) { value = one_of(name, kSteps); }
  void operator()(const char* name, RecordState& value) { value = one_of(name, kStates); }
  void operator()(const char* name, SendOutcome& value) { value = one_of(name, kSendOutcomes); }
  void operator()(const char* name, CallOutcome& value) { value = one_of(name, kCallOutcomes); }
  void operator()(const char* name, Isolation& value) { value = one_of(name, kIsolations); }
  void operator()(const char* name, OwnershipEnd& value) { value = one_of(name, kOwnershipEnds); }
  void operator()(const char* name, std::vector<std::string>& value) { value = in_.texts(name); }
  void operator()(const char* name, std::vector<std::int64_t>& value) {
    for (const std::size_t number : in_.counts(name)) value.push_back(static_cast<std::int64_t>(number));
  }

  template <typename T>
  void operator()(const char* name, std::optional<T>& value) {
    if (in_.has_value(name)) (*this)(name, value.emplace());
  }

  template <typename T>
  requires Described<T, EventReader>
  void operator()(const char* name, T& part) {
    const JsonFields object = in_.object(name);
    EventReader reader(object);
    describe(reader, part);
  }

  template <typename T>
  void operator()(const char* name, std::vector<T>& parts) {
    for (const JsonFields& part : in_.objects(name)) {
      EventReader reader(part);
      describe(reader, parts.emplace_back());
    }
  }

  void unless_default(const char* name, auto& value) { if_there(name, value); }
  void unless(const char* name, auto& value, const auto&) { if_there(name, value); }

  void if_there(const char* name, auto& value) {
    if (in_.has_value(name)) (*this)(name, value);
  }

  void not_negative(const char* name, auto& value) {
    (*this)(name, value);
    if (in_.has_value(name)) in_.count(name);
  }

  void either(const char* name, bool& value, const char* if_true, const char* if_false) {
    const std::string text = in_.text(name);
    if (text != if_true && text != if_false)
      throw in_.error(name, fmt::format("{} or {}", if_false, if_true));
    value = text == if_true;
  }

  void bytes(const std::string& name, std::string& value) {
    value = in_.has(name + "_hex") ? bytes_of_hex(name + "_hex") : in_.text(name);
  }

  void bytes(const std::string& name, std::optional<std::string>& value) {
    if (in_.has_value(name) || in_.has_value(name + "_hex")) bytes(name, value.emplace());
  }

 private:
  template <typename Name, std::size_t Count>
  Name one_of(const char* name, const std::array<Name, Count>& known) const {
    const std::string text = in_.text(name);
    std::string expected;
    for (std::size_t i = 0; i < Count; ++i) {
      if (text == name_of(known[i])) return known[i];
      expected += fmt::format("{}{}", i == 0 ? "" : i + 1 == Count ? " or " : ", ", name_of(known[i]));
    }
    throw in_.error(name, expected);
  }

  std::string bytes_of_hex(const std::string& name) const {
    const std::string hex = in_.text(name);
    std::string bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
      unsigned char byte = 0;
      const char* end = hex.data() + i + 2;
      if (i + 2 > hex.size() || std::from_chars(hex.data() + i, end, byte, 16).ptr != end)
        throw in_.error(name, "two hexadecimal digits for each byte");
      bytes.push_back(static_cast<char>(byte));
    }
    return bytes;
  }

  const JsonFields& in_;
};

std::string text_of(const ordered_json& json) {
  // Commands and last words may be any bytes too; nothing is judged by them.
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

void write_event(std::ostream& out, const char* kind, const auto& event) {
  ordered_json json{{"event", kind}};
  EventWriter writer(json);
  describe(writer, event);
  out << text_of(json) << '\n';
}

void read_header(const JsonFields& in, History& history) {
  if (in.text("klab") != "history") throw in.error("klab", "\"history\"");
  if (in.number<int>("version") != kVersion) throw in.error("version", std::to_string(kVersion));
  // Only klab's own plays have these.
  if (in.has("lab")) history.lab = in.text("lab");
  if (in.has("section")) history.section = in.text("section");
  if (in.has("seed")) history.seed = in.text("seed");
  if (in.has("output_pattern")) history.output_pattern = in.text("output_pattern");
  if (in.has("started_unix_ms")) history.started_unix_ms = in.number<std::int64_t>("started_unix_ms");
  if (in.has("play_failure")) history.play_failure = in.text("play_failure");
}

template <typename Event>
const std::set<std::string>& field_names() {
  static const std::set<std::string> kNames = [] {
    FieldNames known;
    const Event event = {};
    describe(known, event);
    return known.names;
  }();
  return kNames;
}

/// Fields that the event does not have may be typing errors in the names of those it may have.
template <typename Event>
void note_passed_over(const JsonFields& in, const std::string& kind, History& history) {
  for (const std::string& name : in.names())
    if (name != "event" && !field_names<Event>().contains(name))
      ++history.passed_over[fmt::format("field {} of {}", name, kind)];
}

void read_event(const JsonFields& in, Line line, History& history) {
  const std::string kind = in.text("event");
  bool is_known = false;
  for_each_kind(history, [&](std::string_view name, auto& events) {
    if (name != kind) return;
    is_known = true;
    EventReader reader(in);
    auto& event = events.emplace_back();
    describe(reader, event);
    event.line = line;
    using Event = std::remove_reference_t<decltype(event)>;
    note_passed_over<Event>(in, kind, history);
    if constexpr (std::same_as<Event, Poll>)
      for (const JsonFields& record : in.objects("records"))
        note_passed_over<PolledRecord>(record, "a polled record", history);
  });
  if (!is_known) ++history.passed_over["event " + kind];
}

}  // namespace

void write_history(std::ostream& out, const History& history) {
  ordered_json header{{"klab", "history"},    {"version", kVersion},
                      {"lab", history.lab},   {"section", history.section},
                      {"seed", history.seed}, {"output_pattern", history.output_pattern}};
  if (history.started_unix_ms != 0) header["started_unix_ms"] = history.started_unix_ms;
  if (!history.play_failure.empty()) header["play_failure"] = history.play_failure;
  out << text_of(header) << '\n';
  std::vector<std::pair<Line, std::function<void()>>> events;
  for_each_kind(history, [&](const char* kind, const auto& of_kind) {
    for (const auto& event : of_kind)
      events.emplace_back(event.line, [&out, kind, &event] { write_event(out, kind, event); });
  });
  std::ranges::sort(events, {}, [](const auto& event) { return event.first; });
  for (const auto& [line, write] : events) write();
}

namespace {

/// Takes the lines of which `is_wanted` says so, and the header.
template <typename IsWanted>
History read_lines(std::istream& in, const std::string& source, IsWanted is_wanted) {
  History history;
  std::string text;
  Line line = 0;
  while (std::getline(in, text)) {
    if (++line > 1 && !is_wanted(text)) continue;
    const JsonFields fields = JsonFields::parse(text, fmt::format("{}:{}", source, line));
    if (line == 1)
      read_header(fields, history);
    else
      read_event(fields, line, history);
  }
  if (line == 0) throw BadInput(fmt::format("{}: empty, expected a history", source));
  return history;
}

template <typename IsWanted>
History load_lines(const std::filesystem::path& file, IsWanted is_wanted) {
  std::ifstream in(file);
  if (!in) throw BadInput(fmt::format("{}: cannot be opened", file.string()));
  return read_lines(in, file.string(), is_wanted);
}

bool is_any(std::string_view) { return true; }

}  // namespace

History read_history(std::istream& in, const std::string& source) { return read_lines(in, source, is_any); }

History load_history(const std::filesystem::path& file) { return load_lines(file, is_any); }

History load_program_runs(const std::filesystem::path& file) {
  return load_lines(file, [](std::string_view line) { return line.starts_with(R"({"event":"program",)"); });
}

}  // namespace klab
