#pragma once

#include <map>
#include <string>

#include "claims/measured.hpp"

namespace klab {

/// What an experiment concludes, claim by claim. Versions and evidence are added by who ran it.
class Conclusions {
 public:
  /// A value of claims/catalogue/CLAIM.json. `where` names the client, and settings that were not left at
  /// their defaults, as claims/language.json does.
  void value(const std::string& claim, MeasuredValue value) {
    measurements_[claim].values.push_back(std::move(value));
  }

  /// A run, or a part of one, that must come out in a known way; the claim stays undecided where it does not.
  /// Each claim has a positive one (what is looked for is seen where it is known to be) and a negative one
  /// (it is not seen where it is known not to be).
  void control(const std::string& claim, std::string name, bool held) {
    measurements_[claim].controls.push_back({std::move(name), held});
  }

  void undecided(const std::string& claim, std::string why) {
    measurements_[claim].undecided = std::move(why);
  }

  const Measurements& measurements() const { return measurements_; }

 private:
  Measurements measurements_ = {};
};

}  // namespace klab
