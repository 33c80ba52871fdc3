#include "checks/history/clients_told.hpp"

#include <utility>

namespace klab {
namespace {

constexpr const char* kGroup = "g";
constexpr std::int64_t kStep = 2;

}  // namespace

ClientsTold::ClientsTold(std::string topic, int partitions) : topic_(std::move(topic)) {
  history_.topics.push_back({.line = next_line(), .name = topic_, .partitions = partitions});
}

ClientsTold& ClientsTold::at(std::int64_t microseconds) {
  now_ = microseconds - kStep;
  return *this;
}

ClientsTold& ClientsTold::topic(std::string name) {
  topic_ = std::move(name);
  return *this;
}

Moment ClientsTold::tick() { return Moment(now_ += kStep); }

Send& ClientsTold::add_send(const std::string& producer, const std::string& id, int partition) {
  latest_ = Latest::send;
  return history_.sends.emplace_back(Send{.line = next_line(),
                                          .producer = producer,
                                          .id = id,
                                          .topic = topic_,
                                          .partition = partition,
                                          .begin = tick()});
}

ClientsTold& ClientsTold::send(const std::string& producer, const std::string& id, int partition,
                               std::int64_t offset) {
  Send& send = add_send(producer, id, partition);
  send.end = Moment(now_ + 1);
  send.offset = offset;
  send.outcome = SendOutcome::acked;
  return *this;
}

ClientsTold& ClientsTold::unknown(const std::string& producer, const std::string& id, int partition) {
  add_send(producer, id, partition);
  return *this;
}

ClientsTold& ClientsTold::failed(const std::string& producer, const std::string& id, int partition) {
  Send& send = add_send(producer, id, partition);
  send.end = Moment(now_ + 1);
  send.outcome = SendOutcome::failed;
  return *this;
}

ClientsTold& ClientsTold::key(const std::string& key) {
  history_.sends.back().key = key;
  return *this;
}

ClientsTold& ClientsTold::in(const std::string& transaction) {
  if (latest_ == Latest::send) history_.sends.back().transaction = transaction;
  if (latest_ == Latest::poll) history_.polls.back().transaction = transaction;
  if (latest_ == Latest::commit) history_.commits.back().transaction = transaction;
  return *this;
}

ClientsTold& ClientsTold::n(std::int64_t number) {
  history_.sends.back().n = number;
  return *this;
}

ClientsTold& ClientsTold::times(std::int64_t begin, std::optional<std::int64_t> end) {
  if (latest_ == Latest::flush) {
    history_.flushes.back().begin = Moment(begin);
    history_.flushes.back().end = Moment(*end);
    return *this;
  }
  Send& send = history_.sends.back();
  send.begin = Moment(begin);
  send.end.reset();
  if (end) send.end = Moment(*end);
  return *this;
}

ClientsTold& ClientsTold::without_times() {
  if (latest_ == Latest::commit) {
    history_.commits.back().asked.reset();
    return *this;
  }
  if (latest_ == Latest::step) {
    history_.transactions.back().asked.reset();
    return *this;
  }
  history_.sends.back().begin.reset();
  history_.sends.back().end.reset();
  return *this;
}

ClientsTold& ClientsTold::step(const std::string& transaction, TransactionStep step) {
  latest_ = Latest::step;
  const Moment now = tick();
  history_.transactions.push_back(
      {.line = next_line(), .asked = now, .at = now + Moment(1), .step = step, .transaction = transaction});
  return *this;
}

ClientsTold& ClientsTold::begun(const std::string& transaction) {
  return step(transaction, TransactionStep::begun);
}

ClientsTold& ClientsTold::committed(const std::string& transaction) {
  return step(transaction, TransactionStep::committed);
}

ClientsTold& ClientsTold::aborted(const std::string& transaction) {
  return step(transaction, TransactionStep::aborted);
}

ClientsTold& ClientsTold::unknown_end(const std::string& transaction) {
  return step(transaction, TransactionStep::unknown);
}

ClientsTold& ClientsTold::flush(const std::string& producer) {
  latest_ = Latest::flush;
  const Moment now = tick();
  history_.flushes.push_back(
      {.line = next_line(), .producer = producer, .begin = now, .end = now + Moment(1)});
  return *this;
}

ClientsTold& ClientsTold::joined(const std::string& member) {
  history_.joined.push_back(
      {.line = next_line(), .at = tick(), .group = kGroup, .member = member, .topics = {topic_}});
  return *this;
}

std::vector<PartitionName> ClientsTold::names(const std::vector<int>& partitions) const {
  std::vector<PartitionName> names;
  for (const int partition : partitions) names.push_back({topic_, partition});
  return names;
}

ClientsTold& ClientsTold::assigned(const std::string& member, const std::vector<int>& partitions) {
  history_.assigned.push_back({.line = next_line(),
                               .at = tick(),
                               .group = kGroup,
                               .member = member,
                               .partitions = names(partitions)});
  return *this;
}

ClientsTold& ClientsTold::manual(const std::string& member, const std::vector<int>& partitions) {
  assigned(member, partitions);
  history_.assigned.back().group = "";
  return *this;
}

ClientsTold& ClientsTold::revoked(const std::string& member, const std::vector<int>& partitions,
                                  OwnershipEnd end) {
  history_.revoked.push_back({.line = next_line(),
                              .at = tick(),
                              .group = kGroup,
                              .member = member,
                              .partitions = names(partitions),
                              .end = end});
  return *this;
}

ClientsTold& ClientsTold::left(const std::string& member, OwnershipEnd end) {
  history_.left.push_back({.line = next_line(), .at = tick(), .group = kGroup, .member = member, .end = end});
  return *this;
}

ClientsTold& ClientsTold::poll(const std::string& member, const std::vector<Record>& records,
                               CallOutcome outcome) {
  latest_ = Latest::poll;
  const Moment now = tick();
  Poll& poll = history_.polls.emplace_back(
      Poll{.line = next_line(), .member = member, .begin = now, .at = now + Moment(1), .outcome = outcome});
  for (const Record& record : records) {
    PolledRecord& polled = poll.records.emplace_back(PolledRecord{
        .topic = topic_, .partition = record.partition, .offset = record.offset, .id = record.id});
    polled.is_unparseable = record.id.empty();
    if (!record.key.empty()) polled.key = record.key;
  }
  return *this;
}

ClientsTold& ClientsTold::poll_committed(const std::string& member, const std::vector<Record>& records) {
  poll(member, records);
  history_.polls.back().isolation = Isolation::read_committed;
  return *this;
}

ClientsTold& ClientsTold::seek(const std::string& member, int partition, std::optional<std::int64_t> offset) {
  history_.seeks.push_back({.line = next_line(),
                            .member = member,
                            .at = tick(),
                            .topic = topic_,
                            .partition = partition,
                            .offset = offset});
  return *this;
}

ClientsTold& ClientsTold::commit(const std::string& member, int partition, std::int64_t next,
                                 CallOutcome outcome) {
  latest_ = Latest::commit;
  const Moment now = tick();
  history_.commits.push_back({.line = next_line(),
                              .asked = now,
                              .at = now + Moment(1),
                              .group = kGroup,
                              .member = member,
                              .topic = topic_,
                              .partition = partition,
                              .offset = next,
                              .outcome = outcome});
  return *this;
}

ClientsTold& ClientsTold::drained(int partition, std::int64_t first, std::int64_t end) {
  history_.drained.push_back(
      {.line = next_line(), .topic = topic_, .partition = partition, .first = first, .end = end});
  return *this;
}

}  // namespace klab
