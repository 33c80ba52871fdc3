#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace klab {

/// Compares a report byte for byte with reports/goldens/<name>. With KLAB_APPROVE=1 in the environment the
/// golden is written instead, and the change is judged in review.
testing::AssertionResult matches_golden(std::string_view name, const std::string& report);

}  // namespace klab
