#include "checks/catalogue/catalogue.hpp"

#include <gtest/gtest.h>

#include "checks/catalogue/cycles.hpp"
#include "checks/catalogue/names.hpp"
#include "checks/catalogue/policy_json.hpp"
#include "checks/catalogue/refuted_by.hpp"
#include "checks/errors.hpp"
#include "checks/history/clients_told.hpp"

namespace klab {
namespace {

std::string error_of(auto action) {
  try {
    action();
  } catch (const BadInput& error) {
    return error.what();
  }
  return "no error";
}

std::string policy_error(const std::string& text) {
  return error_of([&] { read_policy(text, "p.json"); });
}

ClientsTold sent_and_read() { return ClientsTold("t", 1).send("p", "a", 0, 0).poll("c", {{0, 0, "a"}}); }

TEST(Catalogue, HoldsOnNothing) {
  const HistoryJudgement judgement = judge_history(History(), {});
  EXPECT_EQ(judgement.outcome, Outcome::undecided);
  EXPECT_FALSE(judgement.is_valid);
  for (const Judgement& check : judgement.checks) {
    EXPECT_EQ(check.outcome, Outcome::undecided) << check.check->name;
    EXPECT_NE(check.why, "") << check.check->name;
  }
}

TEST(Catalogue, SaysOverallWhatItsChecksSay) {
  EXPECT_EQ(judge_history(sent_and_read(), {}).outcome, Outcome::holds);
  EXPECT_EQ(judge_history(sent_and_read().poll("c", {{0, 0, "a"}}), {}).outcome, Outcome::refuted);
}

TEST(Catalogue, TurnsAnyCheckOffOrToInfo) {
  const History history = sent_and_read().poll("c", {{0, 0, "a"}});
  EXPECT_EQ(outcome_of("backstep", history, {.classes = {{"backstep", CheckClass::info}}}), Outcome::holds);
  EXPECT_EQ(judged_by("backstep", history, {.classes = {{"backstep", CheckClass::info}}}).findings.count(),
            1u);
  EXPECT_EQ(judged_by("backstep", history, {.classes = {{"backstep", CheckClass::off}}}).why,
            "the policy turns it off");
}

TEST(Catalogue, ShowsTheWorstEightAndCountsTheRest) {
  ClientsTold told = sent_and_read();
  for (int again = 0; again < 20; ++again) told.poll("c", {{0, 0, "a"}});
  const Judgement judgement = judged_by("backstep", told);
  EXPECT_EQ(judgement.findings.count(), 20u);
  EXPECT_EQ(judgement.findings.worst().size(), 8u);
}

TEST(Vacuous, MakesARunInvalidThatLacksWhatThePolicyRequires) {
  const HistoryJudgement judgement = judge_history(sent_and_read(), {.require = {"sends", "aborts"}});
  EXPECT_EQ(judgement.outcome, Outcome::undecided);
  EXPECT_FALSE(judgement.is_valid);
  EXPECT_EQ(judged_by("vacuous", sent_and_read(), {.require = {"aborts"}}).why,
            "not there: aborted transactions");
  EXPECT_EQ(outcome_of("vacuous", sent_and_read()), Outcome::holds);
  EXPECT_EQ(outcome_of("vacuous", sent_and_read(), {.require = {}}), Outcome::undecided);
}

TEST(Catalogue, RefusesAMemberOfTwoGroupsThatDoesNotSayWhich) {
  History history = sent_and_read().assigned("c", {0});
  history.assigned.push_back(history.assigned.back());
  history.assigned.back().group = "h";
  EXPECT_EQ(error_of([&] { judge_history(history, {}); }),
            "4: field \"group\": expected a group, since member c is in both g and h");
}

TEST(Catalogue, TakesAnyOrderOfLinesBetweenMembers) {
  ClientsTold told("t", 1);
  told.at(100).poll("c", {{0, 0, "a"}, {0, 1, "b"}}).at(10).send("p", "a", 0, 0).send("p", "b", 0, 1);
  EXPECT_EQ(refuted_by(told), std::set<std::string>{});
}

TEST(PolicyFile, IsReadWithItsDefaults) {
  const Policy policy = read_policy(
      R"({"idempotent":true,"max_in_flight":1,"retries":0,"isolation":"read_committed","at_most_once":true,)"
      R"("clean_handover":true,"reset":"latest","fixed_partitioning":true,"compacted":true,"clock_error_us":5,)"
      R"("stable_us":6,"lag_us":7,"require":["aborts"],"classes":{"skip":"info"}})",
      "p.json");
  EXPECT_EQ(policy.idempotent, true);
  EXPECT_EQ(policy.reset, ResetPolicy::latest);
  EXPECT_EQ(policy.classes.at("skip"), CheckClass::info);
  EXPECT_EQ(to_json(read_policy(to_json(policy).dump(), "again")), to_json(policy));
  EXPECT_EQ(to_json(read_policy("{}", "p.json")), to_json(Policy()));
}

TEST(PolicyFile, IsRefusedWhereItIsNotUnderstood) {
  EXPECT_EQ(policy_error("{"), "p.json: not JSON, at byte 2");
  EXPECT_EQ(policy_error(R"({"max_in_flight":0})"),
            "p.json: field \"max_in_flight\": expected a number of at least 1, got 0");
  EXPECT_EQ(policy_error(R"({"idempotent":1})"),
            "p.json: field \"idempotent\": expected true or false, got 1");
  EXPECT_EQ(policy_error(R"({"reset":"newest"})"),
            "p.json: field \"reset\": expected earliest or latest or none, got \"newest\"");
  EXPECT_EQ(policy_error(R"({"idempotence":true})").substr(0, 59),
            "p.json: field \"idempotence\": expected one of the fields ide");
  EXPECT_EQ(policy_error(R"({"classes":{"skipp":"info"}})"),
            "p.json: classes: field \"skipp\": expected the name of a check, got \"info\"");
  EXPECT_EQ(policy_error(R"({"require":["luck"]})").substr(0, 49),
            "p.json: field \"require\": expected a list of some ");
}

TEST(Names, AreNumberedInOrderAndFoundAgain) {
  Names names;
  std::vector<std::string> texts;
  for (int i = 0; i < 1000; ++i) texts.push_back(std::to_string(i));
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(names.add(texts[static_cast<std::size_t>(i)]), static_cast<Name>(i));
  for (int i = 0; i < 1000; ++i)
    EXPECT_EQ(names.add(texts[static_cast<std::size_t>(i)]), static_cast<Name>(i));
  EXPECT_EQ(names.find("17"), 17u);
  EXPECT_EQ(names.find("1000"), kNoName);
  EXPECT_EQ(names.size(), 1000u);
}

TEST(Circles, AreTheNodesThatReachThemselves) {
  using Nodes = std::vector<std::vector<Name>>;
  EXPECT_EQ(circles({{0, 1}, {1, 2}}, 3), Nodes{});
  EXPECT_EQ(circles({{0, 1}, {1, 0}, {1, 2}}, 3), (Nodes{{0, 1}}));
  EXPECT_EQ(circles({{2, 0}, {0, 1}, {1, 2}, {3, 2}, {4, 5}, {5, 4}}, 6), (Nodes{{0, 1, 2}, {4, 5}}));
  std::vector<Edge> long_way;
  for (Name i = 0; i < 100'000; ++i) long_way.emplace_back(i, i + 1);
  EXPECT_EQ(circles(std::move(long_way), 100'001), Nodes{});
}

}  // namespace
}  // namespace klab
