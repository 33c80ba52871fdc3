#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "claims/mark.hpp"
#include "experiments/experiment.hpp"
#include "runners/submission/submission.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

const fs::path kHome = KLAB_SOURCE_DIR;

Catalogue catalogue() { return load_catalogue(kHome / "claims"); }

TEST(Experiments, HaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const Experiment& experiment : all_experiments())
    EXPECT_TRUE(names.insert(experiment.name).second) << experiment.name;
}

TEST(Experiments, SettleEveryClaimOfTheCatalogue) {
  for (const Claim& claim : catalogue().claims) EXPECT_FALSE(experiments_on({claim.id}).empty()) << claim.id;
}

TEST(Experiments, SettleClaimsOfTheCatalogueOnly) {
  const Catalogue known = catalogue();
  for (const Experiment& experiment : all_experiments())
    for (const std::string& claim : experiment.claims)
      EXPECT_NE(known.find(claim), nullptr) << experiment.name << ": " << claim;
}

TEST(Experiments, ConcludeNothingFromAPlayInWhichNothingHappened) {
  for (const Experiment& experiment : all_experiments()) {
    const Conclusions found = experiment.conclude(History{});
    for (const auto& [claim, measurement] : found.measurements())
      EXPECT_NE(obstacle_to(measurement), "") << experiment.name << ": " << claim;
  }
}

TEST(Experiments, SayOfEachOfTheirClaimsWhatTheyFound) {
  for (const Experiment& experiment : all_experiments()) {
    const Measurements found = experiment.conclude(History{}).measurements();
    for (const std::string& claim : experiment.claims)
      EXPECT_TRUE(found.contains(claim)) << experiment.name << ": " << claim;
    EXPECT_EQ(found.size(), experiment.claims.size()) << experiment.name;
  }
}

TEST(Clients, AreSubmissionsWithAProgram) {
  for (const char* client : {"java", "librdkafka", "kafkajs", "franz-go", "kafka-python"})
    EXPECT_TRUE(load_submission(kHome / "experiments" / "clients" / client).has("client")) << client;
}

}  // namespace
}  // namespace klab
