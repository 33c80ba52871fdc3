#include "runners/whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "checks/errors.hpp"
#include "runners/file_descriptor.hpp"

namespace klab {
namespace {

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(fd, text.data(), text.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

std::string read_whole_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void replace_whole_file(const std::filesystem::path& file, const std::string& text) {
  const std::filesystem::path unfinished = file.string() + ".part";
  const FileDescriptor out(open(unfinished.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644));
  // Flushed before it gets its name: after a power cut the name must not stand for an empty file.
  if (!out || !write_all(out.get(), text) || fdatasync(out.get()) != 0 ||
      rename(unfinished.c_str(), file.c_str()) != 0) {
    const int error = errno;
    unlink(unfinished.c_str());
    throw HarnessError(fmt::format("cannot write {}: {}", file.string(), std::strerror(error)));
  }
}

}  // namespace klab
