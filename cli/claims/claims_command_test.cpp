// klab claims as a user runs it.

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/scratch_folder.hpp"
#include "runners/process/run_command.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

class ClaimsCommand : public testing::Test {
 protected:
  CommandResult claims(std::vector<std::string> arguments) {
    std::vector<std::string> argv{
        "/bin/sh",       "-c",    "cd \"$0\" && KLAB_CACHE=cache exec \"$@\"", folder_.path().string(),
        KLAB_EXECUTABLE, "claims"};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return run_command(argv, 30s);
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_.path() / name) << text;
  }

  ScratchFolder folder_;
};

const std::string kMeasured =
    R"({"klab": "measured", "version": 1, "claims": {"acks.default": {"versions": {"kafka": "4.3.0"},
        "values": [{"value": "all", "where": {"client": "java"}}]}}})";

TEST_F(ClaimsCommand, ListsEveryClaim) {
  const CommandResult result = claims({"list"});
  EXPECT_EQ(result.status.exit_code, 0);
  EXPECT_NE(result.output.find("acks.default"), std::string::npos);
  EXPECT_NE(result.output.find("zookeeper"), std::string::npos);
}

TEST_F(ClaimsCommand, GivesNoVerdictOnWhatWasNotMeasured) {
  write("r.md", "The default of acks is 0.\n");
  const CommandResult result = claims({"verify", "r.md", "--no-run"});
  EXPECT_EQ(result.status.exit_code, 2);
  EXPECT_NE(result.output.find("not measured yet: klab claims run"), std::string::npos) << result.output;
}

TEST_F(ClaimsCommand, WritesAPageAlsoWhereNothingWasMeasured) {
  EXPECT_EQ(claims({"page", "--out", "out"}).status.exit_code, 0);
  EXPECT_NE(read_whole_file(folder_.path() / "out/measured.html").find("What is the default of acks?"),
            std::string::npos);
  EXPECT_NE(read_whole_file(folder_.path() / "out/measured.md").find("0 of 68 questions"), std::string::npos);
}

TEST_F(ClaimsCommand, RefusesToMeasureWhatIsNoClaim) {
  const CommandResult result = claims({"run", "acks.defualt"});
  EXPECT_EQ(result.output, "klab: no claim acks.defualt; klab claims list says which there are\n");
  EXPECT_EQ(result.status.exit_code, 64);
}

TEST_F(ClaimsCommand, RefutesAndWritesItsPages) {
  write("r.md", "# A\n\nThe default of acks is 0.\n");
  write("m.json", kMeasured);
  const CommandResult result = claims({"verify", "r.md", "--measured", "m.json", "--out", "out"});
  EXPECT_EQ(result.status.exit_code, 1) << result.output;
  EXPECT_NE(result.output.find("r.md:3: acks.default: says the default of acks is 0"), std::string::npos)
      << result.output;
  EXPECT_NE(read_whole_file(folder_.path() / "out/verified.html").find("REFUTED"), std::string::npos);
  EXPECT_NE(read_whole_file(folder_.path() / "out/junit.xml").find("<failure"), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(read_whole_file(folder_.path() / "out/verified.json"))["counts"]["refuted"],
            1);
}

TEST_F(ClaimsCommand, RefusesWhatItCannotRead) {
  EXPECT_EQ(claims({"verify", "none.md"}).output, "klab: none.md: no such file; expected a report\n");
  EXPECT_EQ(claims({"verify", "none.md"}).status.exit_code, 64);
  write("r.md", "Text.\n");
  EXPECT_EQ(claims({"verify", "r.md", "--measured", "no.json"}).status.exit_code, 64);
  write("m.json", "{}");
  EXPECT_EQ(claims({"verify", "r.md", "--measured", "m.json"}).status.exit_code, 64);
  EXPECT_EQ(claims({}).status.exit_code, 64);
}

}  // namespace
}  // namespace klab
