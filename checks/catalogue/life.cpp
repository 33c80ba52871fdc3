#include "checks/catalogue/life.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace klab {
namespace {

constexpr std::size_t kMostReaders = 4;
constexpr std::size_t kMostLines = 8;

std::string end_of(const Model& model, const SendFact& send) {
  std::string text(name_of(send.outcome));
  if (send.end != kUnknownTime) text += fmt::format(" at {} us", send.end);
  if (send.partition != kNoName) text += fmt::format(", for {}", model.place(send.partition));
  if (send.offset != kNoOffset) text += fmt::format(" at offset {}", send.offset);
  return text;
}

std::string end_of(TransactionFact::End end) {
  switch (end) {
    case TransactionFact::End::committed:
      return "was committed";
    case TransactionFact::End::aborted:
      return "was aborted";
    default:
      return "ended in a way that nobody knows";
  }
}

std::string sending(const Model& model, const SendFact& send) {
  std::string text = fmt::format("{} sent it", send.producer == kNoName || model.texts[send.producer].empty()
                                                   ? "a producer"
                                                   : model.texts[send.producer]);
  if (send.begin != kUnknownTime) text += fmt::format(" at {} us", send.begin);
  text += fmt::format(": {} [line {}]", end_of(model, send), send.line);
  if (send.transaction == kNoName) return text;
  const TransactionFact& transaction = model.transactions[send.transaction];
  return text +
         fmt::format("; its transaction {} {}", model.texts[transaction.name], end_of(transaction.end));
}

void tell_log(const Model& model, Name id, std::vector<std::string>& life) {
  std::size_t places = 0;
  for (Name partition = 0; partition < model.logs.size(); ++partition)
    for (const LogEntry& entry : model.logs[partition])
      if (entry.id == id && places++ < kMostReaders)
        life.push_back(fmt::format("the log holds it in {} at offset {}, as {} says", model.place(partition),
                                   entry.offset, entry.is_read ? "a reader" : "its acknowledgement"));
  if (places == 0) life.push_back("nobody says where the log holds it");
}

void tell_readers(const Model& model, Name id, std::vector<std::string>& life) {
  std::size_t told = 0;
  for (const ReadFact& read : model.reads)
    if (read.id == id && told++ < kMostReaders) {
      const PollFact& poll = model.polls[read.poll];
      life.push_back(fmt::format("{} read it in {} at offset {}{} [line {}]", member_name(model, poll.member),
                                 model.place(read.partition), read.offset,
                                 poll.outcome == CallOutcome::failed ? ", in a poll that failed" : "",
                                 poll.line));
    }
  if (told == 0) life.push_back("no poll returned it");
}

/// Who is told by their first read behind it, where they had read before it too.
void tell_who_passed(const Model& model, Name id, std::vector<std::string>& life) {
  const Name send = model.of_id[id].first_send;
  const bool is_logged = model.of_id[id].partition != kNoName;
  const Name partition = is_logged         ? model.of_id[id].partition
                         : send == kNoName ? kNoName
                                           : model.sends[send].partition;
  const std::int64_t offset = is_logged ? model.of_id[id].offset : kNoOffset;
  if (partition == kNoName) return;
  std::int64_t highest = kNoOffset;
  std::vector<Name> told;
  for (const ReadFact& read : model.reads) {
    if (read.partition != partition) continue;
    highest = std::max(highest, read.offset);
    const PollFact& poll = model.polls[read.poll];
    if (offset == kNoOffset || read.offset <= offset || told.size() >= kMostReaders) continue;
    if (std::ranges::find(told, poll.member) != told.end()) continue;
    told.push_back(poll.member);
    life.push_back(fmt::format("{} read past it, at offset {} [line {}]", member_name(model, poll.member),
                               read.offset, poll.line));
  }
  if (highest != kNoOffset)
    life.push_back(
        fmt::format("the highest offset that anybody read in {} is {}", model.place(partition), highest));
}

}  // namespace

std::vector<std::string> life_of(const Model& model, Name id) {
  std::vector<std::string> life;
  for (std::size_t i = model.of_id[id].first_send;
       i < model.sends.size() && life.size() < model.of_id[id].sends; ++i)
    if (model.sends[i].id == id) life.push_back(sending(model, model.sends[i]));
  tell_log(model, id, life);
  tell_readers(model, id, life);
  tell_who_passed(model, id, life);
  return life;
}

std::vector<Line> lines_of_id(const Model& model, Name id) {
  std::vector<Line> lines;
  std::size_t sends = 0;
  for (std::size_t i = model.of_id[id].first_send; i < model.sends.size() && sends < model.of_id[id].sends;
       ++i)
    if (model.sends[i].id == id) {
      lines.push_back(model.sends[i].line);
      ++sends;
    }
  for (const ReadFact& read : model.reads)
    if (read.id == id && lines.size() < kMostLines) lines.push_back(model.polls[read.poll].line);
  return lines;
}

std::string member_name(const Model& model, Name member) {
  const MemberFact& fact = model.members[member];
  if (fact.group == kNoName) return std::string(model.texts[fact.name]);
  return fmt::format("{} of group {}", model.texts[fact.name], model.texts[fact.group]);
}

}  // namespace klab
