#include "runners/sandbox/inside/sandbox_request.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "runners/sandbox/inside/refusal.hpp"

namespace klab {
namespace {

template <class Values>
void add_list(CLI::App& app, const std::string& name, Values& values) {
  app.add_option(name, values)->take_all()->allow_extra_args(false);
}

}  // namespace

SandboxRequest read_request(const std::vector<std::string>& arguments) {
  const auto separator = std::ranges::find(arguments, "--");
  SandboxRequest request;
  CLI::App app("Runs a command in namespaces of its own. klab starts it; it is of no use by hand.",
               "klab-sandbox");
  app.add_option("--control", request.control)->required();
  add_list(app, "--port", request.ports);
  add_list(app, "--writable", request.writable);
  add_list(app, "--readable", request.readable);
  add_list(app, "--overlay", request.overlays);
  add_list(app, "--hidden", request.hidden);
  app.add_option("--memory", request.limits.memory);
  app.add_option("--processes", request.limits.processes);
  app.add_option("--file-size", request.limits.file_size);
  app.add_option("--scratch", request.limits.scratch);
  app.add_option("--task-cap", request.task_cap);
  try {
    // CLI11 wants them last first. The command is none of its business: it would take "[ -f x ]" for a list.
    app.parse(std::vector<std::string>(std::make_reverse_iterator(separator), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    throw Refusal(app.help());
  } catch (const CLI::ParseError& error) {
    throw Refusal(error.what());
  }
  if (separator != arguments.end()) request.command.assign(separator + 1, arguments.end());
  if (request.command.empty()) throw Refusal("klab-sandbox got no command to run");
  return request;
}

}  // namespace klab
