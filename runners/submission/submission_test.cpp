#include "runners/submission/submission.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

const std::string kProgram = R"("programs": {"producer": "python3 producer.py"})";

struct SubmissionTest : testing::Test {
  Submission load(const std::string& manifest) const {
    folder.write("submission.json", manifest);
    return load_submission(folder.path());
  }

  /// What is said about a manifest, without the manifest's own path.
  std::string error_of(const std::string& manifest) const {
    try {
      load(manifest);
    } catch (const BadInput& error) {
      const std::string what = error.what(), file = (folder / "submission.json").string() + ":";
      EXPECT_TRUE(what.starts_with(file)) << what;
      EXPECT_EQ(what.find('\n'), std::string::npos) << "one line: " << what;
      return what.substr(file.size());
    }
    return "no error";
  }

  static std::string error_of_folder(const std::filesystem::path& folder) {
    try {
      load_submission(folder);
    } catch (const BadInput& error) {
      return error.what();
    }
    return "no error";
  }

  TestFolder folder;
};

TEST_F(SubmissionTest, TakesProgramsAlone) {
  const Submission submission = load("{" + kProgram + "}");
  EXPECT_EQ(submission.folder, folder.path());
  EXPECT_EQ(submission.programs, (std::map<std::string, std::string>{{"producer", "python3 producer.py"}}));
  EXPECT_TRUE(submission.has("producer"));
  EXPECT_FALSE(submission.has("consumer"));
  EXPECT_EQ(submission.setup, "");
  EXPECT_EQ(submission.consumed_pattern, "");
}

TEST_F(SubmissionTest, TakesEveryField) {
  const Submission submission = load(R"json({
    "name": "Ann Onymous",
    "programs": {"producer": "./p {topic}", "consumer": "./c {topic}", "topic_clean": "./t"},
    "setup": "make",
    "output": {"consumed": "value (?<value>.*)"}
  })json");
  EXPECT_EQ(submission.programs.size(), 3u);
  EXPECT_EQ(submission.programs.at("consumer"), "./c {topic}");
  EXPECT_EQ(submission.setup, "make");
  EXPECT_EQ(submission.consumed_pattern, "value (?<value>.*)");
}

TEST_F(SubmissionTest, TakesAByteOrderMarkAndAnOutputWithoutPatterns) {
  EXPECT_EQ(load("\xEF\xBB\xBF{" + kProgram + R"(, "output": {}})").consumed_pattern, "");
}

TEST_F(SubmissionTest, FindsItsFolderBehindALink) {
  load("{" + kProgram + "}");
  const TestFolder other;
  std::filesystem::create_directory_symlink(folder.path(), other / "link");
  EXPECT_EQ(load_submission(other / "link").folder, folder.path());
}

TEST_F(SubmissionTest, NeedsAFolder) {
  EXPECT_EQ(error_of_folder("/no/such/place"), "/no/such/place: no such folder; expected a submission");
  const std::string file = folder.write("file", "").string();
  EXPECT_EQ(error_of_folder(file), file + ": not a folder; expected a submission");
}

TEST_F(SubmissionTest, NeedsAManifest) {
  const std::string file = (folder / "submission.json").string();
  EXPECT_EQ(error_of_folder(folder.path()), file + ": not found; expected the submission's manifest there");
  std::filesystem::create_directory(folder / "submission.json");
  EXPECT_EQ(error_of_folder(folder.path()),
            file + ": cannot be read; expected the submission's manifest there");
}

TEST_F(SubmissionTest, RefusesAManifestThatLiesElsewhere) {
  const TestFolder other;
  std::filesystem::create_symlink(other.write("secret.json", "\"token\""), folder / "submission.json");
  EXPECT_EQ(error_of_folder(folder.path()),
            (folder / "submission.json").string() + ": is a link to what is not in the submission");
}

TEST_F(SubmissionTest, RefusesAFieldThatIsThereTwice) {
  EXPECT_EQ(error_of(R"({"programs": {"producer": "a", "producer": "b"}})"),
            " field \"producer\" is there twice");
}

TEST_F(SubmissionTest, RefusesUtf16) {
  EXPECT_EQ(error_of(std::string("\xFF\xFE{\0}\0", 6)), " is UTF-16; expected UTF-8");
}

TEST_F(SubmissionTest, SaysWhereTheManifestIsNoJson) {
  EXPECT_EQ(error_of("{\n  \"programs\": {\n    \"producer\": \"x\""),
            "3:20: not valid JSON: unexpected end of input; expected '}'");
  EXPECT_EQ(error_of("{\n  \"programs\": {\n    \"producer\": \"x\",\n  }\n}"),
            "4:3: not valid JSON: unexpected '}'; expected string literal");
  EXPECT_EQ(error_of(R"({"programs": 1e999})"), " holds a number that is too large");
  EXPECT_EQ(error_of(""), "1:1: not valid JSON: unexpected end of input; expected '[', '{', or a literal");
}

TEST_F(SubmissionTest, SaysSoInAFewWordsHoweverLongTheManifestIs) {
  EXPECT_LT(error_of(R"({"programs": ")" + std::string(100'000, 'x')).size(), 300u);
  EXPECT_LT(error_of(R"({"programs": ")" + std::string(100'000, 'x') + "\"}").size(), 300u);
}

TEST_F(SubmissionTest, SaysWhenTheManifestNestsTooDeep) {
  const std::string deep(200'000, '[');
  EXPECT_EQ(error_of(R"({"programs": )" + deep + std::string(200'000, ']') + "}"),
            " nests deeper than 100 levels");
}

TEST_F(SubmissionTest, NeedsAnObject) { EXPECT_EQ(error_of("[1, 2]"), "1: expected an object, got [1,2]"); }

TEST_F(SubmissionTest, NeedsPrograms) {
  EXPECT_EQ(error_of("{}"), R"(1: field "programs": missing; expected {"producer": "a command", ..})");
  EXPECT_EQ(error_of("{\n\"programs\": {}}"),
            R"(2: field "programs": expected at least one program, got {})");
  EXPECT_EQ(error_of("{\n\"programs\": [\"x\"]}"), R"(2: field "programs": expected an object, got ["x"])");
  EXPECT_EQ(error_of("{\n\"programs\": \"two\\nlines\"}"),
            R"(2: field "programs": expected an object, got "two\nlines")");
}

TEST_F(SubmissionTest, NeedsACommandForEachProgram) {
  EXPECT_EQ(error_of("{\"programs\": {\n\"producer\": \"x\",\n\"consumer\": [\"python3\", \"c.py\"]}}"),
            R"(3: field "programs.consumer": expected a text, got ["python3","c.py"])");
  EXPECT_EQ(error_of("{\"programs\": {\n\"producer\": null}}"),
            R"(2: field "programs.producer": expected a text, got null)");
  EXPECT_EQ(error_of("{\"programs\": {\n\"producer\": \" \\n\"}}"),
            R"(2: field "programs.producer": expected a command, got " \n")");
}

TEST_F(SubmissionTest, NeedsCommandsThatAShellCanBeHanded) {
  EXPECT_EQ(error_of("{\"programs\": {\n\"producer\": \"echo a\\u0000b\"}}"),
            R"(2: field "programs.producer": expected a text without NUL, got "echo a\u0000b")");
  EXPECT_EQ(error_of("{\"programs\": {\n\"producer\": \"" + std::string(100'001, 'x') + "\"}}"),
            R"(2: field "programs.producer": 100001 bytes long; expected at most 100000)");
}

TEST_F(SubmissionTest, NamesAnUnknownField) {
  EXPECT_EQ(error_of("{" + kProgram + ",\n\"outputs\": {}}"),
            R"(2: field "outputs": unknown; expected one of name, programs, setup, output)");
  EXPECT_EQ(error_of("{" + kProgram + ",\n\"output\": {\n\"produced\": \"x\"}}"),
            R"(3: field "output.produced": unknown; expected "consumed")");
}

TEST_F(SubmissionTest, NamesAFieldOfTheWrongType) {
  EXPECT_EQ(error_of("{" + kProgram + ",\n\"setup\": [\"make\"]}"),
            R"(2: field "setup": expected a text, got ["make"])");
  EXPECT_EQ(error_of("{" + kProgram + ",\n\"name\": 7}"), R"(2: field "name": expected a text, got 7)");
  EXPECT_EQ(error_of("{" + kProgram + ",\n\"output\": \"x\"}"),
            R"(2: field "output": expected an object, got "x")");
  EXPECT_EQ(error_of("{" + kProgram + ", \"output\": {\n\"consumed\": 1}}"),
            R"(2: field "output.consumed": expected a text, got 1)");
}

TEST_F(SubmissionTest, SaysWhereAPatternIsWrong) {
  EXPECT_EQ(
      error_of("{" + kProgram + ", \"output\": {\n\"consumed\": \"value (?<value>.*\"}}"),
      "2: field \"output.consumed\": not a regular expression, at character 18: missing closing parenthesis");
}

}  // namespace
}  // namespace klab
