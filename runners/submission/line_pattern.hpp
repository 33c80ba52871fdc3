#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace klab {

/// A pattern of submission.json for lines of output: a Perl-compatible regular expression with the named
/// groups `key` and `value`, searched for anywhere in a line. Steps are limited: a pattern that explodes does
/// not match, it never hangs.
class LinePattern {
 public:
  struct Match {
    std::optional<std::string> key = {};
    std::optional<std::string> value = {};
  };

  /// Throws BadInput that says where the expression is wrong.
  explicit LinePattern(const std::string& expression);
  ~LinePattern();
  LinePattern(LinePattern&&) noexcept;

  /// Not safe for use by two threads at once.
  std::optional<Match> match(std::string_view line) const;

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace klab
