#include "runners/wire/frame_cutter.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "runners/wire/golden/golden_file.hpp"

namespace klab {
namespace {

using Frames = std::vector<std::string>;

/// The frames of some bytes that come in pieces of one size.
Frames frames_of(FrameCutter& cutter, std::string_view bytes, std::size_t piece) {
  Frames frames;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
    cutter.feed(bytes.substr(0, piece), [&](std::string_view frame) { frames.emplace_back(frame); });
  return frames;
}

TEST(FrameCutter, DoesNotCareHowTheBytesCome) {
  const std::string bytes = from_hex("00000003 616263 00000000 00000001 78");
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    FrameCutter cutter;
    EXPECT_EQ(frames_of(cutter, bytes, piece), (Frames{"abc", "", "x"})) << piece;
    EXPECT_EQ(cutter.unfinished_bytes(), 0u);
    EXPECT_FALSE(cutter.is_lost());
  }
}

TEST(FrameCutter, KeepsWhatIsNotWholeYet) {
  FrameCutter cutter;
  EXPECT_EQ(frames_of(cutter, from_hex("00000003 6162"), 100), Frames{});
  EXPECT_EQ(cutter.unfinished_bytes(), 6u);
  EXPECT_EQ(frames_of(cutter, from_hex("63 00000001"), 100), Frames{"abc"});
  EXPECT_EQ(cutter.unfinished_bytes(), 4u);
}

TEST(FrameCutter, IsLostAfterALengthThatCannotBe) {
  for (const std::string length : {"ffffffff", "80000000", "00000005", "16030100"})
    for (const std::size_t piece : {1u, 2u, 100u}) {
      FrameCutter cutter(4);
      EXPECT_EQ(frames_of(cutter, from_hex("00000001 78" + length + "00000001 79"), piece), Frames{"x"})
          << length;
      EXPECT_TRUE(cutter.is_lost());
      EXPECT_EQ(cutter.unfinished_bytes(), 0u);
      EXPECT_EQ(frames_of(cutter, from_hex("00000001 78"), piece), Frames{}) << "and stays so";
    }
}

TEST(FrameCutter, TakesAFrameOfTheGreatestLength) {
  FrameCutter cutter(4);
  EXPECT_EQ(frames_of(cutter, from_hex("00000004 61626364"), 3), Frames{"abcd"});
}

}  // namespace
}  // namespace klab
