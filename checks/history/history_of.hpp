#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// The identity and the text of the builder's sample records, by position from 0 as in `HistoryOf`.
std::string sample_id(std::size_t position);
std::string sample_text(std::size_t position);

/// The lines of some events, in the order given: what a piece of evidence about them points at.
template <typename... Events>
std::vector<Line> lines_of(const Events&... events) {
  return {events.line...};
}

enum class Stream { out, err };

/// Writes a history by hand, for tests:
///
///     const History history = HistoryOf("t").sample(3).stored(0, 0, 0).stored(1, 0, 2).drained();
///
/// Each call appends events on consecutive lines, from line 2 as after a header. Records are given by their
/// position in the sample, counted from 0 like `history.sample`. A program's role is its name up to the dash:
/// "consumer-1".
class HistoryOf {
 public:
  explicit HistoryOf(std::string topic, int partitions = 2);

  HistoryOf& sample(std::size_t records);
  HistoryOf& pattern(std::string output_pattern);
  HistoryOf& submitted(SubmittedFile file);
  HistoryOf& topic(std::string name,
                   int partitions);  ///< a further topic, which the calls after this one are about

  HistoryOf& stored(int partition, std::int64_t offset, std::size_t record);
  HistoryOf& stored_text(int partition, std::int64_t offset, std::string value);
  HistoryOf& stored_null(int partition, std::int64_t offset);
  HistoryOf& with_key(std::optional<std::string> key);  ///< of the record stored last
  HistoryOf& drained();                                 ///< every partition, to behind its last record
  HistoryOf& created(Moment when);  ///< what the latest stored message's own timestamp says
  HistoryOf& drained(int partition, std::int64_t first, std::int64_t end);

  HistoryOf& printed(const std::string& program, std::size_t record, Stream stream = Stream::out);
  HistoryOf& printed_text(const std::string& program, std::string value, Stream stream = Stream::out);
  HistoryOf& unmatched(const std::string& program, std::string value, Stream stream = Stream::out);

  HistoryOf& exited(const std::string& program, int exit_code = 0);
  HistoryOf& stopped(const std::string& program, int exit_code = 0);
  HistoryOf& died(const std::string& program, int signal, Ending ending = Ending::exited);
  HistoryOf& told(std::string key, std::string group = "group");  ///< the program that ended last
  HistoryOf& ended_at(Moment when);                               ///< the latest run
  HistoryOf& committed(int partition, std::int64_t offset);

  /// From here on things happen at this time; before the first call, at 0.
  HistoryOf& at(Moment moment);

  // The wire. A program has one connection.
  HistoryOf& sent(const std::string& program, int partition, const std::vector<std::size_t>& records,
                  int acks = -1);
  HistoryOf& answered(std::int64_t base_offset, const std::string& error = "");  ///< of the latest batch
  HistoryOf& delivered(const std::string& program, int partition, std::vector<std::int64_t> offsets);
  HistoryOf& asked(Moment when);                         ///< for what was delivered last
  HistoryOf& delivered_all(const std::string& program);  ///< that is stored in the topic so far
  HistoryOf& fetched(const std::string& program, int partition, std::int64_t offset,
                     bool is_read_committed = true);  ///< from this offset on, for the first time
  HistoryOf& acknowledgements_held(const std::string& program, Moment until);  ///< from now
  HistoryOf& disconnected(const std::string& program);
  HistoryOf& overheard(const std::string& program, std::size_t opaque = 0);

  // Groups. A program is one member, which has the program's name.
  HistoryOf& group(std::string name);  ///< which the calls after this one are about; before, "group"
  HistoryOf& joined(const std::string& program, int generation, const std::string& protocol = "classic");
  HistoryOf& assigned(const std::string& program, int generation, const std::vector<int>& partitions);
  HistoryOf& revoked(const std::string& program, const std::vector<int>& partitions);
  HistoryOf& left(const std::string& program);

  // What groups had committed, as programs commit it and are told of it.
  HistoryOf& commits(const std::string& program, int partition, std::int64_t offset,
                     const std::string& error = "");
  HistoryOf& not_answered();  ///< the latest of them, whose connection ended now
  HistoryOf& resumed(const std::string& program, int partition, std::int64_t offset);

  HistoryOf& looked(const std::string& topic_id, std::vector<LogBounds> partitions, std::size_t bytes = 0);
  HistoryOf& answer(const std::string& name, const std::string& text);

  // Transactions. A program has one transactional id, "tx-" and its name.
  HistoryOf& begun(const std::string& program);
  HistoryOf& sent_in_transaction(const std::string& program, int partition,
                                 const std::vector<std::size_t>& records);
  HistoryOf& sent_again();  ///< the latest batch, as a client does that got no answer
  HistoryOf& ended(const std::string& program, TransactionStep step, const std::string& error = "");
  HistoryOf& in_state(RecordState state);  ///< the record that was stored latest

  operator History() const;  // NOLINT(google-explicit-constructor): reads as the sentence above

 private:
  Line next_line() { return ++last_line_; }
  PrintedLine& print(const std::string& program, std::string value, Stream stream);
  ProgramRun& run(const std::string& program, Ending ending);
  int connection_of(const std::string& program);
  HistoryOf& stepped(const std::string& program, TransactionStep step, const std::string& error = "");
  std::vector<PartitionName> named(const std::vector<int>& partitions) const;

  History history_;
  std::string topic_;
  std::string group_ = "group";
  Line last_line_ = 1;
  Moment now_ = {};
  std::vector<std::string> connected_;
};

/// The same history, but that every program in it was heard, and given all that is stored before anything
/// else happened.
History all_given(History history);

}  // namespace klab
