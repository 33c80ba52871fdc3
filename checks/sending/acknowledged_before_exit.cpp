#include "checks/sending/acknowledged_before_exit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "checks/counted.hpp"
#include "checks/facts/answers.hpp"
#include "checks/facts/repetition.hpp"

namespace klab {
namespace {

using Record = std::pair<std::string_view, std::string_view>;  // program, id

/// What the programs were told of their batches.
class Acknowledgements {
 public:
  explicit Acknowledgements(const History& history) : answers_(history) {
    for (const Disconnected& disconnected : history.disconnected)
      closed_.emplace(disconnected.connection, disconnected.at);
    for (const SentBatch& sent : history.sent)
      if (is_acknowledged_itself(sent)) {
        batches_.push_back(&sent);
        for (const std::string& id : sent.ids) records_.insert({sent.program, id});
      }
  }

  const Answered* answer_to(const SentBatch& sent) const { return answers_.to(sent); }

  /// In this sending or in another one.
  bool is_acknowledged(const SentBatch& sent) const {
    if (is_acknowledged_itself(sent)) return true;
    if (sent.ids.empty())
      return std::ranges::any_of(batches_, [&](const SentBatch* other) { return repeats(*other, sent); });
    return std::ranges::all_of(sent.ids, [&](const std::string& id) {
      return records_.contains({sent.program, id});
    });
  }

 private:
  bool is_acknowledged_itself(const SentBatch& sent) const {
    const Answered* answer = answer_to(sent);
    if (answer == nullptr) return false;
    const auto closed = closed_.find(sent.connection);
    return says_stored(*answer) && (closed == closed_.end() || answer->at <= closed->second);
  }

  std::map<int, Moment> closed_ = {};
  Answers answers_;
  std::vector<const SentBatch*> batches_ = {};  // that are acknowledged, and so are the records in them
  std::set<Record> records_ = {};
};

std::string why_not(const SentBatch& sent, const Answered* answer) {
  if (sent.acks == 0) return "asked for no acknowledgement (acks=0)";
  if (answer == nullptr) return "was not acknowledged when the program went away";
  if (!answer->is_acknowledged()) return fmt::format("was answered with {}", answer->error);
  return "was acknowledged only after the program had closed the connection";
}

Evidence evidence_of(const SentBatch& sent, const Answered* answer) {
  Evidence evidence{
      .lines = {sent.line},
      .note = fmt::format("a batch of {} from {} to partition {} {}", counted(sent.messages, "message"),
                          sent.program, sent.partition, why_not(sent, answer))};
  if (answer != nullptr) evidence.lines.push_back(answer->line);
  return evidence;
}

}  // namespace

Verdict acknowledged_before_exit(const History& history, std::string_view role) {
  Verdict verdict{.claim = fmt::format("the {} has all its acknowledgements before it exits", role),
                  .expected = "every batch acknowledged"};
  const Acknowledgements acknowledgements(history);
  std::size_t batches = 0, messages = 0, open = 0, open_messages = 0;
  bool asks_for_none = false;
  for (const ProgramRun* run : runs_of(history, role)) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
    for (const SentBatch& sent : history.sent) {
      if (sent.program != run->program) continue;
      ++batches;
      messages += sent.messages;
      if (acknowledgements.is_acknowledged(sent)) continue;
      ++open;
      open_messages += sent.messages;
      asks_for_none |= sent.acks == 0;
      add_evidence(verdict, evidence_of(sent, acknowledgements.answer_to(sent)));
    }
  }
  if (batches == 0) return undecided(verdict, fmt::format("the {} sent nothing", role));
  verdict.judged =
      fmt::format("{} of {}", counted(batches, "batch", "batches"), counted(messages, "message"));
  if (open == 0) return holds(verdict, fmt::format("{} acknowledged", counted(batches, "batch", "batches")));
  return refuted(verdict,
                 fmt::format("{} of {}, with {}, not acknowledged", open,
                             counted(batches, "batch", "batches"), counted(open_messages, "message")),
                 asks_for_none
                     ? "with acks=0 nobody can know whether a record was stored: use acks=all or acks=1"
                     : "wait for the outstanding acknowledgements before the program ends: flush(), or "
                       "close() in clients that flush there");
}

}  // namespace klab
