#pragma once

#include <array>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "runners/file_descriptor.hpp"

namespace klab {

/// Reads a program's two streams on a thread of its own: keeps the raw bytes in files up to a limit, hands on
/// whole lines, and goes on reading past the limit, so that the program never blocks on a full pipe.
class OutputPump {
 public:
  enum class Stream { out, err };
  /// On the pump's thread
  using OnLine = std::function<void(Stream, std::size_t number, std::string_view line)>;

  OutputPump(const std::filesystem::path& out_file, const std::filesystem::path& err_file, std::size_t limit,
             OnLine on_line);
  ~OutputPump();

  /// Where the program writes; to be closed here once the program has them.
  int out() const { return writing_[0].get(); }
  int err() const { return writing_[1].get(); }
  void close_writing_ends();

  bool is_over_limit() const { return over_limit_; }

  /// Whether every process that could write has closed its end.
  bool has_ended() const { return ended_; }

  /// Reads on until both streams end, or for so long as some orphan holds them; then hands on the last,
  /// unfinished lines. Throws HarnessError when the output could not be kept.
  void finish();

  std::size_t lines() const { return sources_[0].lines + sources_[1].lines; }  ///< after finish()
  std::string last_words() const;  ///< after finish(); stderr's, else stdout's

 private:
  struct Source {
    FileDescriptor fd = {};
    std::ofstream file = {};
    std::string unfinished = {};  // the beginning of a line
    std::string tail = {};
    std::size_t lines = 0;
  };

  void pump();
  bool read_some(Stream stream);
  void keep(Source& source, std::string_view bytes);
  void hand_on_lines(Stream stream, std::string_view bytes);

  std::size_t left_;
  OnLine on_line_;
  std::array<Source, 2> sources_;
  std::array<FileDescriptor, 2> writing_;
  FileDescriptor finish_read_, finish_write_;
  std::atomic<bool> over_limit_{false}, ended_{false};
  bool cannot_write_ = false;
  std::thread thread_;
};

}  // namespace klab
