#include "runners/process/output_pump.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "checks/errors.hpp"
#include "runners/process/child_process.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using Stream = OutputPump::Stream;

constexpr std::size_t kPlenty = 1u << 30;

struct OutputPumpTest : testing::Test {
  struct Line {
    Stream stream = Stream::out;
    std::size_t number = 0;
    std::string text = {};
  };

  std::unique_ptr<OutputPump> pump_to(const std::filesystem::path& out_file, std::size_t limit = kPlenty) {
    return std::make_unique<OutputPump>(out_file, folder / "err", limit,
                                        [this](Stream stream, std::size_t number, std::string_view line) {
                                          lines.push_back({stream, number, std::string(line)});
                                        });
  }

  /// Writes as a program does, and blocks as a program would.
  static void write_all(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = write(fd, bytes.data(), bytes.size());
      ASSERT_GT(written, 0);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  /// Pumps what a program prints on stdout, to its end.
  std::vector<std::string> lines_of(const std::string& bytes) {
    const auto pump = pump_to(folder / "out");
    write_all(pump->out(), bytes);
    pump->close_writing_ends();
    pump->finish();
    EXPECT_EQ(text_of(folder / "out"), bytes) << "the file keeps every byte";
    EXPECT_EQ(pump->lines(), lines.size());
    std::vector<std::string> texts;
    for (const Line& line : lines) texts.push_back(line.text);
    return texts;
  }

  using Texts = std::vector<std::string>;

  TestFolder folder;
  std::vector<Line> lines;  // to be read once the pump has finished
};

TEST_F(OutputPumpTest, HandsOnWholeLines) { EXPECT_EQ(lines_of("one\n\ntwo\n"), (Texts{"one", "", "two"})); }

TEST_F(OutputPumpTest, HandsOnALastLineThatHasNoEnd) {
  EXPECT_EQ(lines_of("one\ntwo"), (Texts{"one", "two"}));
}

TEST_F(OutputPumpTest, HandsOnNothingWhereNothingWasPrinted) { EXPECT_EQ(lines_of(""), Texts{}); }

TEST_F(OutputPumpTest, TakesLineEndsOfWindows) {
  EXPECT_EQ(lines_of("one\r\ntwo\r\r\nthr\ree\r"), (Texts{"one", "two\r", "thr\ree"}));
}

TEST_F(OutputPumpTest, TakesBytesThatAreNoText) {
  const std::string zeros("a\0b\0", 4);
  EXPECT_EQ(lines_of(zeros + "\n\xFF\xC3\n"), (Texts{zeros, "\xFF\xC3"}));
}

TEST_F(OutputPumpTest, TakesALineOfManyMegabytes) {
  const std::string line(20'000'000, 'x');
  EXPECT_EQ(lines_of(line + "\nend\n"), (Texts{line, "end"}));
}

TEST_F(OutputPumpTest, JoinsALineThatComesInPieces) {
  const auto pump = pump_to(folder / "out");
  std::string so_far;
  for (const char* piece : {"o", "n", "e\nt", "wo\n"}) {
    write_all(pump->out(), piece);
    so_far += piece;
    ASSERT_TRUE(eventually([&] { return text_of(folder / "out") == so_far; }, 30s)) << "kept at once";
  }
  pump->close_writing_ends();
  pump->finish();
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].text, "one");
  EXPECT_EQ(lines[1].text, "two");
}

TEST_F(OutputPumpTest, NumbersTheLinesOfEachStream) {
  const auto pump = pump_to(folder / "out");
  write_all(pump->out(), "a\nb\n");
  write_all(pump->err(), "c\nd");
  pump->close_writing_ends();
  pump->finish();
  EXPECT_EQ(text_of(folder / "out"), "a\nb\n");
  EXPECT_EQ(text_of(folder / "err"), "c\nd");
  ASSERT_EQ(lines.size(), 4u);
  for (const Line& line : lines) {
    EXPECT_EQ(line.stream, line.text < "c" ? Stream::out : Stream::err) << line.text;
    EXPECT_EQ(line.number, line.text == "a" || line.text == "c" ? 1u : 2u) << line.text;
  }
}

TEST_F(OutputPumpTest, EndsWhenEveryWriterHasClosed) {
  const auto pump = pump_to(folder / "out");
  EXPECT_FALSE(pump->has_ended());
  pump->close_writing_ends();
  EXPECT_TRUE(eventually([&] { return pump->has_ended(); }, 30s));
  pump->finish();
}

TEST_F(OutputPumpTest, ReadsOnBeyondTheLimitSoThatNoProgramBlocks) {
  const auto pump = pump_to(folder / "out", 10);
  write_all(pump->out(), "12345\n");
  write_all(pump->out(), std::string(1'000'000, 'x'));
  write_all(pump->err(), std::string(1'000'000, 'y'));
  EXPECT_TRUE(eventually([&] { return pump->is_over_limit(); }, 30s));
  pump->close_writing_ends();
  pump->finish();
  EXPECT_EQ(text_of(folder / "out").size() + text_of(folder / "err").size(), 10u)
      << "both streams share the limit";
  EXPECT_EQ(lines[0].text, "12345");
}

TEST_F(OutputPumpTest, AllowsAsMuchAsTheLimit) {
  const auto pump = pump_to(folder / "out", 10);
  write_all(pump->out(), "123456789\n");
  pump->close_writing_ends();
  pump->finish();
  EXPECT_FALSE(pump->is_over_limit());
}

TEST_F(OutputPumpTest, RemembersTheLastWordsOnStderrElseOnStdout) {
  {
    const auto pump = pump_to(folder / "out");
    write_all(pump->out(), std::string(10'000, 'x') + "the end\n");
    pump->close_writing_ends();
    pump->finish();
    EXPECT_EQ(pump->last_words().size(), 4096u);
    EXPECT_TRUE(pump->last_words().ends_with("xthe end\n"));
  }
  const auto pump = pump_to(folder / "out");
  write_all(pump->out(), "fine so far\n");
  write_all(pump->err(), "Traceback\n");
  pump->close_writing_ends();
  pump->finish();
  EXPECT_EQ(pump->last_words(), "Traceback\n");
}

TEST_F(OutputPumpTest, IsTheGradersErrorWhenNoFileCanBeMade) {
  EXPECT_THROW(pump_to(folder / "no such folder/out"), HarnessError);
}

TEST_F(OutputPumpTest, IsTheGradersErrorWhenTheDiskIsFullAndStillTheProgramDoesNotBlock) {
  const auto pump = pump_to("/dev/full");
  write_all(pump->out(), std::string(1'000'000, 'x'));
  pump->close_writing_ends();
  EXPECT_THROW(pump->finish(), HarnessError);
}

TEST_F(OutputPumpTest, DoesNotWaitForAnOrphanThatHoldsThePipe) {
  const auto pump = pump_to(folder / "out");
  write_all(pump->out(), "before\nunfinished");
  ChildProcess orphan({.argv = {"/bin/sleep", "1000"}, .out = pump->out(), .err = pump->err()});
  pump->close_writing_ends();
  pump->finish();
  EXPECT_TRUE(orphan.is_running());
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1].text, "unfinished");
}

TEST_F(OutputPumpTest, DoesNotWaitForAnOrphanThatNeverStopsWriting) {
  const auto pump = pump_to(folder / "out", 1000);
  ChildProcess orphan({.argv = {"/usr/bin/yes"}, .out = pump->out(), .err = pump->err()});
  pump->close_writing_ends();
  ASSERT_TRUE(eventually([&] { return pump->is_over_limit(); }, 30s));
  pump->finish();
  EXPECT_FALSE(lines.empty());
}

TEST_F(OutputPumpTest, MayBeDroppedUnfinished) {
  const auto pump = pump_to(folder / "out");
  write_all(pump->out(), "unfinished");
}

}  // namespace
}  // namespace klab
