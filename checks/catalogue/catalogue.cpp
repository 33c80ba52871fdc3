#include "checks/catalogue/catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/catalogue/commits.hpp"
#include "checks/catalogue/copies.hpp"
#include "checks/catalogue/coverage.hpp"
#include "checks/catalogue/evidence_kinds.hpp"
#include "checks/catalogue/groups.hpp"
#include "checks/catalogue/identity.hpp"
#include "checks/catalogue/isolation.hpp"
#include "checks/catalogue/lost_records.hpp"
#include "checks/catalogue/nonsense.hpp"
#include "checks/catalogue/order.hpp"
#include "checks/catalogue/positions.hpp"
#include "checks/catalogue/resumption.hpp"
#include "checks/catalogue/wire_told.hpp"

namespace klab {
namespace {

CheckClass always(const Policy&) { return CheckClass::fail; }
CheckClass never(const Policy&) { return CheckClass::info; }
CheckClass where(bool costs) { return costs ? CheckClass::fail : CheckClass::info; }
CheckClass if_idempotent(const Policy& policy) { return where(policy.idempotent.value_or(false)); }
CheckClass if_order_is_kept(const Policy& policy) { return where(policy.keeps_order()); }
CheckClass if_partitioning_is_fixed(const Policy& policy) { return where(policy.fixed_partitioning); }
CheckClass if_not_twice(const Policy& policy) { return where(policy.at_most_once || policy.clean_handover); }

bool is_vacuous(const Judgement& judgement) {
  return judgement.check->name == "vacuous" && judgement.findings.count() > 0;
}

std::size_t costly(const Findings& findings, CheckClass check_class, bool is_overridden) {
  const bool fails = check_class == CheckClass::fail;
  if (is_overridden) return fails ? findings.count() : 0;
  return findings.count(Cost::fail) + (fails ? findings.count(Cost::usual) : 0);
}

void decide(Judgement& judgement, bool is_overridden) {
  const Findings& findings = judgement.findings;
  if (costly(findings, judgement.check_class, is_overridden) > 0 && findings.why_undecided().empty()) {
    judgement.outcome = Outcome::refuted;
    // It may cost in one case though it does not in general.
    judgement.check_class = CheckClass::fail;
  } else if (!findings.why_undecided().empty()) {
    judgement.why = findings.why_undecided();
  } else if (findings.judged_count() == 0) {
    judgement.why = findings.what_is_missing();
  } else {
    judgement.outcome = Outcome::holds;
  }
}

Judgement judge(const CatalogueCheck& check, const Model& model, const Policy& policy) {
  const auto given = policy.classes.find(std::string(check.name));
  const bool is_overridden = given != policy.classes.end();
  Judgement judgement{.check = &check,
                      .check_class = is_overridden ? given->second : check.class_under(policy)};
  if (judgement.check_class == CheckClass::off) {
    judgement.why = "the policy turns it off";
    return judgement;
  }
  check.judge(model, policy, judgement.findings);
  decide(judgement, is_overridden);
  return judgement;
}

}  // namespace

const std::vector<CatalogueCheck>& catalogue() {
  static const std::vector<CatalogueCheck> kCatalogue{
      {"lost-record", "what was stored is not passed over by all", "proved sends",
       "is a send acknowledged before it is safe, or is a position committed before its records are handled?",
       always, lost_record},
      {"torn-transaction", "a transaction's records are read all or not at all",
       "transactions that were read", "look at what read a part of the transaction, and where it stopped",
       always, torn_transaction},
      {"unseen", "all that was stored was read", "proved sends",
       "let a fresh reader read every partition to its end, and record that as drained", never, unseen},
      {"duplicate-record", "what was sent once is stored once", "ids in the log",
       "a retry without enable.idempotence may store a record twice", if_idempotent, duplicate_record},
      {"redelivery", "no group reads a record twice", "reads",
       "was the position committed before the partition was given up?", if_not_twice, redelivery},
      {"offset-conflict", "one offset holds one record", "offsets",
       "the broker, the client or the recorder is at fault", always, offset_conflict},
      {"aborted-read", "aborted records are not given to readers of committed records",
       "reads at read_committed",
       "does the consumer set isolation.level=read_committed, and does the recorder tell unknown outcomes "
       "from failures?",
       always, aborted_read},
      {"early-read", "nothing of a transaction is given before it is committed",
       "reads of transactions at read_committed", "", always, early_read},
      {"wr-G1c", "transactions do not read from each other in a circle",
       "reads of transactions within another", "", always, read_cycle},
      {"phantom-record", "what is read was sent", "reads",
       "is the topic fresh, and is every producer recorded?", always, phantom_record},
      {"misplaced-record", "what is read is where it was sent", "reads", "", always, misplaced_record},
      {"skip", "a member is given all that lies between two of its reads", "steps from one read to the next",
       "does the program hand on every record of a poll?", always, skip},
      {"backstep", "a member reads on, not back", "steps from one read to the next",
       "record a seek where the program moved its position itself", always, backstep},
      {"bad-resume", "a member begins where its group had come to", "beginnings",
       "is the position that was committed that of the next record?", always, bad_resume},
      {"unowned-read", "a member reads what is assigned to it", "reads of members that tell of assignments",
       "does the program go on with records of partitions that it has given up?", always, unowned_read},
      {"shared-partition", "a partition is one member's at a time", "ownerships",
       "record how a member's hold ended: revoked and closed mean that it was its own until then", always,
       shared_partition},
      {"uncovered-partition", "in a settled group every partition is somebody's", "settled times of topics",
       "", always, uncovered_partition},
      {"commit-ahead", "no member commits what it was not given", "commits",
       "a commit is of the next offset to read: one more than that of the last record handled", always,
       commit_ahead},
      {"commit-unowned", "a member commits for its own partitions",
       "commits of members that tell of assignments", "", always, commit_unowned},
      {"send-reorder", "a producer's records lie in the order of its sends", "sends with order and place",
       "retries reorder where several requests are in flight without enable.idempotence", if_order_is_kept,
       send_reorder},
      {"realtime-reorder", "what is sent after an acknowledgement lies behind it",
       "sends with time and place", "", always, realtime_reorder},
      {"key-split", "the records of a key lie in one partition", "records with keys",
       "do all producers use one partitioner, and did the number of partitions change?",
       if_partitioning_is_fixed, key_split},
      {"key-disorder", "the records of a key lie in the order of its producer's sends",
       "sends with key and place",
       "retries reorder where several requests are in flight without enable.idempotence", if_order_is_kept,
       key_disorder},
      {"send-interleave", "transactions do not lie between each other's records", "records of transactions",
       "normal in Kafka: offsets are given out when records arrive", never, send_interleave},
      {"flush-incomplete", "after a flush everything sent before it has its outcome", "sends before a flush",
       "does the program look at what flush() returns?", always, flush_incomplete},
      {"stale", "what is stored is soon read", "reads with times", "", never, stale},
      {"vacuous", "the run holds the evidence that it was made for", "kinds of evidence that are required",
       "play longer, or with faults that bring it about", always, vacuous}};
  return kCatalogue;
}

HistoryJudgement judge_history(const History& history, const Policy& policy) {
  const bool is_of_the_wire = was_heard_on_the_wire(history);
  if (!is_of_the_wire) refuse_nonsense(history, policy);
  const History told = is_of_the_wire ? client_events_of(history) : History();
  Model model = model_of(is_of_the_wire ? told : history, policy);
  model.is_of_the_wire = is_of_the_wire;
  HistoryJudgement judgement{.is_valid = true};
  bool holds = false, is_refuted = false;
  for (const CatalogueCheck& check : catalogue()) {
    const Judgement& judged = judgement.checks.emplace_back(judge(check, model, policy));
    judgement.is_valid = judgement.is_valid && !is_vacuous(judged);
    is_refuted = is_refuted || judged.outcome == Outcome::refuted;
    holds = holds || (judged.outcome == Outcome::holds && check.name != "vacuous");
  }
  judgement.is_valid = judgement.is_valid && (holds || is_refuted);
  judgement.outcome = is_refuted                    ? Outcome::refuted
                      : holds && judgement.is_valid ? Outcome::holds
                                                    : Outcome::undecided;
  return judgement;
}

bool is_check(std::string_view name) {
  return std::ranges::find(catalogue(), name, &CatalogueCheck::name) != catalogue().end();
}

}  // namespace klab
