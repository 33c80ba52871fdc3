#include "checks/history/history_of.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kStartedUnixMs = 1'795'235'346'000;

std::int64_t end_of(const History& history, const std::string& topic, int partition) {
  std::int64_t end = 0;
  for (const LoggedRecord& record : history.logged)
    if (record.topic == topic && record.partition == partition) end = std::max(end, record.offset + 1);
  return end;
}

}  // namespace

std::string sample_id(std::size_t position) { return std::to_string(900'000'001 + position); }

std::string sample_text(std::size_t position) {
  return fmt::format(
      R"({{"EVENT_NO_TRIP":"167404710","EVENT_NO_STOP":"{}","OPD_DATE":"26DEC20","VEHICLE_ID":"1776",)"
      R"("METERS":"{}","ACT_TIME":"{}","VELOCITY":""}})",
      sample_id(position), 70 + 10 * position, 20'000 + 5 * position);
}

HistoryOf::HistoryOf(std::string topic_name, int partitions) {
  history_.lab = "lab";
  history_.section = "section";
  history_.seed = "seed";
  topic(std::move(topic_name), partitions);
}

HistoryOf& HistoryOf::sample(std::size_t records) {
  for (std::size_t position = 0; position < records; ++position)
    history_.sample.push_back(
        {.line = next_line(), .id = sample_id(position), .text = sample_text(position)});
  return *this;
}

HistoryOf& HistoryOf::pattern(std::string output_pattern) {
  history_.output_pattern = std::move(output_pattern);
  return *this;
}

HistoryOf& HistoryOf::submitted(SubmittedFile file) {
  file.line = next_line();
  history_.submitted_files.push_back(std::move(file));
  return *this;
}

HistoryOf& HistoryOf::topic(std::string name, int partitions) {
  topic_ = std::move(name);
  history_.topics.push_back({.line = next_line(), .name = topic_, .partitions = partitions});
  return *this;
}

HistoryOf& HistoryOf::stored(int partition, std::int64_t offset, std::size_t record) {
  return stored_text(partition, offset, sample_text(record));
}

HistoryOf& HistoryOf::stored_text(int partition, std::int64_t offset, std::string value) {
  stored_null(partition, offset);
  history_.logged.back().value = std::move(value);
  return *this;
}

HistoryOf& HistoryOf::stored_null(int partition, std::int64_t offset) {
  history_.logged.push_back({.line = next_line(), .topic = topic_, .partition = partition, .offset = offset});
  return *this;
}

HistoryOf& HistoryOf::with_key(std::optional<std::string> key) {
  history_.logged.back().key = std::move(key);
  return *this;
}

HistoryOf& HistoryOf::created(Moment when) {
  history_.started_unix_ms = kStartedUnixMs;
  history_.logged.back().timestamp_ms =
      kStartedUnixMs + std::chrono::duration_cast<std::chrono::milliseconds>(when).count();
  return *this;
}

HistoryOf& HistoryOf::drained() {
  for (int partition = 0; partition < history_.topics.back().partitions; ++partition)
    drained(partition, 0, end_of(history_, topic_, partition));
  return *this;
}

HistoryOf& HistoryOf::drained(int partition, std::int64_t first, std::int64_t end) {
  history_.drained.push_back(
      {.line = next_line(), .topic = topic_, .partition = partition, .first = first, .end = end});
  return *this;
}

HistoryOf& HistoryOf::printed(const std::string& program, std::size_t record, Stream stream) {
  return printed_text(program, sample_text(record), stream);
}

HistoryOf& HistoryOf::printed_text(const std::string& program, std::string value, Stream stream) {
  print(program, std::move(value), stream).matched = true;
  return *this;
}

HistoryOf& HistoryOf::unmatched(const std::string& program, std::string value, Stream stream) {
  print(program, std::move(value), stream).matched = false;
  return *this;
}

HistoryOf& HistoryOf::exited(const std::string& program, int exit_code) {
  run(program, Ending::exited).exit_code = exit_code;
  return *this;
}

HistoryOf& HistoryOf::stopped(const std::string& program, int exit_code) {
  run(program, Ending::stopped).exit_code = exit_code;
  return *this;
}

HistoryOf& HistoryOf::died(const std::string& program, int signal, Ending ending) {
  run(program, ending).signal = signal;
  return *this;
}

HistoryOf& HistoryOf::told(std::string key, std::string group) {
  history_.programs.back().key = std::move(key);
  history_.programs.back().group = std::move(group);
  return *this;
}

HistoryOf& HistoryOf::ended_at(Moment when) {
  history_.programs.back().ended = when;
  return *this;
}

HistoryOf& HistoryOf::committed(int partition, std::int64_t offset) {
  history_.committed.push_back(
      {.line = next_line(), .group = group_, .topic = topic_, .partition = partition, .offset = offset});
  return *this;
}

HistoryOf& HistoryOf::at(Moment moment) {
  now_ = moment;
  return *this;
}

HistoryOf& HistoryOf::sent(const std::string& program, int partition, const std::vector<std::size_t>& records,
                           int acks) {
  SentBatch batch{.line = next_line(),
                  .program = program,
                  .connection = connection_of(program),
                  .request = static_cast<int>(history_.sent.size()),
                  .at = now_,
                  .topic = topic_,
                  .partition = partition,
                  .acks = acks,
                  .codec = "none",
                  .messages = records.size()};
  for (const std::size_t record : records) batch.ids.push_back(sample_id(record));
  history_.sent.push_back(std::move(batch));
  return *this;
}

HistoryOf& HistoryOf::answered(std::int64_t base_offset, const std::string& error) {
  const SentBatch& sent = history_.sent.back();
  history_.answered.push_back({.line = next_line(),
                               .program = sent.program,
                               .connection = sent.connection,
                               .request = sent.request,
                               .at = now_,
                               .topic = sent.topic,
                               .partition = sent.partition,
                               .error = error,
                               .base_offset = base_offset});
  return *this;
}

HistoryOf& HistoryOf::delivered(const std::string& program, int partition,
                                std::vector<std::int64_t> offsets) {
  history_.delivered.push_back({.line = next_line(),
                                .program = program,
                                .connection = connection_of(program),
                                .at = now_,
                                .topic = topic_,
                                .partition = partition,
                                .offsets = std::move(offsets)});
  return *this;
}

HistoryOf& HistoryOf::asked(Moment when) {
  history_.delivered.back().asked = when;
  return *this;
}

HistoryOf& HistoryOf::delivered_all(const std::string& program) {
  for (const LoggedRecord& record : history_.logged)
    if (record.topic == topic_) delivered(program, record.partition, {record.offset});
  return *this;
}

HistoryOf& HistoryOf::acknowledgements_held(const std::string& program, Moment until) {
  history_.acknowledgements_held.push_back(
      {.line = next_line(), .program = program, .from = now_, .until = until});
  return *this;
}

HistoryOf& HistoryOf::disconnected(const std::string& program) {
  history_.disconnected.push_back(
      {.line = next_line(), .program = program, .connection = connection_of(program), .at = now_});
  return *this;
}

HistoryOf& HistoryOf::overheard(const std::string& program, std::size_t opaque) {
  history_.overheard.push_back({.line = next_line(),
                                .program = program,
                                .connections = 1,
                                .requests = 9,
                                .responses = 9,
                                .opaque = opaque});
  return *this;
}

HistoryOf& HistoryOf::group(std::string name) {
  group_ = std::move(name);
  return *this;
}

HistoryOf& HistoryOf::joined(const std::string& program, int generation, const std::string& protocol) {
  history_.joined.push_back({.line = next_line(),
                             .program = program,
                             .at = now_,
                             .group = group_,
                             .member = program,
                             .protocol = protocol,
                             .generation = generation,
                             .topics = {topic_}});
  return *this;
}

HistoryOf& HistoryOf::assigned(const std::string& program, int generation,
                               const std::vector<int>& partitions) {
  history_.assigned.push_back({.line = next_line(),
                               .program = program,
                               .at = now_,
                               .group = group_,
                               .member = program,
                               .generation = generation,
                               .partitions = named(partitions)});
  return *this;
}

HistoryOf& HistoryOf::revoked(const std::string& program, const std::vector<int>& partitions) {
  history_.revoked.push_back({.line = next_line(),
                              .program = program,
                              .at = now_,
                              .group = group_,
                              .member = program,
                              .partitions = named(partitions)});
  return *this;
}

HistoryOf& HistoryOf::left(const std::string& program) {
  history_.left.push_back(
      {.line = next_line(), .program = program, .at = now_, .group = group_, .member = program});
  return *this;
}

std::vector<PartitionName> HistoryOf::named(const std::vector<int>& partitions) const {
  std::vector<PartitionName> names;
  for (const int partition : partitions) names.push_back({topic_, partition});
  return names;
}

HistoryOf& HistoryOf::commits(const std::string& program, int partition, std::int64_t offset,
                              const std::string& error) {
  history_.commits.push_back({.line = next_line(),
                              .program = program,
                              .asked = now_,
                              .at = now_,
                              .group = group_,
                              .member = program,
                              .topic = topic_,
                              .partition = partition,
                              .offset = offset,
                              .error = error});
  return *this;
}

HistoryOf& HistoryOf::not_answered() {
  history_.commits.back().at = now_;
  history_.commits.back().outcome = CallOutcome::unknown;
  return *this;
}

HistoryOf& HistoryOf::resumed(const std::string& program, int partition, std::int64_t offset) {
  history_.resumed.push_back({.line = next_line(),
                              .program = program,
                              .at = now_,
                              .group = group_,
                              .topic = topic_,
                              .partition = partition,
                              .offset = offset});
  return *this;
}

HistoryOf& HistoryOf::looked(const std::string& topic_id, std::vector<LogBounds> partitions,
                             std::size_t bytes) {
  history_.topic_looks.push_back({.line = next_line(),
                                  .at = now_,
                                  .topic = topic_,
                                  .id = topic_id,
                                  .bytes = bytes,
                                  .partitions = std::move(partitions)});
  return *this;
}

HistoryOf& HistoryOf::answer(const std::string& name, const std::string& text) {
  history_.answers.push_back({.line = next_line(), .name = name, .text = text});
  return *this;
}

HistoryOf& HistoryOf::begun(const std::string& program) { return stepped(program, TransactionStep::begun); }

HistoryOf& HistoryOf::sent_in_transaction(const std::string& program, int partition,
                                          const std::vector<std::size_t>& records) {
  const auto sequence = static_cast<int>(history_.sent.size());
  sent(program, partition, records);
  history_.sent.back().transactional_id = "tx-" + program;
  history_.sent.back().producer_id = 1;
  history_.sent.back().base_sequence = sequence;
  return *this;
}

HistoryOf& HistoryOf::sent_again() {
  SentBatch batch = history_.sent.back();
  batch.line = next_line();
  batch.request = static_cast<int>(history_.sent.size());
  batch.at = now_;
  history_.sent.push_back(std::move(batch));
  return *this;
}

HistoryOf& HistoryOf::ended(const std::string& program, TransactionStep step, const std::string& error) {
  return stepped(program, step, error);
}

HistoryOf& HistoryOf::stepped(const std::string& program, TransactionStep step, const std::string& error) {
  history_.transactions.push_back({.line = next_line(),
                                   .program = program,
                                   .asked = now_,
                                   .at = now_,
                                   .transactional_id = "tx-" + program,
                                   .producer_id = 1,
                                   .step = step,
                                   .error = error});
  return *this;
}

HistoryOf& HistoryOf::in_state(RecordState state) {
  history_.logged.back().state = state;
  return *this;
}

HistoryOf& HistoryOf::fetched(const std::string& program, int partition, std::int64_t offset,
                              bool is_read_committed) {
  history_.fetch_started.push_back({.line = next_line(),
                                    .program = program,
                                    .connection = connection_of(program),
                                    .at = now_,
                                    .topic = topic_,
                                    .partition = partition,
                                    .offset = offset,
                                    .is_read_committed = is_read_committed});
  return *this;
}

int HistoryOf::connection_of(const std::string& program) {
  const auto found = std::ranges::find(connected_, program);
  if (found != connected_.end()) return static_cast<int>(found - connected_.begin()) + 1;
  connected_.push_back(program);
  return static_cast<int>(connected_.size());
}

HistoryOf::operator History() const {
  History history = history_;
  for (ProgramRun& run : history.programs)
    run.lines_printed =
        static_cast<std::size_t>(std::ranges::count(history.printed, run.program, &PrintedLine::program));
  return history;
}

PrintedLine& HistoryOf::print(const std::string& program, std::string value, Stream stream) {
  const bool on_stderr = stream == Stream::err;
  const auto earlier = std::ranges::count_if(history_.printed, [&](const PrintedLine& line) {
    return line.program == program && line.on_stderr == on_stderr;
  });
  return history_.printed.emplace_back(PrintedLine{.line = next_line(),
                                                   .program = program,
                                                   .on_stderr = on_stderr,
                                                   .number = static_cast<std::size_t>(earlier) + 1,
                                                   .at = now_,
                                                   .value = std::move(value)});
}

ProgramRun& HistoryOf::run(const std::string& program, Ending ending) {
  return history_.programs.emplace_back(ProgramRun{.line = next_line(),
                                                   .program = program,
                                                   .role = program.substr(0, program.find('-')),
                                                   .started = 100ms,
                                                   .ended = std::max<Moment>(1600ms, now_),
                                                   .ending = ending});
}

History all_given(History history) {
  for (const ProgramRun& run : history.programs) {
    history.overheard.push_back({.program = run.program});
    for (const LoggedRecord& record : history.logged)
      history.delivered.push_back({.program = run.program,
                                   .topic = record.topic,
                                   .partition = record.partition,
                                   .offsets = {record.offset}});
  }
  return history;
}

}  // namespace klab
