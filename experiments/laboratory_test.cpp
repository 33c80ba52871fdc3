#include "experiments/laboratory.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "checks/errors.hpp"
#include "claims/mark.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

/// Without brokers: what it notes down is what it finds.
Experiment noting(std::function<std::string()> what) {
  return {.name = "noting",
          .claims = {"acks.default"},
          .hypothesis = "It finds what it has noted.",
          .brokers = 0,
          .play = [=](Trial& trial) { trial.note("acks", what()); },
          .conclude =
              [](const History& history) {
                Conclusions conclusions;
                conclusions.control("acks.default", "something is noted", !noted(history, "acks").empty());
                conclusions.value("acks.default", {.value = noted(history, "acks")});
                return conclusions;
              }};
}

struct LaboratoryTest : testing::Test {
  const Measurement& only(const ExperimentResult& result) { return result.measured.at("acks.default"); }

  TestFolder folder;
  Laboratory laboratory{.kafka = "4.3.0", .scratch = folder / "scratch", .folder = folder / "kept"};
};

TEST_F(LaboratoryTest, KeepsTheHistoryThatAValueRestsOn) {
  const ExperimentResult result = run_experiment(noting([] { return "all"; }), laboratory);
  ASSERT_EQ(only(result).values.size(), 1u);
  EXPECT_EQ(only(result).values[0].value, "all");
  EXPECT_EQ(only(result).versions.at("kafka"), "4.3.0");
  EXPECT_TRUE(std::filesystem::exists(laboratory.folder / only(result).values[0].evidence));
}

TEST_F(LaboratoryTest, LeavesAClaimUndecidedWhoseValueDiffersFromTimeToTime) {
  int time = 0;
  const Experiment varying = noting([&] { return ++time == 2 ? "1" : "all"; });
  EXPECT_EQ(obstacle_to(only(run_experiment(varying, laboratory, 3))),
            "it differs from time to time: all (); then 1 ()");
}

TEST_F(LaboratoryTest, LeavesAClaimUndecidedWhenKlabItselfFallsShort) {
  const Experiment failing = noting([]() -> std::string { throw HarnessError("no broker"); });
  const ExperimentResult result = run_experiment(failing, laboratory);
  EXPECT_EQ(result.failure, "no broker");
  EXPECT_EQ(obstacle_to(only(result)), "no broker");
  EXPECT_TRUE(std::filesystem::exists(laboratory.folder / "noting" / "history.jsonl"));
}

TEST_F(LaboratoryTest, KnowsWhatItHasConcludedBefore) {
  const Experiment experiment = noting([] { return "all"; });
  EXPECT_FALSE(is_concluded(experiment, laboratory));
  run_experiment(experiment, laboratory);
  EXPECT_TRUE(is_concluded(experiment, laboratory));
}

TEST_F(LaboratoryTest, TakesAnUndecidedOneForNotConcluded) {
  const Experiment experiment = noting([] { return ""; });
  run_experiment(experiment, laboratory);
  EXPECT_FALSE(is_concluded(experiment, laboratory));
}

TEST_F(LaboratoryTest, TellsOfEachExperimentOnce) {
  std::vector<Experiment> several(5, noting([] { return "all"; }));
  for (std::size_t i = 0; i < several.size(); ++i) several[i].name += std::to_string(i);
  std::vector<std::string> told;
  run_experiments(several, laboratory, 1, 3,
                  [&](const ExperimentResult& result) { told.push_back(result.name); });
  std::ranges::sort(told);
  EXPECT_EQ(told, (std::vector<std::string>{"noting0", "noting1", "noting2", "noting3", "noting4"}));
}

Measurements found(const std::string& client, const std::string& value, bool held = true) {
  return {{"acks.default",
           {.versions = {{client, "1.0"}},
            .controls = {{client + " is heard", held}},
            .values = {{.value = value, .where = {{"client", client}}}}}}};
}

TEST(Measurements, OfSeveralExperimentsStandBesideEachOther) {
  Measurements all = found("java", "all");
  add(all, found("kafka-python", "1"));
  EXPECT_EQ(all.at("acks.default").values.size(), 2u);
  EXPECT_EQ(all.at("acks.default").versions.size(), 2u);
}

TEST(Measurements, WhoseControlDidNotHoldTakeNothingFromOthers) {
  Measurements all = found("java", "all");
  add(all, found("kafka-python", "1", false));
  EXPECT_EQ(obstacle_to(all.at("acks.default")), "");
  EXPECT_EQ(all.at("acks.default").values.size(), 1u);
}

TEST(Measurements, WhoseOnlyControlDidNotHoldSettleNothing) {
  Measurements all;
  add(all, found("java", "all", false));
  EXPECT_EQ(obstacle_to(all.at("acks.default")), "the control \"java is heard\" did not hold");
  add(all, found("kafka-python", "1"));
  EXPECT_EQ(obstacle_to(all.at("acks.default")), "");
}

}  // namespace
}  // namespace klab
