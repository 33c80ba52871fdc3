#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace klab {

/// One property of a section, as lab.json plans it.
struct PlannedProperty {
  std::string id = {};    ///< "A.stored-once": stable, used wherever the property is named
  std::string test = {};  ///< the TEST of the spec that judges it
  std::string claim = {};
  std::vector<std::string> witness = {};
  std::vector<std::string> roles = {};  ///< programs without which it is not attempted
  std::vector<std::string> needs = {};  ///< properties without which it may be impossible to judge
  double points = 0;
  bool is_hidden = false;  ///< told to the student only after the deadline
};

struct PlannedSection {
  std::string id = {};  ///< "A"
  std::string title = {};
  std::string spec = {};     ///< the executable
  int seconds = 0;           ///< that its programs have to wait, at the least: the longest is started first
  bool is_optional = false;  ///< a submission without its programs loses nothing
  std::vector<std::string> roles = {};
  std::map<std::string, int> parameters = {};
  std::vector<PlannedProperty> properties = {};
};

struct Lab {
  std::string id = {};  ///< the folder's name: "data_transport"
  std::string title = {};
  std::string digest = {};  ///< of lab.json: the same digest, the same lab
  std::vector<PlannedSection> sections = {};
};

/// Reads a lab.json. Throws BadInput with file and field; also for an id used twice, and for a need that is
/// no property that comes before, or a hidden one of a property that is not.
Lab load_lab(const std::filesystem::path& file);

}  // namespace klab
