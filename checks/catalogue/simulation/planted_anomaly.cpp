#include "checks/catalogue/simulation/planted_anomaly.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace klab {
namespace {

std::size_t below(std::size_t end, std::mt19937& random) { return end == 0 ? 0 : random() % end; }

/// The one that holds, of all, that chance picks; null where none does.
template <typename Event>
Event* any(std::vector<Event>& events, std::mt19937& random, auto holds) {
  std::vector<Event*> fitting;
  for (Event& event : events)
    if (holds(event)) fitting.push_back(&event);
  return fitting.empty() ? nullptr : fitting[below(fitting.size(), random)];
}

bool is_plain_and_acked(const Send& send) {
  return send.outcome == SendOutcome::acked && !send.transaction && send.partition && send.offset;
}

std::map<std::string, TransactionStep> ends(const History& history) {
  std::map<std::string, TransactionStep> ends;
  for (const TransactionStepped& event : history.transactions)
    if (event.step != TransactionStep::begun) ends[*event.transaction] = event.step;
  return ends;
}

bool is_drained(const History& history, const Send& send) {
  return std::ranges::any_of(history.drained, [&](const DrainedPartition& drained) {
    return drained.partition == send.partition && drained.first <= send.offset && send.offset < drained.end;
  });
}

void forget(History& history, const std::string& id) {
  for (Poll& poll : history.polls)
    std::erase_if(poll.records, [&](const PolledRecord& record) { return record.id == id; });
}

bool was_read(const History& history, const std::string& id, bool by_committed_reader) {
  return std::ranges::any_of(history.polls, [&](const Poll& poll) {
    return poll.outcome == CallOutcome::ok &&
           (!by_committed_reader || poll.isolation == Isolation::read_committed) &&
           std::ranges::any_of(poll.records, [&](const PolledRecord& record) { return record.id == id; });
  });
}

bool lose(LegalHistory& legal, std::mt19937& random) {
  const Send* send = any(legal.history.sends, random, [&](const Send& one) {
    return is_plain_and_acked(one) && is_drained(legal.history, one);
  });
  if (send == nullptr) return false;
  forget(legal.history, send->id);
  return true;
}

bool tear(LegalHistory& legal, std::mt19937& random) {
  const auto ended = ends(legal.history);
  std::map<std::string, int> read;
  for (const Send& send : legal.history.sends)
    if (send.transaction && was_read(legal.history, send.id, false)) ++read[*send.transaction];
  const Send* send = any(legal.history.sends, random, [&](const Send& one) {
    return one.transaction && ended.contains(*one.transaction) &&
           ended.at(*one.transaction) == TransactionStep::committed && one.offset &&
           read[*one.transaction] > 1 && is_drained(legal.history, one);
  });
  if (send == nullptr) return false;
  forget(legal.history, send->id);
  return true;
}

/// A reader of its own finds what is not there, at the end of the log.
void read_at_the_end(History& history, const Send& send, const std::string& id, std::int64_t beyond) {
  std::int64_t end = 0;
  Line line = 0;
  for (const Poll& poll : history.polls) {
    line = std::max(line, poll.line);
    for (const PolledRecord& record : poll.records)
      if (record.partition == send.partition) end = std::max(end, record.offset + 1);
  }
  for (const Send& other : history.sends)
    if (other.partition == send.partition && other.offset) end = std::max(end, *other.offset + 1);
  Poll poll{.line = line, .member = "finder", .at = Moment(1'000'000)};
  poll.records.push_back({.topic = "t", .partition = *send.partition, .offset = end + beyond, .id = id});
  history.polls.push_back(std::move(poll));
}

bool double_it(LegalHistory& legal, std::mt19937& random) {
  legal.policy.idempotent = true;
  const Send* send = any(legal.history.sends, random, is_plain_and_acked);
  if (send == nullptr) return false;
  read_at_the_end(legal.history, *send, send->id, 10);
  return true;
}

bool make_up(LegalHistory& legal, std::mt19937& random) {
  const Send* send = any(legal.history.sends, random, is_plain_and_acked);
  if (send == nullptr) return false;
  read_at_the_end(legal.history, *send, "never", 10);
  return true;
}

bool send_after_it_was_read(LegalHistory& legal, std::mt19937& random) {
  Send* send = any(legal.history.sends, random, [&](const Send& one) {
    return is_plain_and_acked(one) && was_read(legal.history, one.id, false);
  });
  if (send == nullptr) return false;
  send->begin = Moment(10'000'000);
  send->end = Moment(10'000'001);
  return true;
}

bool store_in_one_place(LegalHistory& legal, std::mt19937& random) {
  const Send* send = any(legal.history.sends, random, is_plain_and_acked);
  if (send == nullptr) return false;
  Send other = *send;
  other.id = "other";
  legal.history.sends.push_back(std::move(other));
  return true;
}

/// Of a transaction that a reader of committed records saw.
TransactionStepped* commit_that_was_read(History& history, std::mt19937& random) {
  std::set<std::string> read;
  for (const Send& send : history.sends)
    if (send.transaction && was_read(history, send.id, true)) read.insert(*send.transaction);
  return any(history.transactions, random, [&](const TransactionStepped& one) {
    return one.step == TransactionStep::committed && read.contains(*one.transaction);
  });
}

bool abort_what_was_read(LegalHistory& legal, std::mt19937& random) {
  TransactionStepped* commit = commit_that_was_read(legal.history, random);
  if (commit == nullptr) return false;
  commit->step = TransactionStep::aborted;
  return true;
}

bool commit_after_it_was_read(LegalHistory& legal, std::mt19937& random) {
  TransactionStepped* commit = commit_that_was_read(legal.history, random);
  if (commit == nullptr) return false;
  commit->asked = commit->at = Moment(10'000'000);
  return true;
}

bool rename_a_key(LegalHistory& legal, std::mt19937& random) {
  std::set<std::string> keyed;
  for (const Send& send : legal.history.sends)
    if (send.key) keyed.insert(send.id);
  Poll* poll = any(legal.history.polls, random, [&](const Poll& one) {
    return std::ranges::any_of(one.records,
                               [&](const PolledRecord& record) { return keyed.contains(record.id); });
  });
  if (poll == nullptr) return false;
  for (PolledRecord& record : poll->records) record.key = "another";
  return true;
}

/// Takes the middle one of three records that one poll returned of a partition, and that others read or know.
bool skip_one(LegalHistory& legal, std::mt19937& random) {
  // A copy of what was acknowledged at another offset nobody else may know.
  std::set<std::tuple<std::string, int, std::int64_t>> known;
  for (const Send& send : legal.history.sends)
    if (is_plain_and_acked(send)) known.emplace(send.id, *send.partition, *send.offset);
  const auto is_known = [&](const PolledRecord& record) {
    return known.contains({record.id, record.partition, record.offset});
  };
  const auto middle = [&](Poll& poll) {
    for (std::size_t i = 1; i + 1 < poll.records.size(); ++i)
      if (poll.records[i - 1].partition == poll.records[i + 1].partition && is_known(poll.records[i]))
        return i;
    return std::size_t{0};
  };
  Poll* poll = any(legal.history.polls, random,
                   [&](Poll& one) { return one.outcome == CallOutcome::ok && middle(one) > 0; });
  if (poll == nullptr) return false;
  poll->records.erase(poll->records.begin() + static_cast<std::ptrdiff_t>(middle(*poll)));
  return true;
}

bool read_again(LegalHistory& legal, std::mt19937& random) {
  Poll* poll = any(legal.history.polls, random,
                   [](const Poll& one) { return !one.records.empty() && one.outcome == CallOutcome::ok; });
  if (poll == nullptr) return false;
  const PolledRecord last = poll->records.back();
  poll->records.push_back(last);
  return true;
}

/// A group of its own commits a known record's offset, and then begins far behind it.
bool resume_elsewhere(LegalHistory& legal, std::mt19937& random) {
  if (legal.history.commits.empty()) return false;
  History& history = legal.history;
  const Send* send = any(history.sends, random, is_plain_and_acked);
  if (send == nullptr) return false;
  const Line line = 1'000'000;
  const PartitionName partition{"t", *send->partition};
  Send next = *send;
  next.id = "behind";
  next.offset = 5'000'000'000;
  next.begin = next.end = Moment(2'000'000);
  next.line = line;
  const std::int64_t offset = *send->offset;
  history.sends.push_back(std::move(next));
  history.commits.push_back({.line = line,
                             .asked = Moment(2'000'001),
                             .at = Moment(2'000'002),
                             .group = "own",
                             .topic = "t",
                             .partition = partition.partition,
                             .offset = offset});
  history.assigned.push_back({.line = line + 1,
                              .at = Moment(2'000'003),
                              .group = "own",
                              .member = "late",
                              .partitions = {partition}});
  Poll poll{.line = line + 2, .member = "late", .at = Moment(2'000'004)};
  poll.records.push_back(
      {.topic = "t", .partition = partition.partition, .offset = 5'000'000'000, .id = "behind"});
  history.polls.push_back(std::move(poll));
  return true;
}

bool read_what_was_revoked(LegalHistory& legal, std::mt19937& random) {
  const Revoked* revoked = any(legal.history.revoked, random, [](const Revoked&) { return true; });
  const Send* send = any(legal.history.sends, random, is_plain_and_acked);
  if (revoked == nullptr || send == nullptr) return false;
  const int partition = revoked->partitions.front().partition;
  if (send->partition != partition) return false;
  // The line of the revocation itself: what comes of it comes behind.
  Poll poll{.line = revoked->line, .member = revoked->member, .group = revoked->group, .at = revoked->at};
  poll.records.push_back({.topic = "t", .partition = partition, .offset = *send->offset, .id = send->id});
  const auto behind = std::ranges::upper_bound(legal.history.polls, revoked->line, {}, &Poll::line);
  ++poll.line;
  for (Revoked& event : legal.history.revoked)
    if (event.line >= poll.line) ++event.line;
  for (Assigned& event : legal.history.assigned)
    if (event.line >= poll.line) ++event.line;
  for (Poll& event : legal.history.polls)
    if (event.line >= poll.line) ++event.line;
  legal.history.polls.insert(behind, std::move(poll));
  return true;
}

bool give_to_two(LegalHistory& legal, std::mt19937& random) {
  const Assigned* assigned = any(legal.history.assigned, random, [](const Assigned& one) {
    return !one.group.empty() && !one.partitions.empty();
  });
  if (assigned == nullptr) return false;
  const Line line = 1'000'000;
  const Assigned given = *assigned;
  for (const char* member : {"first", "second"}) {
    Assigned event{.line = line,
                   .at = Moment(3'000'000),
                   .group = given.group,
                   .member = member,
                   .partitions = given.partitions};
    legal.history.assigned.push_back(event);
    legal.history.revoked.push_back({.line = line + 1,
                                     .at = Moment(3'000'010),
                                     .group = event.group,
                                     .member = member,
                                     .partitions = event.partitions});
  }
  return true;
}

bool commit_too_much(LegalHistory& legal, std::mt19937& random) {
  const Send* send = any(legal.history.sends, random, is_plain_and_acked);
  if (send == nullptr) return false;
  History& history = legal.history;
  const Line line = 1'000'000;
  history.assigned.push_back({.line = line,
                              .at = Moment(4'000'000),
                              .group = "own",
                              .member = "hasty",
                              .partitions = {{"t", *send->partition}}});
  Poll poll{.line = line + 1, .member = "hasty", .at = Moment(4'000'001)};
  Send next = *send;
  poll.records.push_back(
      {.topic = "t", .partition = *send->partition, .offset = *send->offset, .id = send->id});
  history.polls.push_back(std::move(poll));
  next.id = "next";
  next.offset = 6'000'000'000;
  next.line = line;
  next.begin = next.end = Moment(3'999'999);
  history.commits.push_back({.line = line + 2,
                             .asked = Moment(4'000'002),
                             .at = Moment(4'000'003),
                             .group = "own",
                             .member = "hasty",
                             .topic = "t",
                             .partition = *next.partition,
                             .offset = 6'000'000'001});
  history.sends.push_back(std::move(next));
  return true;
}

bool commit_what_is_anothers(LegalHistory& legal, std::mt19937& random) {
  const Assigned* assigned =
      any(legal.history.assigned, random, [](const Assigned& one) { return !one.group.empty(); });
  if (assigned == nullptr) return false;
  legal.history.commits.push_back({.line = 1'000'000,
                                   .asked = Moment(5'000'000),
                                   .at = Moment(5'000'001),
                                   .group = assigned->group,
                                   .member = assigned->member,
                                   .topic = "t",
                                   .partition = 99,
                                   .offset = 1});
  return true;
}

/// Two acknowledged sends of a producer in one partition, the earlier first.
bool with_two_in_order(LegalHistory& legal, auto spoil) {
  std::map<std::pair<std::string, int>, Send*> last;
  for (Send& send : legal.history.sends) {
    if (!is_plain_and_acked(send)) continue;
    Send*& before = last[{send.producer, *send.partition}];
    if (before != nullptr && before->offset < send.offset && before->begin < send.begin) {
      spoil(*before, send);
      return true;
    }
    before = &send;
  }
  return false;
}

bool has_duplicates(const History& history) {
  std::map<std::string, std::set<std::int64_t>> places;
  for (const Poll& poll : history.polls)
    for (const PolledRecord& record : poll.records) places[record.id].insert(record.offset);
  return std::ranges::any_of(places, [](const auto& place) { return place.second.size() > 1; });
}

bool reorder_sends(LegalHistory& legal, std::mt19937&) {
  if (has_duplicates(legal.history)) return false;
  legal.policy.idempotent = true;
  return with_two_in_order(legal, [](Send& earlier, Send& later) {
    std::swap(earlier.begin, later.begin);
    std::swap(earlier.end, later.end);
    std::swap(earlier.n, later.n);
  });
}

bool reorder_keys(LegalHistory& legal, std::mt19937& random) {
  if (!reorder_sends(legal, random)) return false;
  for (Send& send : legal.history.sends) send.key = "one";
  return true;
}

bool send_after_the_acknowledgement(LegalHistory& legal, std::mt19937&) {
  if (has_duplicates(legal.history)) return false;
  return with_two_in_order(legal, [](Send& earlier, Send& later) {
    earlier.begin = *later.end + Moment(1);
    earlier.end = *later.end + Moment(2);
  });
}

bool split_a_key(LegalHistory& legal, std::mt19937&) {
  legal.policy.fixed_partitioning = true;
  Send* first = nullptr;
  for (Send& send : legal.history.sends) {
    if (!is_plain_and_acked(send)) continue;
    if (first == nullptr) first = &send;
    if (first->partition == send.partition) continue;
    first->key = send.key = "split";
    return true;
  }
  return false;
}

bool return_from_a_flush_too_soon(LegalHistory& legal, std::mt19937& random) {
  const Send* send = any(legal.history.sends, random, is_plain_and_acked);
  if (send == nullptr) return false;
  legal.history.flushes.push_back({.line = 1'000'000,
                                   .producer = send->producer,
                                   .begin = *send->begin + Moment(1),
                                   .end = *send->begin + Moment(1)});
  return *send->end > *send->begin + Moment(1);
}

bool read_each_other(LegalHistory& legal, std::mt19937&) {
  std::vector<const Send*> sends;
  const auto ended = ends(legal.history);
  for (const Send& send : legal.history.sends)
    if (send.transaction && ended.contains(*send.transaction) &&
        ended.at(*send.transaction) == TransactionStep::committed && send.offset &&
        (sends.empty() || sends.front()->transaction != send.transaction))
      sends.push_back(&send);
  if (sends.size() < 2) return false;
  for (const bool is_first : {true, false}) {
    const Send &own = *sends[is_first ? 0 : 1], &other = *sends[is_first ? 1 : 0];
    Poll poll{.line = 1'000'000,
              .member = is_first ? "one" : "other",
              .isolation = Isolation::read_committed,
              .at = Moment(6'000'000),
              .transaction = own.transaction};
    poll.records.push_back(
        {.topic = "t", .partition = *other.partition, .offset = *other.offset, .id = other.id});
    legal.history.polls.push_back(std::move(poll));
  }
  return true;
}

}  // namespace

const std::vector<PlantedAnomaly>& planted_anomalies() {
  static const std::vector<PlantedAnomaly> kAnomalies{{"lost-record", lose},
                                                      {"torn-transaction", tear},
                                                      {"duplicate-record", double_it},
                                                      {"offset-conflict", store_in_one_place},
                                                      {"aborted-read", abort_what_was_read},
                                                      {"early-read", commit_after_it_was_read},
                                                      {"wr-G1c", read_each_other},
                                                      {"phantom-record", make_up},
                                                      {"phantom-record", send_after_it_was_read},
                                                      {"misplaced-record", rename_a_key},
                                                      {"skip", skip_one},
                                                      {"backstep", read_again},
                                                      {"bad-resume", resume_elsewhere},
                                                      {"unowned-read", read_what_was_revoked},
                                                      {"shared-partition", give_to_two},
                                                      {"commit-ahead", commit_too_much},
                                                      {"commit-unowned", commit_what_is_anothers},
                                                      {"send-reorder", reorder_sends},
                                                      {"key-disorder", reorder_keys},
                                                      {"realtime-reorder", send_after_the_acknowledgement},
                                                      {"key-split", split_a_key},
                                                      {"flush-incomplete", return_from_a_flush_too_soon}};
  return kAnomalies;
}

}  // namespace klab
