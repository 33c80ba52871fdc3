#include "checks/catalogue/simulation/legal_history.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "checks/catalogue/refuted_by.hpp"
#include "checks/catalogue/simulation/planted_anomaly.hpp"
#include "checks/history/history_json.hpp"

namespace klab {
namespace {

/// KLAB_HISTORIES=100000 looks at so many.
unsigned histories(unsigned usual) {
  const char* asked = std::getenv("KLAB_HISTORIES");
  return asked == nullptr ? usual : static_cast<unsigned>(std::atoi(asked));
}

/// Where a test failed, the history is kept to look at.
std::string kept(const History& history, unsigned seed) {
  const std::string file = fmt::format("{}klab-legal-history-{}.jsonl", testing::TempDir(), seed);
  std::ofstream out(file);
  write_history(out, history);
  return file;
}

std::string told(const History& history, const Policy& policy) {
  std::string text;
  for (const Judgement& judgement : judge_history(history, policy).checks)
    if (judgement.outcome == Outcome::refuted)
      for (const Finding& finding : judgement.findings.worst())
        text += fmt::format("{}: {}\n", judgement.check->name, finding.note);
  return text;
}

/// Steps of a seed's history: few and many.
int steps_of(unsigned seed) { return 20 + static_cast<int>(seed % 7) * 30; }

TEST(LegalHistory, IsNeverRefuted) {
  for (unsigned seed = 1; seed <= histories(400); ++seed) {
    const LegalHistory legal = legal_history(seed, steps_of(seed));
    ASSERT_EQ(told(legal.history, legal.policy), "") << kept(legal.history, seed);
    ASSERT_EQ(told(legal.history, {}), "") << "without a policy: " << kept(legal.history, seed);
  }
}

TEST(LegalHistory, GivesMostChecksSomethingToJudge) {
  std::map<std::string_view, std::size_t> judged;
  for (unsigned seed = 1; seed <= 50; ++seed) {
    LegalHistory legal = legal_history(seed, steps_of(seed));
    legal.policy.lag_us = 1'000'000;
    for (const Judgement& judgement : judge_history(legal.history, legal.policy).checks)
      judged[judgement.check->name] += judgement.findings.judged_count();
  }
  for (const CatalogueCheck& check : catalogue())
    if (check.name != "uncovered-partition" && check.name != "wr-G1c") {
      EXPECT_GT(judged[check.name], 10u) << check.name;
    }
}

TEST(LegalHistory, IsRefutedByTheRightCheckOnceAnAnomalyIsPlanted) {
  std::map<std::string_view, std::size_t> planted;
  for (unsigned seed = 1; seed <= histories(150); ++seed) {
    const LegalHistory legal = legal_history(seed, steps_of(seed));
    for (const PlantedAnomaly& anomaly : planted_anomalies()) {
      LegalHistory spoilt = legal;
      std::mt19937 random(seed);
      if (!anomaly.plant(spoilt, random)) continue;
      ++planted[anomaly.check];
      ASSERT_EQ(outcome_of(anomaly.check, spoilt.history, spoilt.policy), Outcome::refuted)
          << anomaly.check << ": " << kept(spoilt.history, seed);
    }
  }
  for (const PlantedAnomaly& anomaly : planted_anomalies())
    EXPECT_GT(planted[anomaly.check], 10u) << anomaly.check;
}

}  // namespace
}  // namespace klab
