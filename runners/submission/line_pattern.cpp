#define PCRE2_CODE_UNIT_WIDTH 8
#include "runners/submission/line_pattern.hpp"

#include <fmt/format.h>
#include <pcre2.h>

#include <array>

#include "checks/errors.hpp"

namespace klab {
namespace {

constexpr std::uint32_t kMostSteps = 1'000'000;

std::optional<std::string> group(const pcre2_code* code, pcre2_match_data* data, const char* name,
                                 std::string_view line) {
  const int number = pcre2_substring_number_from_name(code, reinterpret_cast<PCRE2_SPTR>(name));
  if (number < 0) return std::nullopt;
  const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data);
  const PCRE2_SIZE begin = offsets[2 * number], end = offsets[2 * number + 1];
  if (begin == PCRE2_UNSET || end < begin) return std::nullopt;
  return std::string(line.substr(begin, end - begin));
}

}  // namespace

struct LinePattern::Compiled {
  pcre2_code* code = nullptr;
  pcre2_match_data* data = nullptr;
  pcre2_match_context* context = nullptr;

  ~Compiled() {
    pcre2_match_data_free(data);
    pcre2_match_context_free(context);
    pcre2_code_free(code);
  }
};

LinePattern::LinePattern(const std::string& expression) : compiled_(std::make_unique<Compiled>()) {
  int error = 0;
  PCRE2_SIZE place = 0;
  compiled_->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(), 0,
                                  &error, &place, nullptr);
  if (compiled_->code == nullptr) {
    std::array<PCRE2_UCHAR, 256> message{};
    pcre2_get_error_message(error, message.data(), message.size());
    throw BadInput(fmt::format("not a regular expression, at character {}: {}", place + 1,
                               reinterpret_cast<const char*>(message.data())));
  }
  compiled_->data = pcre2_match_data_create_from_pattern(compiled_->code, nullptr);
  compiled_->context = pcre2_match_context_create(nullptr);
  pcre2_set_match_limit(compiled_->context, kMostSteps);
}

LinePattern::~LinePattern() = default;
LinePattern::LinePattern(LinePattern&&) noexcept = default;

std::optional<LinePattern::Match> LinePattern::match(std::string_view line) const {
  const int result = pcre2_match(compiled_->code, reinterpret_cast<PCRE2_SPTR>(line.data()), line.size(), 0,
                                 0, compiled_->data, compiled_->context);
  if (result < 0) return std::nullopt;
  return Match{group(compiled_->code, compiled_->data, "key", line),
               group(compiled_->code, compiled_->data, "value", line)};
}

}  // namespace klab
