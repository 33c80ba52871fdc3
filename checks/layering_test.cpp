#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace klab {
namespace {

namespace fs = std::filesystem;

using Folders = std::set<std::string>;

/// What each folder may use besides itself. No folder reaches back up.
const std::map<std::string, Folders> kMayUse{
    {"checks", {}},
    {"runners", {"checks"}},
    {"fixtures", {"checks", "runners"}},
    {"specs", {"checks", "runners", "fixtures"}},
    {"reports", {"checks"}},
    {"claims", {"checks", "runners", "fixtures", "reports"}},
    {"cli", {"checks", "runners", "fixtures", "specs", "reports", "claims"}},
    {"bench", {"checks", "runners", "fixtures", "specs", "reports", "claims", "cli"}},
};

struct Include {
  std::string place = {};  ///< "reports/junit.cpp:7"
  std::string from = {};
  std::string to = {};
};

/// The includes of one source text that name a file in one of our folders.
std::vector<Include> includes_in(const std::string& text, const std::string& file) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*["<](?:\.\.?/)*([a-z]+)/)");
  std::vector<Include> includes;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number)
    if (std::smatch found; std::regex_search(line, found, kInclude) && kMayUse.contains(found[1]))
      includes.push_back({fmt::format("{}:{}", file, number), file.substr(0, file.find('/')), found[1]});
  return includes;
}

/// The includes that their folder may not have, each with its place.
std::vector<std::string> back_edges(const std::vector<Include>& includes) {
  std::vector<std::string> bad;
  for (const Include& include : includes)
    if (include.from != include.to && !kMayUse.at(include.from).contains(include.to))
      bad.push_back(fmt::format("{}: {} may not use {}", include.place, include.from, include.to));
  return bad;
}

bool is_source(const fs::path& file) { return file.extension() == ".hpp" || file.extension() == ".cpp"; }

std::vector<Include> includes_under(const fs::path& root) {
  std::vector<Include> includes;
  for (const auto& [folder, uses] : kMayUse) {
    if (!fs::is_directory(root / folder)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
      const fs::path& file = entry.path();
      if (!is_source(file)) continue;
      std::ifstream in(file);
      const std::string text(std::istreambuf_iterator<char>(in), {});
      std::ranges::move(includes_in(text, file.lexically_relative(root).string()),
                        std::back_inserter(includes));
    }
  }
  return includes;
}

/// In the form of the messages, for one include in one file.
std::vector<std::string> back_edges_of(const std::string& file, const std::string& line) {
  return back_edges(includes_in(line, file));
}

TEST(Layering, NoFolderReachesBackUp) {
  const std::vector<Include> includes = includes_under(KLAB_SOURCE_DIR);
  EXPECT_GT(includes.size(), 20u) << "too few includes found under " KLAB_SOURCE_DIR
                                     ": this test sees nothing";
  const std::vector<std::string> bad = back_edges(includes);
  EXPECT_TRUE(bad.empty()) << fmt::format("{}", fmt::join(bad, "\n"));
}

TEST(Layering, SeesEdgesBetweenFolders) {
  const std::vector<Include> includes = includes_under(KLAB_SOURCE_DIR);
  EXPECT_TRUE(std::ranges::any_of(includes, [](const Include& include) {
    return include.from == "reports" && include.to == "checks";
  })) << "reports use checks, and this test does not see it";
}

TEST(Layering, ReportsABackEdgeWithItsPlace) {
  const std::string text = "#pragma once\n\n#include <string>\n#include \"cli/check_command.hpp\"\n";
  EXPECT_EQ(back_edges(includes_in(text, "checks/made_up.hpp")),
            (std::vector<std::string>{"checks/made_up.hpp:4: checks may not use cli"}));
}

TEST(Layering, KnowsEveryEdgeThatIsNotAllowed) {
  const std::vector<std::string> folders{"checks", "runners", "fixtures", "specs", "reports", "claims", "cli", "bench"};
  std::string allowed;
  for (const std::string& from : folders)
    for (const std::string& to : folders)
      if (back_edges_of(from + "/a.cpp", "#include \"" + to + "/b.hpp\"").empty() && from != to)
        allowed += from + " " + to + "\n";
  EXPECT_EQ(allowed,
            "runners checks\n"
            "fixtures checks\nfixtures runners\n"
            "specs checks\nspecs runners\nspecs fixtures\n"
            "reports checks\n"
            "claims checks\nclaims runners\nclaims fixtures\nclaims reports\n"
            "cli checks\ncli runners\ncli fixtures\ncli specs\ncli reports\ncli claims\n"
            "bench checks\nbench runners\nbench fixtures\nbench specs\nbench reports\nbench claims\nbench cli\n");
}

TEST(Layering, SeesThroughOtherWaysToWriteAnInclude) {
  for (const std::string line :
       {"#include \"cli/a.hpp\"", "#include <cli/a.hpp>", "  #  include\t\"cli/a.hpp\"  // why",
        "#include \"../cli/a.hpp\"", "#include \"../../cli/deeper/a.hpp\"", "#include \"cli/a.hpp\"\r"})
    EXPECT_EQ(back_edges_of("reports/html/page.cpp", line).size(), 1u) << line;
}

TEST(Layering, PassesOverWhatIsNoIncludeOfOurs) {
  for (const std::string line : {"// #include \"cli/a.hpp\"", "#include <fmt/format.h>",
                                 "#include \"client/a.hpp\"", "#include <cli.hpp>", "cli/a.hpp"})
    EXPECT_TRUE(includes_in(line, "checks/a.cpp").empty()) << line;
}

}  // namespace
}  // namespace klab
