#include "cli/check/sandbox_choice.hpp"

#include <fmt/format.h>

#include "checks/errors.hpp"
#include "runners/sandbox/sandbox.hpp"

namespace klab {
namespace {

ChosenSandbox no_sandbox(const std::string& why) {
  return {.description = "none",
          .note = fmt::format(
              "the programs ran without a sandbox, {}: they could have read the grader's files and "
              "gone round the tap",
              why)};
}

}  // namespace

ChosenSandbox choose_sandbox(const std::string& asked, const Installation& installation,
                             const std::filesystem::path& run) {
  if (asked == "none") return no_sandbox("as --sandbox none asks for");
  const std::filesystem::path helper = installation.specs.parent_path() / "klab-sandbox";
  const auto refused = why_namespaces_are_refused(helper);
  if (!refused)
    return {.choice = {.is_namespace = true,
                       .helper = helper,
                       .hidden = {installation.home, installation.cache, run}},
            .description = "namespaces of this machine"};
  if (asked == "namespace") throw HarnessError(fmt::format("--sandbox namespace: {}", *refused));
  return no_sandbox(fmt::format("because {}", *refused));
}

}  // namespace klab
