#pragma once

#include <filesystem>
#include <string>

namespace klab {

inline constexpr const char* kVersion = "0.1.0";
inline constexpr const char* kKafkaVersion = KLAB_KAFKA_VERSION;

/// Where klab's own files are.
struct Installation {
  std::filesystem::path home = {};   ///< labs, docker/ and fixtures/: the source tree, or $KLAB_HOME
  std::filesystem::path specs = {};  ///< the specs' executables, beside this one
  std::filesystem::path cache = {};  ///< $KLAB_CACHE, else $XDG_CACHE_HOME/klab, else ~/.cache/klab

  std::filesystem::path jars() const { return cache / "kafka" / kKafkaVersion / "jars"; }
  std::filesystem::path claims() const { return home / "claims"; }
  std::filesystem::path measured_claims() const { return cache / "claims" / kKafkaVersion / "measured.json"; }
  std::filesystem::path lab_file(const std::string& lab) const { return home / "specs" / lab / "lab.json"; }
};

Installation find_installation();

}  // namespace klab
