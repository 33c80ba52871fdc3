#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "checks/errors.hpp"

namespace klab {

/// A JSON object whose fields are read with their types checked. Every error is a BadInput of one line that
/// names the place, the field, what was expected and what is there. Copies, and the objects in it, share it.
class JsonFields {
 public:
  /// `place` opens every message: "history.jsonl:17".
  static JsonFields parse(std::string_view text, std::string place);
  JsonFields(nlohmann::ordered_json object, std::string place);

  bool has(const std::string& name) const { return object_->contains(name); }
  bool has_value(const std::string& name) const;  ///< and is not null
  std::size_t size() const { return object_->size(); }
  std::vector<std::string> names() const;

  std::string text(const std::string& name) const;
  std::optional<std::string> optional_text(const std::string& name) const;
  std::vector<std::string> texts(const std::string& name) const;  ///< an absent field reads as no texts
  bool flag(const std::string& name) const;
  double real(const std::string& name) const;
  std::size_t count(const std::string& name) const;
  std::vector<std::size_t> counts(const std::string& name) const;
  JsonFields object(const std::string& name) const;
  std::vector<JsonFields> objects(const std::string& name) const;

  template <typename Integer>
  Integer number(const std::string& name) const {
    const std::int64_t value = integer(name);
    if (value < std::numeric_limits<Integer>::min() || value > std::numeric_limits<Integer>::max())
      throw error(name, "a smaller number");
    return static_cast<Integer>(value);
  }

  /// For a field that has the right type and still a wrong value.
  BadInput error(const std::string& name, const std::string& expected) const;

 private:
  JsonFields(std::shared_ptr<const nlohmann::ordered_json> object, std::string place);

  std::int64_t integer(const std::string& name) const;
  const nlohmann::ordered_json& field(const std::string& name) const;

  /// A part of `object_`, which it keeps alive.
  std::shared_ptr<const nlohmann::ordered_json> shared(const nlohmann::ordered_json& part) const {
    return {object_, &part};
  }

  std::shared_ptr<const nlohmann::ordered_json> object_;
  std::string place_;
};

}  // namespace klab
