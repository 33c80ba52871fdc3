#include "claims/measured.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"

namespace klab {
namespace {

TEST(Measurements, AreReadAsTheyWereWritten) {
  const Measurements written{
      {"acks.default",
       {.versions = {{"kafka", "4.3.0"}},
        .controls = {{"acks=1 is seen", true}},
        .values = {{.value = "all", .where = {{"client", "java"}}, .evidence = "a.jsonl", .note = "n"},
                   {.aspect = "x", .value = "1"}},
        .undecided = "no broker"}}};
  const std::string text = to_json_text(written);
  EXPECT_EQ(to_json_text(read_measurements(text, "m.json")), text);
  const Measurement read = read_measurements(text, "m.json").at("acks.default");
  EXPECT_EQ(read.values[0].where.at("client"), "java");
  EXPECT_EQ(read.values[1].aspect, "x");
  EXPECT_TRUE(read.controls[0].held);
  EXPECT_EQ(read.undecided, "no broker");
}

TEST(Measurements, OfAnotherKindAreRefused) {
  EXPECT_THROW(read_measurements(R"({"klab": "history", "version": 1, "claims": {}})", "m.json"), BadInput);
  EXPECT_THROW(read_measurements(R"({"klab": "measured", "version": 2, "claims": {}})", "m.json"), BadInput);
  EXPECT_THROW(
      read_measurements(R"({"klab": "measured", "version": 1, "claims": {"a": {"values": [{}]}}})", "m.json"),
      BadInput);
  EXPECT_THROW(read_measurements("", "m.json"), BadInput);
}

}  // namespace
}  // namespace klab
