#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/guess/folder_files.hpp"

namespace klab {

/// How a file is run. `unknown`: klab knows that it is a program, and not how it is run.
enum class SourceLanguage { python, javascript, shell, java, jar, go, cpp, c, csharp, unknown };

/// The file that plays a role, as far as its name tells.
struct RoleFile {
  std::string role = {};
  std::filesystem::path name = {};  ///< relative to the submission
  SourceLanguage language = SourceLanguage::unknown;
};

struct RoleFiles {
  std::vector<RoleFile> chosen = {};  ///< in the order of the roles
  std::vector<std::string> doubts = {};
};

/// Finds the programs by their names: the role's words in any order and spelling (topic_clean.py,
/// TopicClean.java, clean-topic/main.go), first without and then with words that say nothing
/// (kafka_producer.py). Of several the least deep is taken, then that in the language of most; where that
/// leaves two, none is, and a doubt says so.
RoleFiles choose_role_files(const FolderFiles& files, const std::vector<std::string>& roles);

/// The words of a file's or role's name, in lower case: "TwoTopicProducer" -> two, topic, producer.
std::vector<std::string> words_of(const std::string& name);

}  // namespace klab
