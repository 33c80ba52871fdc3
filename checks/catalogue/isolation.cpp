#include "checks/catalogue/isolation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "checks/catalogue/cycles.hpp"
#include "checks/catalogue/life.hpp"

namespace klab {
namespace {

using End = TransactionFact::End;

Finding finding_of(const Model& model, const ReadFact& read, const SendFact& send, const std::string& why) {
  const PollFact& poll = model.polls[read.poll];
  Finding finding{
      .lines = {send.line, poll.line},
      .note = fmt::format("{} read {} of {} at offset {}, {}", member_name(model, poll.member),
                          model.name_of_id(read.id), model.place(read.partition), read.offset, why)};
  if (send.transaction != kNoName && model.transactions[send.transaction].end_line != 0)
    finding.lines.push_back(model.transactions[send.transaction].end_line);
  return finding;
}

std::string why_not(const Model& model, const SendFact& send) {
  if (send.transaction != kNoName && model.transactions[send.transaction].end == End::aborted)
    return fmt::format("whose transaction {} was aborted",
                       model.texts[model.transactions[send.transaction].name]);
  return "whose send failed";
}

bool may_have_been_committed(const TransactionFact& transaction) { return transaction.end != End::aborted; }

std::string names_of(const Model& model, const std::vector<Name>& transactions) {
  constexpr std::size_t kMost = 8;
  std::vector<std::string_view> names;
  for (const Name transaction : transactions)
    if (names.size() < kMost) names.push_back(model.texts[model.transactions[transaction].name]);
  return fmt::format("{}{}", fmt::join(names, ", "), transactions.size() > kMost ? ", .." : "");
}

std::vector<Line> lines_of(const Model& model, const std::vector<Name>& transactions) {
  constexpr std::size_t kMost = 8;
  std::vector<Line> lines;
  for (const Name transaction : transactions) {
    const TransactionFact& fact = model.transactions[transaction];
    const Line line = fact.end_line != 0 ? fact.end_line : fact.begin_line;
    if (line != 0 && lines.size() < kMost) lines.push_back(line);
  }
  return lines;
}

/// The last record of each transaction in the partition that is being looked at.
struct LastInPartition {
  Name partition = kNoName;
  std::size_t entry = 0;
};

Name transaction_of(const Model& model, const LogEntry& entry) {
  const SendFact* send = only_send_of(model, entry.id);
  return send == nullptr ? kNoName : send->transaction;
}

void find_gaps(const Model& model, Findings& findings, std::vector<Edge>& order) {
  std::vector<LastInPartition> last(model.transactions.size());
  for (Name partition = 0; partition < model.logs.size(); ++partition) {
    const PartitionLog& log = model.logs[partition];
    Name before = kNoName;
    for (std::size_t i = 0; i < log.size(); ++i) {
      const Name transaction = transaction_of(model, log[i]);
      if (transaction == kNoName) continue;
      findings.judged();
      if (before != kNoName && before != transaction) order.emplace_back(before, transaction);
      before = transaction;
      const LastInPartition previous = last[transaction];
      last[transaction] = {partition, i};
      if (previous.partition != partition || i - previous.entry <= 1) continue;
      findings.add([&] {
        return Finding{
            .lines = {model.sends[model.of_id[log[i].id].first_send].line},
            .note = fmt::format("{} holds {} other records between {} and {} of transaction {}",
                                model.place(partition), i - previous.entry - 1,
                                model.name_of_id(log[previous.entry].id), model.name_of_id(log[i].id),
                                model.texts[model.transactions[transaction].name])};
      });
    }
  }
}

}  // namespace

void aborted_read(const Model& model, const Policy&, Findings& findings) {
  findings.missing("no poll that reads committed records only returned a record of which the send is known");
  for (const ReadFact& read : model.reads) {
    const bool is_committed = model.polls[read.poll].is_read_committed;
    const SendFact* send = read.is_as_sent ? nullptr : send_of(model, read);
    if (is_committed && (read.is_as_sent || send != nullptr)) findings.judged();
    if (send == nullptr) continue;
    if (effective_outcome(model, *send) != CallOutcome::failed) continue;
    if (!is_committed && send->outcome != SendOutcome::failed) continue;
    findings.add([&] { return finding_of(model, read, *send, why_not(model, *send)); }, 0,
                 is_committed ? Cost::usual : Cost::info);
  }
}

void early_read(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no poll that reads committed records only returned a record of a transaction");
  if (model.transactions.empty()) return;
  for (const ReadFact& read : model.reads) {
    const PollFact& poll = model.polls[read.poll];
    const SendFact* send = poll.is_read_committed ? send_of(model, read) : nullptr;
    if (send == nullptr || send->transaction == kNoName) continue;
    const TransactionFact& transaction = model.transactions[send->transaction];
    if (!may_have_been_committed(transaction)) continue;
    if (transaction.end_asked == kUnknownTime && poll.transaction == kNoName) {
      findings.missing(
          "of no transaction of which a record was read is it known when its commit was asked for");
      continue;
    }
    findings.judged();
    if (poll.transaction == send->transaction)
      findings.add(
          [&] { return finding_of(model, read, *send, "within the very transaction that sent it"); });
    else if (transaction.end_asked != kUnknownTime && poll.at + policy.clock_error_us < transaction.end_asked)
      findings.add(
          [&] {
            return finding_of(model, read, *send,
                              fmt::format("{} us before the commit of its transaction {} was asked for",
                                          transaction.end_asked - poll.at, model.texts[transaction.name]));
          },
          transaction.end_asked - poll.at);
  }
}

void read_cycle(const Model& model, const Policy&, Findings& findings) {
  findings.missing("no transaction read what another had sent");
  if (model.transactions.empty()) return;
  std::vector<Edge> edges;
  for (const ReadFact& read : model.reads) {
    const PollFact& poll = model.polls[read.poll];
    if (poll.transaction == kNoName || !poll.is_read_committed || poll.outcome == CallOutcome::failed)
      continue;
    const SendFact* send = send_of(model, read);
    if (send == nullptr || send->transaction == kNoName || send->transaction == poll.transaction) continue;
    if (!may_have_been_committed(model.transactions[send->transaction])) continue;
    findings.judged();
    edges.emplace_back(poll.transaction, send->transaction);
  }
  for (const std::vector<Name>& circle : circles(std::move(edges), model.transactions.size()))
    findings.add([&] {
      return Finding{
          .lines = lines_of(model, circle),
          .note = fmt::format("transactions {} read from each other in a circle", names_of(model, circle))};
    });
}

void send_interleave(const Model& model, const Policy&, Findings& findings) {
  findings.missing("the log is not known to hold any record of a transaction");
  if (model.transactions.empty()) return;
  std::vector<Edge> order;
  find_gaps(model, findings, order);
  for (const std::vector<Name>& circle : circles(std::move(order), model.transactions.size()))
    findings.add([&] {
      return Finding{.lines = lines_of(model, circle),
                     .note = fmt::format("transactions {} are not in one order in all partitions",
                                         names_of(model, circle))};
    });
}

}  // namespace klab
