#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/client_events.hpp"
#include "checks/history/moment.hpp"
#include "checks/history/wire_events.hpp"

namespace klab {

/// A record of the sample that the programs were given, in file order.
struct SampleRecord {
  Line line = 0;
  std::string id = {};    ///< its identity, unique in the run
  std::string text = {};  ///< the record as JSON
};

/// Objects of a file that have the same fields: how many there are, and the first of them.
struct FieldSet {
  std::vector<std::string> fields = {};  ///< sorted
  std::size_t count = 0;
  std::size_t first = 0;  ///< position of the first such record, counted from 1
};

/// What wc says of a file.
struct WordCount {
  std::size_t lines = 0;  ///< newlines
  std::size_t words = 0;  ///< runs of bytes between white space
  std::size_t bytes = 0;

  bool operator==(const WordCount&) const = default;
};

/// A data file that the submission itself contains, summed up; its contents are of no concern.
struct SubmittedFile {
  Line line = 0;
  std::string name = {};
  std::string problem = {};  ///< why it could not be read to its end; empty when it could
  std::size_t records = 0;
  std::vector<FieldSet> shapes = {};
  std::optional<WordCount> size = {};  ///< absent when the file is not there
};

/// An answer of the submission's answers.json.
struct SubmittedAnswer {
  Line line = 0;
  std::string name = {};  ///< "C.wc": the section and the answer's name
  std::string text = {};  ///< as written; an object's or an array's as JSON
};

struct Topic {
  Line line = 0;
  std::string name = {};
  int partitions = 0;
};

/// The log of one partition: it holds the offsets in [first, end).
struct LogBounds {
  int partition = 0;
  std::int64_t first = 0;
  std::int64_t end = 0;

  bool operator==(const LogBounds&) const = default;
};

/// A topic as the grader found it at some time of the play.
struct TopicLooked {
  Line line = 0;
  Moment at = {};
  std::string topic = {};
  /// Kafka's topic id (KIP-516): another one is another topic; "" when it does not exist
  std::string id = {};
  std::size_t bytes = 0;  ///< of its logs on disk (DescribeLogDirs)
  std::vector<LogBounds> partitions = {};

  bool exists() const { return !id.empty(); }
};

/// How a program came to its end.
enum class Ending {
  exited,    ///< by itself
  stopped,   ///< the section had seen all that was to come and stopped it; no exit code is a fault then
  deadline,  ///< it should have ended by itself, and neither did nor made progress
  flooded,   ///< it printed or sent far more than there is to print or send
  limit,     ///< it used more memory or processes than it may
};

std::string_view name_of(Ending ending);

/// One run of one of the submission's programs.
struct ProgramRun {
  Line line = 0;
  std::string program = {};  ///< unique in the play: "producer-1"
  std::string role = {};     ///< as in submission.json: "producer"
  std::string command = {};
  std::string group = {};  ///< that it was told to use
  std::string key = {};    ///< that it was told to look for; "" when none
  Moment started = {};
  /// Or when it was seen to have ended by itself; what it did later is not its play
  Moment told_to_stop = {};
  Moment ended = {};
  Ending ending = Ending::exited;
  std::optional<int> exit_code = {};  ///< absent when a signal ended it
  int signal = 0;
  std::size_t lines_printed = 0;  ///< on both streams, whether or not a pattern matched
  std::string last_words = {};    ///< the end of its output, stderr first choice
  /// What was too much, where `ending` is `limit`: "used 5 GB of memory, 4 GB allowed"
  std::string limit = {};

  /// By itself, with exit code 0.
  bool ended_well() const { return ending == Ending::exited && exit_code == 0; }
};

/// Some of a history's runs.
using Runs = std::vector<const ProgramRun*>;

/// A line of a program's output.
struct PrintedLine {
  Line line = 0;
  std::string program = {};
  bool on_stderr = false;
  std::size_t number = 0;  ///< of the line in its stream, counted from 1
  Moment at = {};
  bool matched = false;  ///< by the manifest's pattern; true of every line where there is no pattern
  std::optional<std::string> key = {};  ///< the pattern's group `key`
  std::string value = {};               ///< the pattern's group `value`, else the whole line
};

/// What became of the transaction that a logged record belongs to. A record outside of any is committed.
enum class RecordState { committed, aborted, open };

std::string_view name_of(RecordState state);

/// A record that the grader's own reader found in the log.
struct LoggedRecord {
  Line line = 0;
  std::string topic = {};
  int partition = 0;
  std::int64_t offset = 0;
  std::int64_t timestamp_ms = 0;  ///< the record's own timestamp, Unix milliseconds
  std::optional<std::string> key = {};
  std::optional<std::string> value = {};
  RecordState state = RecordState::committed;
  std::optional<std::string> id = {};  ///< of the send that it is, where the recorder says so itself
};

/// The reader saw everything in [first, end) of a partition. Without this nothing can be called lost.
struct DrainedPartition {
  Line line = 0;
  std::string topic = {};
  int partition = 0;
  std::int64_t first = 0;
  std::int64_t end = 0;
};

/// An offset that a consumer group had committed when the play ended.
struct CommittedOffset {
  Line line = 0;
  std::string group = {};
  std::string topic = {};
  int partition = 0;
  std::int64_t offset = 0;  ///< of the next record to be read
};

/// What happened in one play of one section, by witness. Within each vector events are in the order they were
/// recorded. Plain data: checks read it, the recorder writes it, history_json keeps it.
struct History {
  std::string lab = {};
  std::string section = {};
  std::string seed = {};
  std::string output_pattern = {};   ///< the manifest's pattern for consumed records; empty when it has none
  std::int64_t started_unix_ms = 0;  ///< Unix time of moment 0, milliseconds; 0 when unknown
  std::string play_failure = {};     ///< why the grader broke off the play; empty when it came to its end

  std::vector<SampleRecord> sample = {};
  std::vector<SubmittedFile> submitted_files = {};
  std::vector<SubmittedAnswer> answers = {};
  std::vector<Topic> topics = {};
  std::vector<TopicLooked> topic_looks = {};
  std::vector<ProgramRun> programs = {};
  std::vector<PrintedLine> printed = {};
  std::vector<LoggedRecord> logged = {};
  std::vector<DrainedPartition> drained = {};
  std::vector<CommittedOffset> committed = {};

  std::vector<Connected> connected = {};
  std::vector<Disconnected> disconnected = {};
  std::vector<TopicRefused> topics_refused = {};
  std::vector<SentBatch> sent = {};
  std::vector<Answered> answered = {};
  std::vector<Delivered> delivered = {};
  std::vector<FetchStarted> fetch_started = {};
  std::vector<Joined> joined = {};
  std::vector<Assigned> assigned = {};
  std::vector<Revoked> revoked = {};
  std::vector<Left> left = {};
  std::vector<CommitAnswered> commits = {};
  std::vector<Resumed> resumed = {};
  std::vector<TransactionStepped> transactions = {};
  std::vector<AcknowledgementsHeld> acknowledgements_held = {};
  std::vector<Overheard> overheard = {};

  std::vector<Send> sends = {};
  std::vector<Poll> polls = {};
  std::vector<Seek> seeks = {};
  std::vector<Flush> flushes = {};

  /// What a reader of the file did not know and passed over, with how often: "event sned", "field offest of
  /// send". Not written.
  std::map<std::string, std::size_t> passed_over = {};
};

/// Whether the wire witness heard the program and understood all it heard. What it did not hear proves
/// nothing.
bool is_heard_in_full(const History& history, std::string_view program);

/// Says so, for a verdict that is undecided for it.
std::string unheard(const History& history, std::string_view program);

/// The same of the first of these that was not heard in full; empty where all were.
std::string unheard(const History& history, const Runs& runs);

/// Every run of a role, in the order they ended.
std::vector<const ProgramRun*> runs_of(const History& history, std::string_view role);

/// Committed records of a topic, by partition and then offset: the order in which the broker keeps them. What
/// was aborted was never sent, as far as a reader of committed records is concerned.
std::vector<const LoggedRecord*> log_of(const History& history, std::string_view topic);

/// Whether the reader saw every partition of the topic to its end.
bool is_drained(const History& history, std::string_view topic);

/// A run's ending as a plain phrase: "exited with 1 after 0.4 s", "was still running after 60.0 s".
std::string describe_ending(const ProgramRun& run);

}  // namespace klab
