// Segments and compaction. The same records go to an ordinary topic and to a compacted one, each with a
// timestamp that makes a new segment of it; what is in the files of their folders is looked at meanwhile.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/client/log_reader.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr std::int64_t kStep = 10'000;  // ms between timestamps: more than segment.ms
constexpr const char *kGone = "gone", *kFiller = "filler";
const std::vector<std::string> kKeys{"a", "b", "c"};

/// Writes record after record, each so much later than the one before that it opens a segment.
class Writer {
 public:
  Writer(Sender& sender, const Topic& topic, std::int64_t begin_ms)
      : sender_(sender), topic_(topic), time_ms_(begin_ms) {}

  void write(const std::string& key, const std::string& value, bool is_tombstone = false) {
    time_ms_ += kStep;
    append(key, value, is_tombstone);
  }

  /// Into the same segment as the last.
  void append(const std::string& key, const std::string& value, bool is_tombstone = false) {
    sender_.send_all(topic_, {{.value = value,
                               .key = key,
                               .partition = 0,
                               .timestamp_ms = time_ms_,
                               .is_tombstone = is_tombstone}});
  }

 private:
  Sender& sender_;
  const Topic& topic_;
  std::int64_t time_ms_;
};

std::string contents_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string hex;
  for (auto byte = std::istreambuf_iterator<char>(in); byte != std::istreambuf_iterator<char>(); ++byte)
    hex += fmt::format("{:02x}", static_cast<unsigned char>(*byte));
  return hex;
}

/// Keeps what is in the segment files of the topic's only partition, as hexadecimal digits by file.
void look(Trial& trial, const Topic& topic) {
  nlohmann::ordered_json files = nlohmann::ordered_json::object();
  for (const auto& file : fs::directory_iterator(trial.broker().data_folder() / (topic.name + "-0")))
    if (file.path().extension() == ".log") files[file.path().stem().string()] = contents_of(file.path());
  trial.tell(kNotes, {{"files of " + topic.name, files}});
}

void write_history(Trial& trial, Writer& writer, const Topic& topic) {
  writer.write("once", "once 1");
  look(trial, topic);
  writer.append(kGone, "gone 1");
  look(trial, topic);
  for (int version = 1; version <= 3; ++version)
    for (const std::string& key : kKeys) writer.write(key, fmt::format("{} {}", key, version));
  writer.write(kGone, "a tombstone", true);
  writer.write(kFiller, "filler 0");
  look(trial, topic);
}

/// Whether of each key one record is left, and of the deleted key none. Fillers are left out: the last of
/// them is in the active segment, which is not compacted.
bool is_compacted(Trial& trial, const Topic& topic) {
  std::map<std::string, int> left;
  read_committed(trial.grader_address(), topic.name, 1,
                 [&](const LoggedRecord& record) { ++left[record.key.value_or("")]; });
  return !left.contains(kGone) && std::ranges::all_of(kKeys, [&](const auto& key) { return left[key] == 1; });
}

void play(Trial& trial) {
  const Topic ordinary = trial.create_topic("ordinary", 1, {{"segment.ms", "1000"}}),
              compacted = trial.create_topic("compacted", 1,
                                             {{"segment.ms", "1000"},
                                              {"cleanup.policy", "compact"},
                                              {"min.cleanable.dirty.ratio", "0.01"},
                                              {"delete.retention.ms", "200"}});
  const std::int64_t an_hour_ago = std::chrono::duration_cast<std::chrono::milliseconds>(
                                       std::chrono::system_clock::now().time_since_epoch() - 1h)
                                       .count();
  Sender sender(trial, "sender"), other(trial, "compacted-sender");
  Writer to_ordinary(sender, ordinary, an_hour_ago), to_compacted(other, compacted, an_hour_ago);
  write_history(trial, to_ordinary, ordinary);
  write_history(trial, to_compacted, compacted);
  // Tombstones go when there is something else to compact, some time after what they delete.
  int turn = 0;
  const auto has_compacted = [&] {
    to_compacted.write(kFiller, fmt::format("filler {}", ++turn));
    return is_compacted(trial, compacted);
  };
  eventually(has_compacted, 40s, 250ms);
  look(trial, compacted);
  for (const Topic& topic : {ordinary, compacted}) trial.read_back(topic);
}

using Files = std::map<std::string, std::string>;

std::vector<Files> looks_into(const History& history, const std::string& topic) {
  std::vector<Files> looks;
  for (const Told& one : told(history, kNotes, "files of " + topic))
    looks.push_back(one.what["files of " + topic].get<Files>());
  return looks;
}

/// Whether all that was in the files is still there as it was, and at most something came behind it.
bool is_only_appended(const std::vector<Files>& looks) {
  for (std::size_t i = 1; i < looks.size(); ++i)
    for (const auto& [name, before] : looks[i - 1]) {
      const auto after = looks[i].find(name);
      if (after == looks[i].end() || !after->second.starts_with(before)) return false;
    }
  return true;
}

bool has_grown(const Files& before, const Files& after) {
  return std::ranges::any_of(before, [&](const auto& file) {
    const auto found = after.find(file.first);
    return found != after.end() && found->second.size() > file.second.size();
  });
}

/// A batch begins with its first offset, which its file is named after (kafka DefaultRecordBatch.java).
bool begins_with_its_name(const std::pair<const std::string, std::string>& file) {
  return file.second.starts_with(fmt::format("{:016x}", std::stoull(file.first)));
}

void conclude_segments(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "segments";
  const std::vector<Files> looks = looks_into(history, "ordinary"),
                           compacted = looks_into(history, "compacted");
  if (looks.size() < 3 || compacted.size() < 4)
    return conclusions.undecided(kClaim, "the files of the topic were not seen");
  conclusions.control(kClaim, "a file that grows is seen to", has_grown(looks[0], looks[1]));
  conclusions.control(kClaim, "that compaction writes files anew is seen", !is_only_appended(compacted));
  const Files& last = looks.back();
  const bool are_segments = last.size() > 1 && std::ranges::all_of(last, begins_with_its_name);
  const bool is_appended = is_only_appended(looks);
  conclusions.value(
      kClaim, {.value = are_segments && is_appended ? "yes" : "no",
               .note = fmt::format("the log is in {} files{}; between {} looks {}", last.size(),
                                   are_segments ? ", each named after its first offset" : "", looks.size(),
                                   is_appended ? "what was in a file stayed as it was, and more came "
                                                 "behind it"
                                               : "not all that was in a file stayed as it was")});
}

std::vector<std::string> left_of(const History& history, const std::string& topic, const std::string& key) {
  std::vector<std::string> values;
  for (const LoggedRecord* record : log_of(history, topic))
    if (record->key == key) values.push_back(record->value.value_or("a tombstone"));
  return values;
}

void conclude_compaction(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "compaction";
  const std::map<std::string, std::string> where{{"cleanup.policy", "compact"}};
  const auto each_has = [&](const std::string& topic, const std::vector<int>& versions) {
    return std::ranges::all_of(kKeys, [&](const std::string& key) {
      std::vector<std::string> expected;
      for (const int version : versions) expected.push_back(fmt::format("{} {}", key, version));
      return left_of(history, topic, key) == expected;
    });
  };
  conclusions.control(kClaim, "in a topic that is not compacted every record stays",
                      each_has("ordinary", {1, 2, 3}) && left_of(history, "ordinary", kGone).size() == 2);
  conclusions.control(kClaim, "a key that was written once keeps its record",
                      left_of(history, "compacted", "once") == std::vector<std::string>{"once 1"});
  if (!each_has("compacted", {3}))
    return conclusions.undecided(kClaim, "the topic was not compacted within 40 s");
  conclusions.value(
      kClaim,
      {.value = "latest per key", .where = where, .note = "of three records of each key the last was left"});
  const auto gone = left_of(history, "compacted", kGone);
  const bool is_removed = std::ranges::all_of(gone, [](const auto& value) { return value == "a tombstone"; });
  conclusions.value(kClaim,
                    {.aspect = "tombstone",
                     .value = is_removed ? "removes" : "keeps",
                     .where = where,
                     .note = fmt::format("of a key with a record and then one without value {}",
                                         gone.empty() ? "nothing was left, 200 ms being delete.retention.ms"
                                         : is_removed ? "the tombstone was left"
                                                      : "the record was left")});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_segments(history, conclusions);
  conclude_compaction(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> segment_experiments() {
  return {
      {.name = "segments",
       .claims = {"segments", "compaction"},
       .hypothesis = "A log is files to which is only appended; compaction leaves the newest of each key.",
       .settings = {{"log.cleaner.enable", "true"},
                    {"log.cleaner.backoff.ms", "200"},
                    {"log.cleaner.dedupe.buffer.size", "16777216"}},
       .play = play,
       .conclude = conclude}};
}

}  // namespace klab
