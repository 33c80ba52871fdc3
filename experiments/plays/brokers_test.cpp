// What is concluded of topics that a broker creates by itself, and of what it needs beside itself.

#include <gtest/gtest.h>

#include "experiments/client_names.hpp"
#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

/// What the client was answered that asked for its topic; `name` may be null.
void ask(ToldHistory& story, const std::string& program, const ordered_json& name) {
  const ordered_json topics = ordered_json::array({{{"name", name}}});
  story.tell("wire", {{"response", "Metadata"}, {"of", program}, {"body", {{"topics", topics}}}});
}

/// Each client asks for a topic; `missing` of its API are not there in the end.
ToldHistory asked(const std::string& missing = "", const std::string& there = "there") {
  ToldHistory story;
  story.note("setting", "true");
  std::string topics = there;
  for (const std::string api : {"produce-", "subscribe-"})
    for (const std::string& client : kClients) {
      ask(story, api + client, api + client);
      if (api != missing) topics += " " + api + client;
    }
  return story.note("topics", topics);
}

std::string created(const ToldHistory& story) { return concluded("topic.autocreate", story.history); }

TEST(AutocreatePlay, SeesWhichTopicsAreThere) {
  EXPECT_EQ(created(asked()), of_each(10, "yes"));
  EXPECT_EQ(created(asked("subscribe-")), of_each(5, "yes") + "; " + of_each(5, "no"));
  EXPECT_EQ(created(asked("produce-")), of_each(5, "no") + "; " + of_each(5, "yes"));
}

TEST(AutocreatePlay, IsUndecidedWhenATopicThatIsThereIsNotSeen) {
  EXPECT_EQ(created(asked("", "elsewhere")), "undecided");
  EXPECT_EQ(created(asked("", "there nobody")), "undecided");
}

TEST(AutocreatePlay, IsUndecidedWhenAClientWasNotHeardToAskForItsTopicByName) {
  ToldHistory story = asked("produce-");
  std::erase_if(story.history.printed, [](const PrintedLine& line) {
    return line.program == "wire" && line.value.find("produce-java") != std::string::npos;
  });
  EXPECT_EQ(created(story), "undecided");
  ask(story, "produce-java", nullptr);
  EXPECT_EQ(created(story), "undecided");
  ask(story, "produce-java", "produce-java");
  EXPECT_EQ(created(story), of_each(5, "no") + "; " + of_each(5, "yes"));
}

struct Seen {
  ordered_json broker = {{"listens", {9092}}, {"talks to", ordered_json::array()}},
               klab = {{"listens", ordered_json::array()}, {"talks to", {9092}}};
  std::string settings = "";
  bool serves = true;
};

std::string zookeeper(const Seen& seen) {
  ToldHistory story;
  if (seen.serves) story.tell("receiver", {{"received", "served"}});
  story.tell(kNotes, {{"settings of ZooKeeper", seen.settings}, {"settings", 300}});
  story.note("sockets of the broker", seen.broker).note("sockets of klab", seen.klab);
  return concluded("zookeeper", story.history);
}

TEST(SurroundingsPlay, SeesThatABrokerNeedsNobody) { EXPECT_EQ(zookeeper({}), "no"); }

TEST(SurroundingsPlay, IsUndecidedWhenThereIsSomebodyOrASettingForIt) {
  EXPECT_EQ(zookeeper({.broker = {{"listens", {9092}}, {"talks to", {2181}}}}), "undecided");
  EXPECT_EQ(zookeeper({.settings = "zookeeper.connect "}), "undecided");
}

TEST(SurroundingsPlay, IsUndecidedWhenConnectionsWereNotSeen) {
  EXPECT_EQ(zookeeper({.klab = {{"listens", {1}}, {"talks to", {2181}}}}), "undecided");
  EXPECT_EQ(zookeeper({.broker = {{"listens", {9092}}}}), "undecided");
  EXPECT_EQ(zookeeper({.broker = {{"talks to", ordered_json::array()}}}), "undecided");
}

TEST(SurroundingsPlay, IsUndecidedWhenTheBrokerServesNobody) {
  EXPECT_EQ(zookeeper({.serves = false}), "undecided");
}

}  // namespace
}  // namespace klab
