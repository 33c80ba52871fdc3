#include "runners/guess/submission_guess.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

#include "checks/errors.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kRoles{"producer", "consumer", "topic_clean", "flush_each"};
constexpr const char* kArgparse =
    "add_argument('-f', '--config')\nadd_argument('-t', '--topic')\nadd_argument('-g', "
    "'--group')\n'bcsample'\n";
constexpr const char* kMain = "int main(int argc, char** argv) { getopt(argc, argv, \"f:t:g:d:\"); }\n";

/// Root reads everything; for as long as this lives, the test is somebody else.
class NotRoot {
 public:
  NotRoot() { is_changed_ = own_ == 0 && seteuid(65534) == 0; }
  ~NotRoot() {
    if (is_changed_ && seteuid(own_) != 0) std::abort();
  }
  NotRoot(const NotRoot&) = delete;
  NotRoot& operator=(const NotRoot&) = delete;

 private:
  uid_t own_ = geteuid();
  bool is_changed_ = false;
};

class GuessSubmission : public testing::Test {
 public:
  GuessSubmission& with(const std::string& name, const std::string& text = "") {
    folder_.write(name, text);
    return *this;
  }

 protected:
  SubmissionGuess guess() const { return guess_submission(folder_.path(), kRoles); }
  std::string command(const std::string& role) const { return guess().submission.programs.at(role); }
  std::string setup() const { return guess().submission.setup; }

  TestFolder folder_;
};

TEST_F(GuessSubmission, FindsNothingInAnEmptyFolder) {
  const SubmissionGuess empty = guess();
  EXPECT_TRUE(empty.programs.empty());
  EXPECT_EQ(empty.missing, kRoles);
  EXPECT_EQ(empty.submission.setup, "");
}

TEST_F(GuessSubmission, RefusesWhatIsNoFolder) {
  EXPECT_THROW(guess_submission(folder_ / "nothing", kRoles), BadInput);
  EXPECT_THROW(guess_submission(folder_.write("file", ""), kRoles), BadInput);
}

TEST_F(GuessSubmission, RefusesAFolderThatCannotBeRead) {
  fs::permissions(folder_.path(), fs::perms::none);
  {
    const NotRoot nobody;
    EXPECT_THROW(guess_submission(folder_.path(), kRoles), BadInput);
  }
  fs::permissions(folder_.path(), fs::perms::owner_all);
}

TEST_F(GuessSubmission, PassesOverAFolderInsideThatCannotBeRead) {
  with("producer.py", kArgparse).with("secret/consumer.py", kArgparse);
  fs::permissions(folder_.path(), fs::perms::all);
  fs::permissions(folder_ / "secret", fs::perms::none);
  const SubmissionGuess found = [&] {
    const NotRoot nobody;
    return guess();
  }();
  fs::permissions(folder_ / "secret", fs::perms::owner_all);
  EXPECT_EQ(found.programs.size(), 1u);
  EXPECT_EQ(found.doubts.back(), "secret: cannot be read: Permission denied");
}

TEST_F(GuessSubmission, InstallsPythonsRequirementsIntoAnEnvironment) {
  with("producer.py", kArgparse).with("requirements.txt", "confluent-kafka\n");
  EXPECT_EQ(setup(), "python3 -m venv .venv && .venv/bin/pip install --quiet -r requirements.txt");
  EXPECT_EQ(command("producer"), ".venv/bin/python producer.py -f {config} -t {topic}");
  EXPECT_EQ(guess().setup_from, "requirements.txt");
}

TEST_F(GuessSubmission, InstallsWhatPythonImportsWhereNothingElseSaysIt) {
  with("producer.py", std::string("from confluent_kafka import Producer\n") + kArgparse);
  EXPECT_EQ(setup(), "python3 -m venv .venv && .venv/bin/pip install --quiet confluent-kafka");
  EXPECT_EQ(guess().setup_from, "what the programs import, as there is no requirements.txt");
}

TEST_F(GuessSubmission, TakesNoListOfDependenciesForAPackage) {
  with("producer.py", "import confluent_kafka\nimport rich\n" + std::string(kArgparse));
  for (const char* text : {"[project]\nname = 'lab'\ndependencies = ['confluent-kafka', 'rich']\n",
                           "[build-system]\n[tool.poetry]\npackage-mode = false\n"}) {
    with("pyproject.toml", text);
    EXPECT_EQ(setup(), "python3 -m venv .venv && .venv/bin/pip install --quiet confluent-kafka");
    ASSERT_EQ(guess().doubts.size(), 1u);
    EXPECT_NE(guess().doubts[0].find("pyproject.toml describes no package"), std::string::npos);
  }
  with("pyproject.toml", "[build-system]\nrequires = ['hatchling']\n");
  EXPECT_EQ(setup(), "python3 -m venv .venv && .venv/bin/pip install --quiet .");
}

TEST_F(GuessSubmission, UsesThePlainInterpreterWhereNothingIsInstalled) {
  with("producer.py", kArgparse);
  EXPECT_EQ(setup(), "");
  EXPECT_EQ(command("producer"), "python3 producer.py -f {config} -t {topic}");
}

TEST_F(GuessSubmission, StartsAProgramBesideItsSample) {
  with("src/producer.py", kArgparse).with("src/bcsample.json", "[]").with("src/requirements.txt");
  EXPECT_EQ(setup(), "python3 -m venv .venv && .venv/bin/pip install --quiet -r src/requirements.txt");
  EXPECT_EQ(command("producer"), "cd src && ../.venv/bin/python producer.py -f {config} -t {topic}");
}

TEST_F(GuessSubmission, SetsVariablesForTheProgramAlone) {
  with("src/producer.py", "os.environ['TOPIC'] 'bcsample' os.environ['BROKER']")
      .with("src/bcsample.json", "[]");
  EXPECT_EQ(command("producer"), "cd src && TOPIC={topic} BROKER={bootstrap} python3 producer.py");
}

TEST_F(GuessSubmission, QuotesNamesForTheShell) {
  with("Übung 3/producer.py", kArgparse).with("Übung 3/requirements.txt");
  EXPECT_EQ(command("producer"), ".venv/bin/python 'Übung 3/producer.py' -f {config} -t {topic}");
  EXPECT_EQ(setup(), "python3 -m venv .venv && .venv/bin/pip install --quiet -r 'Übung 3/requirements.txt'");
}

TEST_F(GuessSubmission, InstallsNodesPackagesAsTheLockFileHasThem) {
  with("producer.js").with("package.json", "{}");
  EXPECT_EQ(setup(), "npm install --omit=dev --no-package-lock --no-audit --no-fund");
  with("package-lock.json", "{}");
  EXPECT_EQ(setup(), "npm ci --omit=dev --no-audit --no-fund");
  EXPECT_EQ(command("producer"), "node producer.js");
}

TEST_F(GuessSubmission, InstallsNodesPackagesInTheirFolder) {
  with("app/producer.js").with("app/package.json", "{}");
  EXPECT_EQ(setup(), "npm install --omit=dev --no-package-lock --no-audit --no-fund --prefix app");
  EXPECT_EQ(command("producer"), "node app/producer.js");
}

TEST_F(GuessSubmission, CompilesJavaByMaven) {
  with("src/main/java/lab/Producer.java",
       "package lab;\nclass Producer { public static void main(String[] args) { get(\"--topic\"); } }")
      .with("pom.xml");
  EXPECT_EQ(setup(), "mvn --batch-mode --quiet compile dependency:copy-dependencies");
  EXPECT_EQ(command("producer"),
            "java -cp 'target/classes:target/dependency/*' lab.Producer --topic {topic}");
}

TEST_F(GuessSubmission, CompilesJavaByGradle) {
  with("app/src/main/java/Producer.java", "class Producer { public static void main(String[] args) {} }")
      .with("app/build.gradle", "plugins { id 'application' }")
      .with("gradlew");
  EXPECT_EQ(setup(), "sh gradlew --no-daemon --quiet --project-dir app installDist");
  EXPECT_EQ(command("producer"), "java -cp \"$(echo app/build/install/*/lib)/*\" Producer");
}

TEST_F(GuessSubmission, CompilesJavaWithTheJarsThatAreThere) {
  with("Producer.java", "class Producer { public static void main(String[] args) {} }")
      .with("lib/kafka-clients.jar");
  EXPECT_EQ(setup(), "find . -name '*.java' -exec javac -d classes -cp 'lib/*' {} +");
  EXPECT_EQ(command("producer"), "java -cp 'classes:lib/*' Producer");
}

TEST_F(GuessSubmission, RunsAJar) {
  with("producer.jar");
  EXPECT_EQ(command("producer"), "java -jar producer.jar");
}

TEST_F(GuessSubmission, BuildsGoCommands) {
  with("go.mod")
      .with("cmd/producer/main.go", "package main\nfunc main() { flag.String(\"topic\", \"\", \"\") }")
      .with("consumer.go", "package main\nfunc main() {}");
  EXPECT_EQ(setup(), "go build -o bin/producer ./cmd/producer && go build -o bin/consumer consumer.go");
  EXPECT_EQ(command("producer"), "bin/producer --topic {topic}");
}

TEST_F(GuessSubmission, BuildsGoInTheFolderOfItsModule) {
  with("lab/go.mod").with("lab/producer/main.go", "package main\nfunc main() {}");
  EXPECT_EQ(setup(), "(cd lab && go build -o bin/producer ./producer)");
  EXPECT_EQ(command("producer"), "lab/bin/producer");
}

TEST_F(GuessSubmission, BuildsByCMakeUnderTheTargetsName) {
  with("src/producer.cpp", kMain)
      .with("src/consumer.cpp", kMain)
      .with("CMakeLists.txt", "add_subdirectory(src)")
      .with("src/CMakeLists.txt",
            "add_executable(send\n  producer.cpp x.cpp)\nadd_executable(consumer consumer.cpp)");
  EXPECT_EQ(setup(), "cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build");
  EXPECT_EQ(command("producer"), "build/src/send -f {config} -t {topic} -d {data}");
  EXPECT_EQ(command("consumer"), "build/src/consumer -f {config} -t {topic} -g {group}");
}

TEST_F(GuessSubmission, BuildsByMake) {
  with("producer.c", kMain)
      .with("consumer.c", kMain)
      .with("Makefile", "all: bin/producer\nbin/producer: producer.c\n");
  EXPECT_EQ(setup(), "make");
  EXPECT_EQ(command("producer"), "bin/producer -f {config} -t {topic} -d {data}");
  EXPECT_EQ(command("consumer"), "./consumer -f {config} -t {topic} -g {group}");
  EXPECT_EQ(guess().doubts.back(), "Makefile does not name consumer: it is taken to be made there");
}

TEST_F(GuessSubmission, CompilesOneFileByItself) {
  with("producer.c", kMain).with("consumer.cpp", kMain);
  EXPECT_EQ(setup(),
            "mkdir -p bin && cc -O2 -o bin/producer producer.c -lrdkafka && c++ -std=c++17 -O2 -o "
            "bin/consumer consumer.cpp -lrdkafka++ -lrdkafka");
  EXPECT_EQ(command("consumer"), "bin/consumer -f {config} -t {topic} -g {group}");
}

TEST_F(GuessSubmission, PublishesDotNetProjects) {
  with("Producer/Producer.csproj").with("Producer/Program.cs", "case \"--topic\":");
  EXPECT_EQ(setup(),
            "dotnet publish --configuration Release --output published/producer Producer/Producer.csproj");
  EXPECT_EQ(command("producer"), "dotnet published/producer/Producer.dll --topic {topic}");
}

TEST_F(GuessSubmission, RunsShellScriptsByTheirShell) {
  with("producer.sh", "#!/bin/bash\nbroker=$1\ntopic=$2\nkcat -P -b $broker -t $topic < bcsample.json")
      .with("consumer.sh", "kcat -C -b $1 -t $2");
  EXPECT_EQ(command("producer"), "bash producer.sh {bootstrap} {topic}");
  EXPECT_EQ(command("consumer"), "sh consumer.sh");
}

TEST_F(GuessSubmission, ReadsBackAsTheManifestThatItWrites) {
  with("producer.py", kArgparse).with("consumer.py", kArgparse).with("requirements.txt");
  const SubmissionGuess guessed = guess();
  with("submission.json", manifest_of(guessed));
  const Submission loaded = load_submission(folder_.path());
  EXPECT_EQ(loaded.programs, guessed.submission.programs);
  EXPECT_EQ(loaded.setup, guessed.submission.setup);
  EXPECT_EQ(describe_programs(guessed), "producer (producer.py), consumer (consumer.py)");
  EXPECT_EQ(manifest_of(guessed), R"({
  "setup": "python3 -m venv .venv && .venv/bin/pip install --quiet -r requirements.txt",
  "programs": {
    "producer": ".venv/bin/python producer.py -f {config} -t {topic}",
    "consumer": ".venv/bin/python consumer.py -f {config} -t {topic} -g {group}"
  }
}
)");
}

}  // namespace
}  // namespace klab
