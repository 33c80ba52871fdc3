#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "cli/broker/broker_command.hpp"
#include "cli/check/check_command.hpp"
#include "cli/claims/claims_command.hpp"
#include "cli/claims/claims_run.hpp"
#include "cli/class/class_command.hpp"
#include "cli/init_command.hpp"
#include "cli/judge_command.hpp"
#include "cli/recheck_command.hpp"
#include "cli/selftest_command.hpp"

namespace klab {

/// What a command line says, by command.
struct CommandLine {
  CheckOptions check = {};
  ClassOptions whole_class = {};
  InitOptions init = {};
  RecheckOptions recheck = {};
  SelftestOptions selftest = {};
  BrokerOptions broker = {};
  MeasureOptions measure = {};
  VerifyOptions verify = {};
  std::string page = "measured";  ///< folder of `klab claims page`
  JudgeOptions judge = {};
  std::string shell = {};       ///< of `klab completion`
  std::string colour = "auto";  ///< auto, always or never
};

/// Every command with its flags and its help; `line`, which outlives the app, gets what they are given.
void add_commands(CLI::App& app, CommandLine& line);

}  // namespace klab
