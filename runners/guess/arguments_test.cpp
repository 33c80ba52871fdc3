#include "runners/guess/arguments.hpp"

#include <gtest/gtest.h>

#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

/// What is guessed for a program of this text, alone in its folder.
GuessedArguments guessed(const std::string& role, SourceLanguage language, const std::string& text,
                         const std::string& name = "program.py") {
  const TestFolder folder;
  folder.write(name, text);
  return guess_arguments(FolderFiles(folder.path()), {role, name, language}, {});
}

GuessedArguments in_python(const std::string& role, const std::string& text) {
  return guessed(role, SourceLanguage::python, text);
}

using Texts = std::vector<std::string>;

TEST(GuessArguments, TakesConfluentsExamplesByTheirLetters) {
  const GuessedArguments arguments = in_python("producer", R"(
    required.add_argument('-f',
                          dest="config_file",
                          help="path to Confluent Cloud configuration file",
                          required=True)
    required.add_argument('-t',
                          dest="topic",
                          help="topic name",
                          required=True)
    open("bcsample.json"))");
  EXPECT_EQ(arguments.words, " -f {config} -t {topic}");
  EXPECT_TRUE(arguments.untold.empty());
  EXPECT_TRUE(arguments.doubts.empty());
}

TEST(GuessArguments, SaysWhichLettersItTookForWhat) {
  const GuessedArguments arguments = in_python("consumer", "getopt.getopt(sys.argv[1:], 'f:t:g:v')");
  EXPECT_EQ(arguments.words, " -f {config} -t {topic} -g {group}");
  EXPECT_EQ(arguments.doubts,
            Texts{"-f is taken to be {config}, -t is taken to be {topic}, -g is taken to be {group}"});
}

TEST(GuessArguments, BelievesANameMoreThanALetter) {
  const GuessedArguments arguments = in_python("producer", R"(
    parser.add_argument('-f', '--file')
    parser.add_argument('-t', '--threads')
    parser.add_argument('-c', '--config-file')
    parser.add_argument('--topic'))");
  EXPECT_EQ(arguments.words, " -c {config} --topic {topic} -f {data}");
}

TEST(GuessArguments, GivesARoleOnlyWhatItNeeds) {
  const std::string text =
      R"(add_argument("--topic") add_argument("--key") add_argument("--data") add_argument("--group")
                              add_argument("--brokers"))";
  EXPECT_EQ(in_python("producer", text).words, " --brokers {bootstrap} --topic {topic} --data {data}");
  EXPECT_EQ(in_python("consumer", text).words, " --brokers {bootstrap} --topic {topic} --group {group}");
  EXPECT_EQ(in_python("keyed_consumer", text).words,
            " --brokers {bootstrap} --topic {topic} --group {group} --key {key}");
}

TEST(GuessArguments, SaysWhatItCannotSee) {
  const GuessedArguments arguments =
      in_python("consumer", "c = Consumer({'group.id': 'x'}); c.subscribe(['t'])");
  EXPECT_EQ(arguments.words, "");
  EXPECT_EQ(arguments.untold, (Texts{"bootstrap", "topic", "group"}));
}

TEST(GuessArguments, TakesPositionsWhoseVariablesHaveNames) {
  EXPECT_EQ(in_python("producer", "broker = sys.argv[1]\ntopic = sys.argv[2]\n").words,
            " {bootstrap} {topic}");
  EXPECT_EQ(guessed("consumer", SourceLanguage::javascript,
                    "const topic = process.argv[2]; const groupId = process.argv[3]")
                .words,
            " {topic} {group}");
  EXPECT_EQ(
      guessed("producer", SourceLanguage::java, "String configFile = args[0]; String topic = args[1];").words,
      " {config} {topic}");
  EXPECT_EQ(guessed("consumer", SourceLanguage::shell,
                    "broker=$1\ntopic=\"$2\"\ngroup=${3}\nkcat -b $broker -G $group $topic")
                .words,
            " {bootstrap} {topic} {group}");
  EXPECT_EQ(
      guessed("producer", SourceLanguage::c, "const char *brokers = argv[1]; const char *topic = argv[2];")
          .words,
      " {bootstrap} {topic}");
}

TEST(GuessArguments, LeavesPositionsOutThatItCannotName) {
  const GuessedArguments arguments = in_python("producer", "topic = sys.argv[1]\nx = sys.argv[2]\n");
  EXPECT_EQ(arguments.words, "");
  EXPECT_EQ(arguments.doubts, Texts{"what its argument 2 is for cannot be told (\"x\")"});
}

TEST(GuessArguments, KnowsPositionsOfArgparse) {
  EXPECT_EQ(in_python("consumer", R"(parser.add_argument('config_file', type=FileType('r'))
                                     parser.add_argument('--group'); parser.add_argument("topic"))")
                .words,
            " --group {group} {config} {topic}");
}

TEST(GuessArguments, SetsEnvironmentVariables) {
  const GuessedArguments arguments = in_python("consumer",
                                               "os.environ['KAFKA_TOPIC']; os.getenv(\"GROUP_ID\"); "
                                               "os.environ.get('BOOTSTRAP_SERVERS', 'x'); os.getenv('HOME')");
  EXPECT_EQ(arguments.environment, "KAFKA_TOPIC={topic} GROUP_ID={group} BOOTSTRAP_SERVERS={bootstrap} ");
  EXPECT_EQ(arguments.words, "");
  EXPECT_TRUE(arguments.untold.empty());
}

TEST(GuessArguments, KnowsEnvironmentVariablesOfOtherLanguages) {
  EXPECT_EQ(guessed("consumer", SourceLanguage::go,
                    R"(os.LookupEnv("KAFKA_BOOTSTRAP_SERVERS"); os.Getenv("TOPIC"); os.Getenv("GROUP"))")
                .environment,
            "KAFKA_BOOTSTRAP_SERVERS={bootstrap} TOPIC={topic} GROUP={group} ");
  EXPECT_EQ(guessed("consumer", SourceLanguage::java,
                    R"(System.getenv().getOrDefault("KAFKA_BOOTSTRAP", "x"); System.getenv("KAFKA_TOPIC"))")
                .environment,
            "KAFKA_BOOTSTRAP={bootstrap} KAFKA_TOPIC={topic} ");
}

TEST(GuessArguments, KnowsOtherNamesOfTheConfiguration) {
  EXPECT_EQ(
      in_python("producer", "@click.option('--settings') @click.option('--kafka-topic') 'bcsample'").words,
      " --settings {config} --kafka-topic {topic}");
}

TEST(GuessArguments, KnowsTheParsersOfOtherLanguages) {
  EXPECT_EQ(
      guessed(
          "consumer", SourceLanguage::go,
          R"(flag.String("config", "", "") flag.StringVar(&topic, "topic", "", "") flag.String("g", "", ""))")
          .words,
      " --config {config} --topic {topic} -g {group}");
  EXPECT_EQ(guessed("producer", SourceLanguage::javascript,
                    ".option('-f, --config <file>', 'x').requiredOption('-t, --topic <name>')")
                .words,
            " -f {config} -t {topic}");
  EXPECT_EQ(
      guessed("producer", SourceLanguage::javascript,
              "parseArgs({ options: { config: { type: 'string', short: 'f' }, topic: { type: 'string' } } })")
          .words,
      " --config {config} --topic {topic}");
  EXPECT_EQ(guessed("consumer", SourceLanguage::javascript,
                    "const argv = require('minimist')(process.argv.slice(2)); argv.topic; argv.group")
                .words,
            " --topic {topic} --group {group}");
  EXPECT_EQ(
      guessed(
          "producer", SourceLanguage::java,
          R"(options.addOption("f", "config", true, "x"); options.addOption(Option.builder("t").hasArg().longOpt("topic").build());)")
          .words,
      " -f {config} -t {topic}");
  EXPECT_EQ(
      guessed("producer", SourceLanguage::java,
              R"(@Option(names = {"-f", "--config-file"}) File f; @Option(names = "--topic") String t;)")
          .words,
      " -f {config} --topic {topic}");
  EXPECT_EQ(
      guessed("producer", SourceLanguage::c, R"(while ((o = getopt(argc, argv, "f:t:h")) != -1))").words,
      " -f {config} -t {topic}");
  EXPECT_EQ(
      guessed(
          "producer", SourceLanguage::c,
          R"({"brokers", required_argument, 0, 'b'}, {"topic", required_argument, 0, 't'} getopt_long(argc, argv, "", x, 0))")
          .words,
      " --brokers {bootstrap} --topic {topic}");
  EXPECT_EQ(guessed("consumer", SourceLanguage::shell, "while getopts f:t:g: name; do", "consumer.sh").words,
            " -f {config} -t {topic} -g {group}");
  EXPECT_EQ(in_python("consumer", "@click.option('--topic', '-t')\n@click.option('--group-id')").words,
            " --topic {topic} --group-id {group}");
}

TEST(GuessArguments, DoesNotTakeAnotherProgramsFlags) {
  EXPECT_EQ(
      in_python("producer", "topic = sys.argv[1]\nsubprocess.run(['kcat', '-b', broker, '-t', topic])\n")
          .words,
      " {topic}");
}

TEST(GuessArguments, LooksIntoTheFilesThatAProgramNames) {
  const TestFolder folder;
  folder.write("producer.py", "import ccloud_lib\nargs = ccloud_lib.parse_args()\nopen('bcsample.json')");
  folder.write("ccloud_lib.py", "add_argument('-f', dest='config_file')\nadd_argument('-t', dest='topic')");
  folder.write("unrelated.py", "add_argument('--data')");
  const GuessedArguments arguments =
      guess_arguments(FolderFiles(folder.path()), {"producer", "producer.py", SourceLanguage::python}, {});
  EXPECT_EQ(arguments.words, " -f {config} -t {topic}");
}

TEST(GuessArguments, LooksIntoAnotherRolesProgramOnlyWhereItHasNoArgumentsOfItsOwn) {
  const TestFolder folder;
  const RoleFile producer{"producer", "producer.py", SourceLanguage::python};
  folder.write("producer.py", "add_argument('--topic')\nadd_argument('--file')\n");
  const auto guessed_for = [&](const std::string& text, const RoleFile& slow) {
    folder.write(slow.name, text);
    return guess_arguments(FolderFiles(folder.path()), slow, {producer, slow}).words;
  };
  const RoleFile slow{"slow_producer", "slow_producer.py", SourceLanguage::python};
  EXPECT_EQ(guessed_for("add_argument('--topic')  # as the producer\nproducer = Producer(conf)\n", slow),
            " --topic {topic}");
  EXPECT_EQ(guessed_for("from producer import KEY\nadd_argument('--topic')\n", slow), " --topic {topic}");
  EXPECT_EQ(guessed_for("from producer import parser\nargs = parser.parse_args()\n", slow),
            " --topic {topic} --file {data}");
  const RoleFile wrapper{"slow_producer", "slow_producer.sh", SourceLanguage::shell};
  EXPECT_EQ(guessed_for("#!/bin/sh\nexec python3 producer.py --delay 1 \"$@\"\n", wrapper),
            " --topic {topic} --file {data}");
}

TEST(GuessArguments, LooksIntoTheOtherFilesOfAGoPackage) {
  const TestFolder folder;
  folder.write("producer/main.go", "func main() { parse() }");
  folder.write("producer/flags.go", "flag.String(\"topic\", \"\", \"\")");
  folder.write("consumer/flags.go", "flag.String(\"data\", \"\", \"\")");
  EXPECT_EQ(
      guess_arguments(FolderFiles(folder.path()), {"producer", "producer/main.go", SourceLanguage::go}, {})
          .words,
      " --topic {topic}");
}

TEST(GuessArguments, WarnsOfIniFiles) {
  const GuessedArguments arguments =
      in_python("producer", "ConfigParser(); add_argument('--config'); add_argument('--topic'); 'bcsample'");
  EXPECT_EQ(arguments.doubts, Texts{"it reads its configuration as an INI file; {config} has no sections"});
}

TEST(GuessArguments, TakesATextThatWouldExhaustTheStack) {
  std::string text = "add_argument('-f'";
  text += std::string(200'000, ' ') + std::string(200'000, 'a') + std::string(50'000, '"');
  EXPECT_EQ(in_python("producer", text).words, " -f {config}");
}

}  // namespace
}  // namespace klab
