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
    {"experiments", {"checks", "runners", "fixtures", "claims"}},
    {"cli", {"checks", "runners", "fixtures", "specs", "reports", "claims", "experiments"}},
    {"bench", {"checks", "runners", "fixtures", "specs", "reports", "claims", "experiments", "cli"}},
};

struct Include {
  std::string place = {};  ///< "reports/junit.cpp:7"
  std::string from = {};
  std::string to = {};
  std::string from_folder = {};  ///< "checks/facts"
  std::string to_folder = {};
};

/// The includes of one source text that name a file in one of our folders.
std::vector<Include> includes_in(const std::string& text, const std::string& file) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*["<](?:\.\.?/)*(([a-z]+)[a-z_/]*)/)");
  std::vector<Include> includes;
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number)
    if (std::smatch found; std::regex_search(line, found, kInclude) && kMayUse.contains(found[2]))
      includes.push_back({fmt::format("{}:{}", file, number), file.substr(0, file.find('/')), found[2],
                          file.substr(0, file.rfind('/')), found[1]});
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

using Edges = std::map<std::string, Folders>;

bool lies_within(const std::string& folder, const std::string& other) {
  return (folder + "/").starts_with(other + "/");
}

/// Which inner folder uses which, at any depth. What lies directly in a folder belongs together with what
/// lies deeper, and tests may use whatever helps them.
Edges inner_edges(const std::vector<Include>& includes) {
  Edges edges;
  for (const Include& include : includes) {
    const bool is_tests = include.place.find("_test.cpp:") != std::string::npos ||
                          include.place.find("_for_tests.") != std::string::npos;
    const std::string &from = include.from_folder, &to = include.to_folder;
    if (!is_tests && include.from == include.to && !lies_within(from, to) && !lies_within(to, from))
      edges[from].insert(to);
  }
  return edges;
}

bool leads_to(const Edges& edges, const std::string& from, const std::string& to, Folders& seen) {
  if (!seen.insert(from).second || !edges.contains(from)) return false;
  return std::ranges::any_of(
      edges.at(from), [&](const std::string& next) { return next == to || leads_to(edges, next, to, seen); });
}

/// Those that come back to themselves by way of others.
Folders circular(const Edges& edges) {
  Folders found;
  for (const auto& [folder, _] : edges)
    if (Folders seen; leads_to(edges, folder, folder, seen)) found.insert(folder);
  return found;
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

TEST(Layering, NoInnerFolderReachesBackUp) {
  const Edges edges = inner_edges(includes_under(KLAB_SOURCE_DIR));
  EXPECT_TRUE(edges.contains("checks/groups") && edges.at("checks/groups").contains("checks/facts"))
      << "this test sees nothing";
  EXPECT_EQ(circular(edges), Folders{});
}

TEST(Layering, SeesACircleOfInnerFolders) {
  std::vector<Include> includes;
  const auto add = [&](const std::string& file, const std::string& line) {
    std::ranges::move(includes_in("#include \"" + line + "\"", file), std::back_inserter(includes));
  };
  add("runners/a/x.cpp", "runners/b/y.hpp");
  add("runners/b/y.cpp", "runners/c/z.hpp");
  add("runners/c/z_test.cpp", "runners/a/x.hpp");
  EXPECT_EQ(circular(inner_edges(includes)), Folders{});
  add("runners/c/z.cpp", "runners/a/x.hpp");
  add("runners/c/z.cpp", "runners/c/deeper/w.hpp");
  EXPECT_EQ(circular(inner_edges(includes)), (Folders{"runners/a", "runners/b", "runners/c"}));
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
  const std::vector<std::string> folders{"checks", "runners",     "fixtures", "specs", "reports",
                                         "claims", "experiments", "cli",      "bench"};
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
            "experiments checks\nexperiments runners\nexperiments fixtures\nexperiments claims\n"
            "cli checks\ncli runners\ncli fixtures\ncli specs\ncli reports\ncli claims\ncli experiments\n"
            "bench checks\nbench runners\nbench fixtures\nbench specs\nbench reports\nbench claims\n"
            "bench experiments\nbench cli\n");
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
