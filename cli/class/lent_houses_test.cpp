#include "cli/class/lent_houses.hpp"

#include <gtest/gtest.h>

#include "runners/eventually.hpp"
#include "runners/process/run_command.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct LentHousesTest : testing::Test {
  TestFolder folder;
  Installation installation = find_installation();
  LentHouses houses{choose_broker("process", installation), installation, folder / "broker.log"};
};

TEST_F(LentHousesTest, LendsToTheNextWhatItTookBack) {
  auto first = houses.lend(), second = houses.lend();
  const std::filesystem::path taken_back = first->folder();
  EXPECT_NE(second->folder(), taken_back);
  houses.take_back(std::move(first));
  EXPECT_EQ(houses.lend()->folder(), taken_back);
}

TEST_F(LentHousesTest, LendsNoneThatHasEnded) {
  auto ended = houses.lend();
  const std::filesystem::path place = ended->folder();
  run_command({"pkill", "-KILL", "-f", "BrokerHouse " + place.string()}, 10s);
  ASSERT_TRUE(eventually([&] { return !ended->is_running(); }, 30s));
  houses.take_back(std::move(ended));
  const auto next = houses.lend();
  EXPECT_NE(next->folder(), place);
  EXPECT_TRUE(next->is_running());
}

}  // namespace
}  // namespace klab
