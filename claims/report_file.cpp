#include "claims/report_file.hpp"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <iterator>

#include "checks/errors.hpp"
#include "runners/process/run_command.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::uintmax_t kMostBytes = 16u << 20;
constexpr int kNoSuchProgram = 127;

std::string text_of_pdf(const fs::path& file) {
  const fs::path absolute = fs::absolute(file);  // no name can be an option then
  const CommandResult result = run_command({"pdftotext", "-enc", "UTF-8", absolute.string(), "-"}, 60s);
  if (result.status.exit_code == kNoSuchProgram)
    throw BadInput(
        fmt::format("{}: to read a PDF, pdftotext is needed: install poppler-utils", file.string()));
  if (!result.status.is_success())
    throw BadInput(
        fmt::format("{}: expected a PDF, but pdftotext {}", file.string(), describe(result.status)));
  return result.output;
}

std::string whole_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw BadInput(fmt::format("{}: cannot be opened", file.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

std::string load_report(const fs::path& file) {
  if (!fs::is_regular_file(file))
    throw BadInput(fmt::format("{}: no such file; expected a report", file.string()));
  if (fs::file_size(file) > kMostBytes) throw BadInput(fmt::format("{}: larger than 16 MB", file.string()));
  std::string text = whole_text(file);
  if (text.starts_with("%PDF-")) text = text_of_pdf(file);
  if (text.find('\0') != std::string::npos)
    throw BadInput(
        fmt::format("{}: expected plain text, Markdown or PDF, got something else", file.string()));
  if (text.find_first_not_of(" \t\r\n\f") == std::string::npos)
    throw BadInput(fmt::format("{}: holds no text", file.string()));
  return text;
}

}  // namespace klab
