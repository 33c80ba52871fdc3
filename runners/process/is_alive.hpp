#pragma once

#include <sys/types.h>

#include <string>

#include "runners/eventually.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {

/// Whether a process runs, for tests; one that waits to be reaped does not.
inline bool is_alive(pid_t pid) {
  const std::string stat = text_of("/proc/" + std::to_string(pid) + "/stat");
  const std::size_t name_end = stat.rfind(") ");
  return name_end != std::string::npos && stat[name_end + 2] != 'Z' && stat[name_end + 2] != 'X';
}

inline bool is_soon_gone(pid_t pid) {
  return eventually([pid] { return !is_alive(pid); }, std::chrono::seconds(10));
}

/// Waits for a program to write its process id as a line of a file; -1 when it does not.
inline pid_t pid_in(const std::filesystem::path& file) {
  const bool is_written = eventually([&] { return text_of(file).ends_with('\n'); }, std::chrono::seconds(30));
  return is_written ? static_cast<pid_t>(std::stol(text_of(file))) : -1;
}

}  // namespace klab
