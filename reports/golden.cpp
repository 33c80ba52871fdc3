#include "reports/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace klab {
namespace {

std::filesystem::path golden_path(std::string_view name) {
  return std::filesystem::path(KLAB_SOURCE_DIR) / "reports" / "goldens" / name;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool is_approving() {
  const char* approve = std::getenv("KLAB_APPROVE");
  return approve != nullptr && std::string_view(approve) == "1";
}

testing::AssertionResult approved(const std::filesystem::path& path, const std::string& report) {
  std::ofstream(path, std::ios::binary) << report;
  return contents(path) == report ? testing::AssertionSuccess()
                                  : testing::AssertionFailure() << "cannot write " << path;
}

/// The first line that is not the same: a whole report would bury it.
std::string first_difference(const std::string& golden, const std::string& report) {
  std::istringstream old_lines(golden), new_lines(report);
  std::string old_line, new_line;
  for (int number = 1;; ++number) {
    const bool has_old = static_cast<bool>(std::getline(old_lines, old_line));
    const bool has_new = static_cast<bool>(std::getline(new_lines, new_line));
    if (old_line != new_line || has_old != has_new || !has_old)
      return "line " + std::to_string(number) + "\n  golden " + old_line + "\n  report " + new_line;
  }
}

}  // namespace

testing::AssertionResult matches_golden(std::string_view name, const std::string& report) {
  const std::filesystem::path path = golden_path(name);
  if (is_approving()) return approved(path, report);
  const std::string golden = contents(path);
  if (golden == report) return testing::AssertionSuccess();
  return testing::AssertionFailure() << path << " differs; KLAB_APPROVE=1 re-records it\n"
                                     << first_difference(golden, report);
}

}  // namespace klab
