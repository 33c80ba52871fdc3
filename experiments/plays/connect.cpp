// Connect. A worker runs beside the broker; a connector that reads a file is created, listed, paused,
// resumed, restarted and deleted, all of it over REST.

#include <fmt/format.h>

#include <fstream>

#include "experiments/plays.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "fixtures/brokers/broker_ports.hpp"
#include "runners/process/run_command.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kClaim = "connect.rest";
constexpr const char *kConnector = "lines", *kLine = "a line of the file";

// Of HTTP: what is said of a path that is not there, or that cannot be asked in this way.
constexpr int kNoSuchThing = 404, kNoSuchMethod = 405;

/// The status of the answer, 0 where there was none, and what it said.
struct Answer {
  int status = 0;
  std::string body = {};
};

class Rest {
 public:
  Rest(Trial& trial, int port) : trial_(trial), url_(fmt::format("http://127.0.0.1:{}", port)) {}

  Answer ask(const std::string& method, const std::string& path, const std::string& body = "") const {
    std::vector<std::string> command{"curl",           "--silent",  "--max-time", "20",       "--write-out",
                                     "\n%{http_code}", "--request", method,       url_ + path};
    if (!body.empty())
      command.insert(command.end(), {"--header", "Content-Type: application/json", "--data", body});
    const std::string output = run_command(command, 30s).output;
    const std::size_t line = output.rfind('\n');
    if (line == std::string::npos) return {};
    return {.status = std::atoi(output.c_str() + line + 1), .body = output.substr(0, line)};
  }

  /// The same, and keeps what came of it under a name.
  void step(const std::string& name, const std::string& method, const std::string& path,
            const std::string& body = "") const {
    const Answer answer = ask(method, path, body);
    trial_.tell(kNotes, {{"step", name}, {"status", answer.status}, {"body", answer.body}});
  }

  /// Waits until the connector's only task is in a state, and keeps that it came to that.
  void wait_for_state(const std::string& state) const {
    const auto is_there = [&] {
      const json status =
          json::parse(ask("GET", fmt::format("/connectors/{}/status", kConnector)).body, nullptr, false);
      if (!status.is_object() || !status.contains("tasks") || status["tasks"].empty()) return false;
      return status["connector"]["state"] == state && status["tasks"][0]["state"] == state;
    };
    if (eventually(is_there, 20s, 100ms))
      trial_.tell(kNotes, {{"step", state}, {"status", 200}, {"body", state}});
  }

 private:
  Trial& trial_;
  std::string url_;
};

std::string connector(const std::string& name, const std::string& type, const std::string& file) {
  return json{{"name", name},
              {"config", {{"connector.class", type}, {"tasks.max", "1"}, {"file", file}, {"topic", "lines"}}}}
      .dump();
}

void manage(Trial& trial, const Rest& rest, const Topic& topic, const std::string& file) {
  const std::string path = fmt::format("/connectors/{}", kConnector);
  rest.step("unknown", "GET", path);
  rest.step("no such class", "POST", "/connectors", connector("wrong", "no.such.Class", file));
  rest.step("create", "POST", "/connectors", connector(kConnector, "FileStreamSource", file));
  rest.wait_for_state("RUNNING");
  eventually([&] { return trial.cluster().log_bounds(topic.name, 1).front().end > 0; }, 20s);
  rest.step("list", "GET", "/connectors");
  rest.step("pause", "PUT", path + "/pause");
  rest.wait_for_state("PAUSED");
  rest.step("resume", "PUT", path + "/resume");
  rest.wait_for_state("RUNNING");
  rest.step("restart", "POST", path + "/restart?includeTasks=true");
  rest.wait_for_state("RUNNING");
  rest.step("delete", "DELETE", path);
  rest.step("list after", "GET", "/connectors");
}

void play(Trial& trial) {
  const Topic topic = trial.create_topic("lines", 1);
  const std::string file = (trial.scratch() / "lines.txt").string();
  std::ofstream(file) << kLine << '\n';
  const BrokerPorts ports = pick_ports();
  const std::string converter = "org.apache.kafka.connect.storage.StringConverter";
  Program& worker =
      trial.start("worker", "connect",
                  {{"settings",
                    {{"listeners", fmt::format("http://127.0.0.1:{}", ports.grader)},
                     {"key.converter", converter},
                     {"value.converter", converter},
                     {"plugin.discovery", "service_load"},
                     {"offset.storage.file.filename", (trial.scratch() / "connect.offsets").string()}}}});
  const Rest rest(trial, ports.grader);
  if (eventually([&] { return rest.ask("GET", "/connectors").status == 200; }, 90s, 200ms))
    manage(trial, rest, topic, file);
  trial.stop(worker);
  trial.read_back(topic);
}

/// What came of a step; the last time where it was done more than once.
Answer step_of(const History& history, const std::string& name) {
  Answer answer;
  for (const Told& one : told(history, kNotes, "step"))
    if (one.what["step"] == name)
      answer = {.status = one.what["status"], .body = one.what["body"].get<std::string>()};
  return answer;
}

bool is_success(const Answer& answer) { return answer.status >= 200 && answer.status < 300; }

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  if (step_of(history, "list after").status == 0) {
    conclusions.undecided(kClaim, "no Connect worker answered over REST within 90 s");
    return conclusions;
  }
  const auto records = log_of(history, "lines");
  conclusions.control(kClaim, "before it is created there is no such connector",
                      step_of(history, "unknown").status == kNoSuchThing);
  conclusions.control(kClaim, "a connector of a class that does not exist is refused",
                      step_of(history, "no such class").status >= 400);
  conclusions.control(kClaim, "the connector did its work",
                      records.size() == 1 && records[0]->value == kLine);
  std::string statuses;
  bool has_all = true, lacks_one = false;
  for (const std::string name : {"create", "list", "pause", "resume", "restart", "delete"}) {
    const Answer answer = step_of(history, name);
    statuses += fmt::format("{}{} {}", statuses.empty() ? "" : ", ", name, answer.status);
    has_all = has_all && is_success(answer);
    lacks_one = lacks_one || answer.status == kNoSuchThing || answer.status == kNoSuchMethod;
  }
  const json listed = json::parse(step_of(history, "list").body, nullptr, false),
             left = json::parse(step_of(history, "list after").body, nullptr, false);
  const bool took_effect = listed == json{kConnector} && left == json::array() &&
                           is_success(step_of(history, "PAUSED")) && is_success(step_of(history, "RUNNING"));
  if (has_all && took_effect)
    conclusions.value(kClaim, {.value = "yes", .note = "the worker answered: " + statuses});
  else if (lacks_one)
    conclusions.value(kClaim, {.value = "no", .note = "the worker answered: " + statuses});
  else
    conclusions.undecided(kClaim, "not all took effect within 20 s: " + statuses);
  return conclusions;
}

}  // namespace

std::vector<Experiment> connect_experiments() {
  return {{.name = "connect",
           .claims = {kClaim},
           .hypothesis = "Connectors are managed over REST.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
