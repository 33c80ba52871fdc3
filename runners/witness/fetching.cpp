#include "runners/witness/fetching.hpp"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "runners/wire/message_spec.hpp"
#include "runners/wire/records/record.hpp"

namespace klab {
namespace {

/// Which batches a reader of committed messages leaves out (kafka CompletedFetch.java): those of a producer
/// from where an aborted transaction of its begins to the marker that ends it.
class AbortedTransactions {
 public:
  AbortedTransactions(const std::vector<FetchResponse::AbortedTransaction>& aborted, bool is_read_committed) {
    if (!is_read_committed) return;
    for (const auto& transaction : aborted)
      begins_.insert({transaction.first_offset, transaction.producer_id});
  }

  bool contain(const RecordBatch& batch, std::int64_t last_offset) {
    while (!begins_.empty() && begins_.begin()->first <= last_offset) {
      open_.insert(begins_.begin()->second);
      begins_.erase(begins_.begin());
    }
    if (batch.is_control()) {
      open_.erase(batch.producer_id);  // a commit marker ends a transaction too, but then none was aborted
      return true;
    }
    return batch.is_transactional() && open_.contains(batch.producer_id);
  }

 private:
  std::multimap<std::int64_t, std::int64_t> begins_ = {};  // producer ids by first offset
  std::set<std::int64_t> open_ = {};
};

/// More than a lab has; of what a program asks for beyond them nothing is kept.
constexpr std::size_t kMostPartitions = 10'000;

/// Of a batch whose offsets are numbers that a log can have; nothing of another.
std::optional<std::int64_t> last_offset_of(const RecordBatch& batch) {
  constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max() - 1;
  if (batch.base_offset < 0 || batch.last_offset_delta < 0) return std::nullopt;
  if (batch.base_offset > kHighest - batch.last_offset_delta) return std::nullopt;
  return batch.base_offset + batch.last_offset_delta;
}

/// The offsets of a batch's messages, as far as they can be told.
std::optional<std::vector<std::int64_t>> offsets_in(const RecordBatch& batch, std::int64_t last,
                                                    std::size_t& left) {
  std::vector<std::int64_t> offsets;
  const bool is_whole =
      std::int64_t{batch.record_count} - 1 == batch.last_offset_delta;  // nothing was compacted away
  if (is_whole && static_cast<std::size_t>(batch.record_count) <= kMaxRecords) {
    for (std::int64_t offset = batch.base_offset; offset <= last; ++offset) offsets.push_back(offset);
    return offsets;
  }
  bool is_sound = true;
  const auto error = for_each_record_within(left, batch, [&](const RecordView& record) {
    is_sound &= record.offset >= batch.base_offset && record.offset <= last;
    offsets.push_back(record.offset);
  });
  if (error || !is_sound) return std::nullopt;
  return offsets;
}

}  // namespace

void Fetching::hear(const Heard& heard) {
  // Members of a share group (KIP-932) and of a group of Kafka Streams (KIP-1071) are given records, or
  // partitions, in another way, which is not followed.
  const bool is_not_followed =
      heard.spoken.api_key == kShareFetchKey || heard.spoken.api_key == kStreamsGroupHeartbeatKey;
  if (is_not_followed && heard.is_request())
    notebook_.not_understood(heard.program,
                             fmt::format("{} is not followed", name_of_api(heard.spoken.api_key)));
  if (heard.spoken.api_key != kFetchKey) return;
  heard.is_request() ? hear_request(heard) : hear_response(heard);
}

void Fetching::close(int connection) {
  unanswered_.close(connection);
  by_connection_.erase(connection);
}

void Fetching::forget(const std::string& program) {
  std::erase_if(by_session_, [&](const auto& session) { return session.first.first == program; });
}

PartitionName Fetching::name_of(const TopicPartition& partition) const {
  return {notebook_.topics.name_of(partition.topic), partition.partition};
}

std::shared_ptr<Fetching::Reading> Fetching::reading_of(const Heard& heard, const FetchRequest& request) {
  const bool is_incremental = request.session_epoch > 0;
  auto& current = by_connection_[heard.connection];
  if (is_incremental) {
    const auto session = by_session_.find({heard.program, request.session_id});
    if (session != by_session_.end()) current = session->second;
  }
  if (!current) current = std::make_shared<Reading>();
  if (!is_incremental) {
    for (const auto& [partition, position] : current->positions) current->former[partition] = position;
    current->positions.clear();
  }
  return current;
}

void Fetching::hear_request(const Heard& heard) {
  const FetchRequest request = read_fetch_request(heard.body());
  const auto reading = reading_of(heard, request);
  for (const TopicPartition& partition : request.forgotten)
    if (auto forgotten = reading->positions.extract(name_of(partition)))
      reading->former[forgotten.key()] = forgotten.mapped();
  ask_for(heard, *reading, request);
  unanswered_.ask(heard, {reading, request.isolation == IsolationLevel::read_committed, heard.at});
}

void Fetching::ask_for(const Heard& heard, Reading& reading, const FetchRequest& request) {
  for (const auto& partition : request.partitions) {
    const PartitionName name = name_of(partition.from);
    if (reading.positions.size() + reading.former.size() >= kMostPartitions && !reading.knows(name))
      return notebook_.not_understood(heard.program, "more partitions than any lab needs");
    auto [place, is_new] = reading.positions.try_emplace(name);
    Position& position = place->second;
    if (const auto former = reading.former.find(name); is_new && former != reading.former.end())
      position = former->second;
    const bool goes_on = (!is_new || reading.former.contains(name)) && position.goes_on_at(partition.offset);
    reading.former.erase(name);
    position.asked = partition.offset;
    if (goes_on) continue;
    position.shown = position.next = -1;
    notebook_.record(FetchStarted{.program = heard.program,
                                  .connection = heard.connection,
                                  .at = heard.at,
                                  .topic = name.topic,
                                  .partition = name.partition,
                                  .offset = partition.offset,
                                  .is_read_committed = request.isolation == IsolationLevel::read_committed});
  }
}

void Fetching::hear_response(const Heard& heard) {
  const FetchResponse response = read_fetch_response(heard.body());
  const auto asked = unanswered_.answer(heard);
  if (!asked) return;
  if (response.session_id != 0) begin_session({heard.program, response.session_id}, asked->reading);
  std::size_t left = kMaxDecompressedOfFrame;
  for (const auto& partition : response.partitions) {
    const auto found = asked->reading->positions.find(name_of(partition.from));
    if (partition.error == 0 && found != asked->reading->positions.end())
      deliver(heard, *asked, found->second, partition, left);
  }
}

// A client that begins another session has given up the one before.
void Fetching::begin_session(const std::pair<std::string, std::int32_t>& session,
                             const std::shared_ptr<Reading>& reading) {
  const auto known = by_session_.find(session);
  if (known != by_session_.end() && known->second == reading) return;
  std::erase_if(by_session_, [&](const auto& former) { return former.second == reading; });
  by_session_[session] = reading;
}

void Fetching::deliver(const Heard& heard, const Asked& asked, Position& position,
                       const FetchResponse::Partition& partition, std::size_t& left) {
  const RecordSet set = read_record_set(partition.records);
  AbortedTransactions aborted(partition.aborted, asked.is_read_committed);
  const PartitionName name = name_of(partition.from);
  Delivered delivered{.program = heard.program,
                      .connection = heard.connection,
                      .asked = asked.at,
                      .at = heard.begun,
                      .topic = name.topic,
                      .partition = name.partition};
  bool understood = !set.error;
  for (const RecordBatch& batch : set.batches) {
    const auto last = last_offset_of(batch);
    understood &= last.has_value();
    if (!last) continue;
    position.next = std::max(position.next, *last + 1);
    if (aborted.contain(batch, *last)) continue;
    const auto offsets = offsets_in(batch, *last, left);
    understood &= offsets.has_value();
    for (const std::int64_t offset : offsets.value_or(std::vector<std::int64_t>{}))
      if (offset >= position.asked) delivered.offsets.push_back(offset);
  }
  if (!delivered.offsets.empty()) position.shown = delivered.offsets.back() + 1;
  if (!understood) notebook_.not_understood(heard.program, "a batch of records that it was given");
  if (!delivered.offsets.empty()) notebook_.record(std::move(delivered));
}

}  // namespace klab
