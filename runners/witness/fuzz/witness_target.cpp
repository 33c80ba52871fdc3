#include "runners/witness/fuzz/witness_target.hpp"

#include <sstream>
#include <stdexcept>

#include "checks/history/history_json.hpp"
#include "runners/wire/fuzz/conversation_target.hpp"
#include "runners/wire/fuzz/talk_script.hpp"
#include "runners/wire/fuzz/talk_seeds.hpp"
#include "runners/witness/wire_witness.hpp"

namespace klab {
namespace {

constexpr const char* kProgram = "consumer-1";
constexpr std::uint8_t kPiecesOfTheSecond = 32;

void listen(WireWitness& witness, const std::vector<Utterance>& utterances) {
  const auto now = std::chrono::steady_clock::now();
  for (const int connection : {1, 2}) witness.opened(connection, kProgram);
  for (const Utterance& said : utterances)
    witness.said(said.piece < kPiecesOfTheSecond ? 1 : 2, said.direction, now, bytes_on_wire(said));
  for (const int connection : {1, 2}) witness.closed(connection, now);
  witness.program_ended(kProgram);
}

std::string written(const History& history) {
  std::ostringstream out;
  write_history(out, history);
  return out.str();
}

void run(std::string_view input) {
  Recorder recorder({.lab = "l", .section = "s"});
  WireWitness witness(recorder, [](std::string_view message) {
    return std::vector<std::string>{std::string(message.substr(0, 4))};
  });
  listen(witness, read_script(input));
  const std::string text = written(recorder.history());
  std::istringstream in(text);
  if (written(read_history(in, "fuzz")) != text) throw std::logic_error("the history reads as another");
}

}  // namespace

const FuzzTarget kWitnessTarget{
    .finds = "runners/witness/fuzz/finds/witness", .run = run, .seeds = talk_seeds, .mutate = mutate_talk};

}  // namespace klab
