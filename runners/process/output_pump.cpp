#include "runners/process/output_pump.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>

#include <cerrno>

#include "checks/errors.hpp"
#include "runners/eventually.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kTail = 4096;
constexpr auto kPatienceForOrphans = 500ms;
// What a program wrote before its end is in the pipes, which hold a mebibyte at most; an orphan may write on
// for ever.
constexpr int kReadsAfterEnd = 64;

std::array<FileDescriptor, 2> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw HarnessError("cannot make a pipe");
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

}  // namespace

OutputPump::OutputPump(const std::filesystem::path& out_file, const std::filesystem::path& err_file,
                       std::size_t limit, OnLine on_line)
    : left_(limit), on_line_(std::move(on_line)) {
  const std::array files{out_file, err_file};
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    auto [reading, writing] = make_pipe();
    sources_[i].fd = std::move(reading);
    writing_[i] = std::move(writing);
    sources_[i].file.open(files[i], std::ios::binary);
    if (!sources_[i].file) throw HarnessError(fmt::format("cannot write {}", files[i].string()));
  }
  auto [reading, writing] = make_pipe();
  finish_read_ = std::move(reading);
  finish_write_ = std::move(writing);
  thread_ = std::thread([this] { pump(); });
}

OutputPump::~OutputPump() {
  close_writing_ends();
  finish_write_.reset();
  if (thread_.joinable()) thread_.join();
}

void OutputPump::close_writing_ends() {
  for (FileDescriptor& end : writing_) end.reset();
}

void OutputPump::finish() {
  finish_write_.reset();
  if (thread_.joinable()) thread_.join();
  for (Source& source : sources_) {
    source.file.close();
    cannot_write_ |= source.file.fail();
  }
  if (cannot_write_)
    throw HarnessError("cannot keep a program's output: is the disk of the run directory full?");
}

std::string OutputPump::last_words() const {
  const Source& source = sources_[1].tail.empty() ? sources_[0] : sources_[1];
  return source.tail;
}

void OutputPump::pump() {
  bool finishing = false;
  Clock::time_point give_up;
  for (int reads_left = kReadsAfterEnd; (sources_[0].fd || sources_[1].fd) && reads_left > 0;) {
    std::array<pollfd, 3> waited{{{sources_[0].fd.get(), POLLIN, 0},
                                  {sources_[1].fd.get(), POLLIN, 0},
                                  {finishing ? -1 : finish_read_.get(), POLLIN, 0}}};
    const int ready = poll(waited.data(), waited.size(), finishing ? milliseconds_until(give_up) : -1);
    if (ready == 0) break;
    if (finishing) --reads_left;
    if (waited[2].revents != 0) {
      finishing = true;
      give_up = Clock::now() + kPatienceForOrphans;
    }
    for (std::size_t i = 0; i < sources_.size(); ++i)
      if (waited[i].revents != 0 && !read_some(static_cast<Stream>(i))) sources_[i].fd.reset();
  }
  ended_ = true;
  for (std::size_t i = 0; i < sources_.size(); ++i)
    if (!sources_[i].unfinished.empty()) hand_on_lines(static_cast<Stream>(i), "\n");
}

bool OutputPump::read_some(Stream stream) {
  std::array<char, 65536> buffer;
  Source& source = sources_[static_cast<std::size_t>(stream)];
  const ssize_t count = read(source.fd.get(), buffer.data(), buffer.size());
  if (count <= 0) return count < 0 && errno == EINTR;
  std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
  if (bytes.size() > left_) over_limit_ = true;
  bytes = bytes.substr(0, left_);
  left_ -= bytes.size();
  keep(source, bytes);
  hand_on_lines(stream, bytes);
  return true;
}

void OutputPump::keep(Source& source, std::string_view bytes) {
  source.file << bytes << std::flush;
  cannot_write_ |= source.file.fail();
  source.tail += bytes;
  if (source.tail.size() > kTail) source.tail.erase(0, source.tail.size() - kTail);
}

void OutputPump::hand_on_lines(Stream stream, std::string_view bytes) {
  Source& source = sources_[static_cast<std::size_t>(stream)];
  for (std::size_t end; (end = bytes.find('\n')) != std::string_view::npos; bytes.remove_prefix(end + 1)) {
    source.unfinished += bytes.substr(0, end);
    if (source.unfinished.ends_with('\r')) source.unfinished.pop_back();
    on_line_(stream, ++source.lines, source.unfinished);
    source.unfinished.clear();
  }
  source.unfinished += bytes;
}

}  // namespace klab
