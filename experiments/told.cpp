#include "experiments/told.hpp"

namespace klab {

using nlohmann::json;

void record_told(Recorder& recorder, const std::string& program, const nlohmann::ordered_json& what) {
  recorder.record(PrintedLine{.program = program,
                              .at = recorder.now(),
                              .matched = true,
                              .value = what.dump(-1, ' ', false, json::error_handler_t::replace)});
}

std::vector<Told> told(const History& history, std::string_view program, std::string_view kind) {
  std::vector<Told> all;
  for (const PrintedLine& line : history.printed) {
    if (line.program != program || line.on_stderr) continue;
    json what = json::parse(line.value, nullptr, false);
    if (what.is_object() && what.contains(kind)) all.push_back({line.at, std::move(what)});
  }
  return all;
}

std::vector<std::string> told_texts(const History& history, std::string_view program, std::string_view kind) {
  std::vector<std::string> texts;
  for (const Told& one : told(history, program, kind)) {
    const json& value = one.what[std::string(kind)];
    texts.push_back(value.is_string() ? value.get<std::string>() : value.dump());
  }
  return texts;
}

std::set<PartitionName> partitions_of(const History& history, std::string_view program, Moment at) {
  std::set<PartitionName> partitions;
  for (const PrintedLine& line : history.printed) {
    if (line.program != program || line.on_stderr || line.at > at) continue;
    const json what = json::parse(line.value, nullptr, false);
    if (!what.is_object()) continue;
    for (const json& one : what.value("assigned", json::array())) partitions.insert({one[0], one[1]});
    for (const json& one : what.value("revoked", json::array())) partitions.erase({one[0], one[1]});
  }
  return partitions;
}

std::optional<Moment> noted_at(const History& history, std::string_view name) {
  const std::vector<Told> notes = told(history, kNotes, name);
  if (notes.empty()) return std::nullopt;
  return notes.front().at;
}

std::string noted(const History& history, std::string_view name) {
  const auto texts = told_texts(history, kNotes, name);
  return texts.empty() ? "" : texts.back();
}

}  // namespace klab
