#include "reports/golden.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

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

}  // namespace

testing::AssertionResult matches_golden(std::string_view name, const std::string& report) {
  const std::filesystem::path path = golden_path(name);
  if (is_approving()) return approved(path, report);
  const testing::AssertionResult same =
      testing::internal::EqHelper::Compare("golden", "report", contents(path), report);
  if (same) return testing::AssertionSuccess();
  return testing::AssertionFailure() << path << " differs; KLAB_APPROVE=1 re-records it\n" << same.message();
}

}  // namespace klab
