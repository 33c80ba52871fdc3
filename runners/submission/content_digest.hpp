#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace klab {

/// A SHA-256 over named parts; where one part ends and the next begins matters.
class ContentDigest {
 public:
  ContentDigest();
  ~ContentDigest();
  ContentDigest(const ContentDigest&) = delete;
  ContentDigest& operator=(const ContentDigest&) = delete;

  void add(std::string_view part);
  void add_file(
      const std::filesystem::path& file);  ///< its bytes; throws HarnessError when it cannot be read

  /// In hexadecimal; the digest takes no more parts afterwards.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace klab
