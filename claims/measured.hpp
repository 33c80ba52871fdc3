#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// One value that an experiment measured, and under what.
struct MeasuredValue {
  std::string aspect = {};  ///< as in the claim's answers; empty for the main one
  std::string value = {};   ///< one of the claim's answers, or a quantity: "5 s", "16384 bytes"
  /// "client" (a name of claims/language.json, none where it is the broker's doing) and the settings that
  /// were not left at their defaults, such as "enable.idempotence": "false".
  std::map<std::string, std::string> where = {};
  std::string evidence = {};  ///< path of the history, relative to the file of measurements
  std::string note = {};      ///< a sentence: "ProduceRequest with acks=-1"
};

/// A run that must come out in a known way, or the experiment proves nothing.
struct MeasuredControl {
  std::string name = {};
  bool held = false;
};

/// What is known of one claim.
struct Measurement {
  std::map<std::string, std::string> versions = {};  ///< "kafka": "4.3.0", "librdkafka": "2.0.2"
  std::vector<MeasuredControl> controls = {};
  std::vector<MeasuredValue> values = {};
  std::string undecided = {};  ///< why nothing could be measured; empty when it could
};

using Measurements = std::map<std::string, Measurement>;  ///< by id of the claim

/// The file that `klab claims run` keeps and `klab claims verify` reads:
///
///   {"klab": "measured", "version": 1, "claims": {"acks.default": {
///      "versions": {"kafka": "4.3.0", "java": "4.3.0"},
///      "controls": [{"name": "acks=1 is seen as such", "held": true}],
///      "values": [{"value": "all", "where": {"client": "java"}, "evidence": "acks.default/java.jsonl",
///                  "note": "ProduceRequest with acks=-1"}],
///      "undecided": ""}}}
///
/// "aspect", "where", "evidence", "note", "controls" and "undecided" may be left out. Throws BadInput that
/// names file, claim and field.
Measurements read_measurements(std::string_view json, const std::string& place);

/// The same as text; what is written is read back as it was.
std::string to_json_text(const Measurements& measurements);

}  // namespace klab
