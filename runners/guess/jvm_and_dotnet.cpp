// Programs for the Java and .NET runtimes.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <regex>
#include <set>

#include "runners/guess/commands.hpp"
#include "runners/submission/command_line.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

/// The class with its package, as `java` wants it.
std::string class_name(const FolderFiles& files, const fs::path& source) {
  static const std::regex kPackage(R"((?:^|\n)\s*package\s+([\w.]{1,200})\s*;)");
  const std::string text = files.text(source);
  std::smatch package;
  const std::string stem = source.stem().string();
  return std::regex_search(text, package, kPackage) ? package[1].str() + "." + stem : stem;
}

std::string java(const std::string& class_path, const std::string& main_class) {
  return fmt::format("java -cp {} {}", class_path, shell_word(main_class));
}

std::string by_maven(GuessedCommands& commands, const fs::path& pom, const std::string& main_class) {
  const fs::path folder = pom.parent_path();
  const std::string file = folder.empty() ? "" : fmt::format(" --file {}", path_word(pom));
  add_once(commands.setup,
           fmt::format("mvn --batch-mode --quiet{} compile dependency:copy-dependencies", file));
  add_once(commands.setup_from, pom.string());
  return java(shell_word(fmt::format("{}:{}/*", (folder / "target/classes").string(),
                                     (folder / "target/dependency").string())),
              main_class);
}

/// The plugin `application` alone puts a program and all it needs into one folder.
std::string by_gradle(GuessedCommands& commands, const FolderFiles& files, const fs::path& build,
                      const std::string& main_class) {
  const fs::path folder = build.parent_path();
  const fs::path wrapper = files.nearest(folder, {"gradlew"});
  const std::string gradle = wrapper.empty() ? "gradle" : fmt::format("sh {}", path_word(wrapper));
  const std::string there = folder.empty() ? "" : fmt::format(" --project-dir {}", path_word(folder));
  add_once(commands.setup, fmt::format("{} --no-daemon --quiet{} installDist", gradle, there));
  add_once(commands.setup_from, build.string());
  if (files.text(build).find("application") == std::string::npos)
    add_once(commands.doubts,
             fmt::format("{} has no plugin \"application\", without which there is no installDist",
                         build.string()));
  return java(fmt::format("\"$(echo {}/*/lib)/*\"", path_word(folder / "build/install")), main_class);
}

std::string by_javac(GuessedCommands& commands, const FolderFiles& files, const std::string& main_class) {
  std::set<std::string> jars;
  for (const fs::path& name : files.names())
    if (name.extension() == ".jar") jars.insert((name.parent_path() / "*").string());
  const std::string libraries = fmt::format("{}", fmt::join(jars, ":"));
  const std::string class_path = libraries.empty() ? "" : fmt::format(" -cp {}", shell_word(libraries));
  add_once(commands.setup, fmt::format("find . -name '*.java' -exec javac -d classes{} {{}} +", class_path));
  add_once(commands.setup_from, "the Java sources, as there is neither pom.xml nor build.gradle");
  if (jars.empty())
    add_once(commands.doubts,
             "there is no jar beside the Java sources: where does Kafka's client come from?");
  return java(shell_word(libraries.empty() ? "classes" : "classes:" + libraries), main_class);
}

}  // namespace

void add_java(GuessedCommands& commands, const FolderFiles& files, const std::vector<RoleFile>& programs) {
  for (const RoleFile& program : programs) {
    std::string& command = commands.by_role[program.role];
    if (program.language == SourceLanguage::jar) {
      command = fmt::format("java -jar {}", path_word(program.name));
      continue;
    }
    const std::string main_class = class_name(files, program.name);
    const fs::path build =
        files.nearest(program.name.parent_path(), {"pom.xml", "build.gradle", "build.gradle.kts"});
    command = build.empty()                   ? by_javac(commands, files, main_class)
              : build.filename() == "pom.xml" ? by_maven(commands, build, main_class)
                                              : by_gradle(commands, files, build, main_class);
  }
}

void add_csharp(GuessedCommands& commands, const FolderFiles&, const std::vector<RoleFile>& programs) {
  for (const RoleFile& program : programs) {
    const fs::path out = fs::path("published") / program.role;
    commands.setup.push_back(fmt::format("dotnet publish --configuration Release --output {} {}",
                                         path_word(out), path_word(program.name)));
    add_once(commands.setup_from, program.name.string());
    commands.by_role[program.role] =
        fmt::format("dotnet {}", path_word(out / (program.name.stem().string() + ".dll")));
  }
}

}  // namespace klab
