#include "runners/guess/role_files.hpp"

#include <gtest/gtest.h>

#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

const std::vector<std::string> kRoles{
    "producer",       "consumer",           "topic_clean",        "keyed_producer",
    "keyed_consumer", "committed_consumer", "two_topic_producer", "transactional_producer"};

class RoleFilesTest : public testing::Test {
 public:
  RoleFilesTest& with(const std::string& name, const std::string& text = "") {
    folder_.write(name, text);
    return *this;
  }

 protected:
  RoleFiles choice() const { return choose_role_files(FolderFiles(folder_.path()), kRoles); }

  /// The file for a role; empty where there is none.
  std::string file_of(const std::string& role) const {
    for (const RoleFile& chosen : choice().chosen)
      if (chosen.role == role) return chosen.name.string();
    return {};
  }

  TestFolder folder_;
};

TEST(WordsOf, AreThoseOfAnySpelling) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(words_of("TwoTopicProducer"), (Words{"two", "topic", "producer"}));
  EXPECT_EQ(words_of("topic-clean"), (Words{"topic", "clean"}));
  EXPECT_EQ(words_of("topic clean_2"), (Words{"topic", "clean", "2"}));
  EXPECT_EQ(words_of("Übung"), (Words{"Übung"}));
  EXPECT_TRUE(words_of("").empty());
}

TEST_F(RoleFilesTest, AreFoundInEachSpelling) {
  with("producer.py")
      .with("TopicClean.py")
      .with("keyed-consumer.py")
      .with("txn_producer.py")
      .with("producer_2_topics.py");
  EXPECT_EQ(file_of("producer"), "producer.py");
  EXPECT_EQ(file_of("topic_clean"), "TopicClean.py");
  EXPECT_EQ(file_of("keyed_consumer"), "keyed-consumer.py");
  EXPECT_EQ(file_of("transactional_producer"), "txn_producer.py");
  EXPECT_EQ(file_of("two_topic_producer"), "producer_2_topics.py");
  EXPECT_EQ(file_of("consumer"), "");
}

TEST_F(RoleFilesTest, AreNotTestsCopiesOrOtherPrograms) {
  with("test_producer.py")
      .with("producer copy.py")
      .with("old_consumer.py")
      .with("slow_producer.py")
      .with("producer.txt");
  EXPECT_TRUE(choice().chosen.empty());
}

TEST_F(RoleFilesTest, MayHaveWordsThatSayNothing) {
  with("kafka_producer.py")
      .with("MyConsumerExample.java", "class X { public static void main(String[] a) {} }");
  EXPECT_EQ(file_of("producer"), "kafka_producer.py");
  EXPECT_EQ(file_of("consumer"), "MyConsumerExample.java");
}

TEST_F(RoleFilesTest, AreNamedByTheirFolderWhereTheFileIsAnEntryPoint) {
  with("cmd/producer/main.go", "package main\nfunc main() {}").with("consumer/index.js");
  EXPECT_EQ(file_of("producer"), "cmd/producer/main.go");
  EXPECT_EQ(file_of("consumer"), "consumer/index.js");
}

TEST_F(RoleFilesTest, OfCompiledLanguagesHaveAMain) {
  with("Producer.java", "class Producer {}").with("consumer.cpp", "void consume() {}");
  EXPECT_TRUE(choice().chosen.empty());
}

TEST_F(RoleFilesTest, OfTheExactNameGoBeforeOthers) {
  with("producer.py").with("my_producer.py");
  EXPECT_EQ(file_of("producer"), "producer.py");
  EXPECT_EQ(choice().doubts,
            std::vector<std::string>{"producer is taken to be producer.py, not my_producer.py"});
}

TEST_F(RoleFilesTest, LeastDeepGoBeforeOthers) {
  with("old/producer.py").with("producer.py");
  EXPECT_EQ(file_of("producer"), "producer.py");
}

TEST_F(RoleFilesTest, InTheLanguageOfMostGoBeforeOthers) {
  with("producer.py").with("producer.js").with("consumer.js");
  EXPECT_EQ(file_of("producer"), "producer.js");
}

TEST_F(RoleFilesTest, AreNotChosenWhereTwoAreAsGood) {
  with("first/producer.py").with("second/producer.py");
  EXPECT_TRUE(choice().chosen.empty());
  EXPECT_EQ(choice().doubts, std::vector<std::string>{
                                 "producer may be first/producer.py or second/producer.py: none was taken"});
}

TEST_F(RoleFilesTest, AreNamedAlsoWhereKlabCannotRunThem) {
  with("producer.ts");
  EXPECT_TRUE(choice().chosen.empty());
  EXPECT_EQ(choice().doubts,
            std::vector<std::string>{"producer may be producer.ts, but klab cannot tell how it is run"});
}

TEST_F(RoleFilesTest, MayBeScriptsWithoutAnExtension) {
  with("producer", "#!/usr/bin/env python3\n")
      .with("consumer", "no program")
      .with("topic_clean", "#!/bin/sh\n");
  EXPECT_EQ(file_of("producer"), "producer");
  EXPECT_EQ(file_of("consumer"), "");
  EXPECT_EQ(choice().chosen.back().language, SourceLanguage::shell);
}

TEST_F(RoleFilesTest, AreNotLookedForWhereToolsPutThings) {
  with("node_modules/x/producer.js")
      .with(".venv/producer.py")
      .with("target/classes/Producer.java", "main(")
      .with("__pycache__/producer.py");
  EXPECT_TRUE(choice().chosen.empty());
}

TEST_F(RoleFilesTest, MayLieInFoldersWithSpacesAndLettersOfAnyLanguage) {
  with("Übung 3/lösung/producer.py");
  EXPECT_EQ(file_of("producer"), "Übung 3/lösung/producer.py");
}

TEST_F(RoleFilesTest, PassOverNamesThatNoCommandCanHold) {
  with("{topic}/producer.py").with("con\nsumer/consumer.py").with("\xff/topic_clean.py");
  EXPECT_TRUE(choice().chosen.empty());
  EXPECT_EQ(FolderFiles(folder_.path()).doubts().size(), 3u);
}

}  // namespace
}  // namespace klab
