#include "claims/catalogue.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "checks/errors.hpp"

namespace klab {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(KLAB_SOURCE_DIR) / "claims";

std::string refusal_of(const std::string& more) {
  const std::string json =
      R"({"id": "a", "question": "?", "measured by": "m", "examples": [], "answers": [{"value": "yes", "says": "s"}], )" +
      more + "}";
  try {
    read_claim(json, Language{}, "a.json");
    return "";
  } catch (const BadInput& error) {
    return error.what();
  }
}

TEST(Catalogue, HasEveryClaim) { EXPECT_EQ(load_catalogue(kFolder).claims.size(), 68u); }

TEST(Catalogue, HasForEveryClaimWhatItNeeds) {
  for (const Claim& claim : load_catalogue(kFolder).claims) {
    EXPECT_TRUE(claim.question.ends_with("?")) << claim.id;
    EXPECT_FALSE(claim.measured_by.empty()) << claim.id;
    EXPECT_GE(claim.answers.size(), 1u) << claim.id;
    EXPECT_FALSE(claim.patterns.empty()) << claim.id;
    EXPECT_FALSE(claim.examples.empty()) << claim.id;
  }
}

TEST(Catalogue, FindsAnAnswerByItsAspect) {
  const Catalogue catalogue = load_catalogue(kFolder);
  const Claim& claim = *catalogue.find("offsets.auto");
  EXPECT_NE(claim.answer("", "on"), nullptr);
  EXPECT_EQ(claim.answer("", "perhaps"), nullptr);
  EXPECT_NE(claim.answer("interval", "5 s"), nullptr);
  EXPECT_EQ(claim.opposite("", "on"), "off");
  EXPECT_EQ(catalogue.find("nobody"), nullptr);
}

TEST(Catalogue, SaysWhatIsWrongInAFile) {
  EXPECT_EQ(refusal_of(R"("patterns": [{"says": "no", "when": ["x"]}])"),
            "a.json: patterns[0]: field \"says\": expected the value of one of the answers, got \"no\"");
  EXPECT_EQ(refusal_of(R"("patterns": [{"says": "yes", "when": []}])"),
            "a.json: patterns[0]: field \"when\": expected at least one phrase, got []");
  EXPECT_NE(refusal_of(R"("patterns": [{"says": "yes", "when": ["x"], "wen": 1}])").find("field \"wen\""),
            std::string::npos);
  EXPECT_EQ(refusal_of(R"("patterns": [])"), "");
}

}  // namespace
}  // namespace klab
