// The main function of every spec: plays a section as planned, or judges a saved history again.

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "checks/errors.hpp"
#include "checks/history/history_json.hpp"
#include "runners/interruption.hpp"
#include "specs/section_run.hpp"

namespace klab {
namespace {

/// Writes each TEST's line when it ends.
class VerdictWriter : public testing::EmptyTestEventListener {
  void OnTestEnd(const testing::TestInfo& info) override {
    std::string failure;
    for (int i = 0; i < info.result()->total_part_count(); ++i)
      if (const auto& part = info.result()->GetTestPartResult(i); part.failed() && failure.empty())
        failure = part.message();
    SectionRun::current().end_test({.test = std::string(info.test_suite_name()) + "." + info.name(),
                                    .file = info.file(),
                                    .line = info.line(),
                                    .seconds = static_cast<double>(info.result()->elapsed_time()) / 1000},
                                   without_gtest_prefix(failure));
  }

  /// GoogleTest wraps what an exception said into a sentence of its own.
  static std::string without_gtest_prefix(const std::string& failure) {
    constexpr std::string_view kOpening = "with description \"";
    const std::size_t open = failure.find(kOpening);
    if (open == std::string::npos) return failure;
    const std::size_t begin = open + kOpening.size(),
                      close = failure.rfind('"', failure.rfind("\" thrown in"));
    return failure.substr(begin, close - begin);
  }
};

/// The plan that a history was played by lies beside it in a run.
PlayPlan plan_beside(const std::filesystem::path& history) {
  const auto plan = history.parent_path() / "plan.json";
  return std::filesystem::exists(plan) ? load_play_plan(plan) : PlayPlan{};
}

int run(int argc, char** argv) {
  CLI::App app(
      "One section of a lab. klab runs it; by hand it wants the plan.json or the history.jsonl of a run.");
  std::string plan, history, verdicts = "verdicts.jsonl";
  app.add_option("--plan", plan, "play the section as this plan.json says");
  app.add_option("--history", history, "judge this history.jsonl; plays nothing");
  app.add_option("--verdicts", verdicts, "where the verdicts on a saved history go");
  app.allow_extras()->footer("Flags of GoogleTest, such as --gtest_filter, are passed on to it.");
  CLI11_PARSE(app, argc, argv);
  testing::InitGoogleTest(&argc, argv);
  if (testing::GTEST_FLAG(list_tests)) return RUN_ALL_TESTS();
  if (plan.empty() == history.empty()) throw BadInput("give either --plan or --history");

  catch_interruptions();
  const auto section =
      plan.empty() ? std::make_unique<SectionRun>(load_history(history), plan_beside(history), verdicts)
                   : std::make_unique<SectionRun>(load_play_plan(plan));
  testing::UnitTest::GetInstance()->listeners().Append(new VerdictWriter);
  return RUN_ALL_TESTS();
}

}  // namespace
}  // namespace klab

int main(int argc, char** argv) {
  try {
    return klab::run(argc, argv);
  } catch (const klab::BadInput& error) {
    std::cerr << error.what() << '\n';
    return 64;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
