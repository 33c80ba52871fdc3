#include "runners/wire/spec_compiler/spec_file.hpp"

#include <gtest/gtest.h>

#include "runners/wire/spec_compiler/table_writer.hpp"

namespace klab {
namespace {

SpecFile parse(const std::string& more, const std::string& fields = "") {
  return parse_spec(R"({"name": "Made", "type": "data", "validVersions": "0-3", "flexibleVersions": "2+")" +
                        more + R"(, "fields": [)" + fields + "]}",
                    "Made.json");
}

std::string refusal_of(const std::string& more, const std::string& fields = "") {
  try {
    write_tables({parse(more, fields)});
    return "none";
  } catch (const SpecError& error) {
    return error.what();
  }
}

TEST(SpecFile, ReadsVersions) {
  const SpecFile file =
      parse("", R"({"name": "A", "type": "int8", "versions": "1-2", "nullableVersions": "none"},
                                     {"name": "B", "type": "[]string", "versions": "3+"},
                                     {"name": "C", "type": "uuid", "taggedVersions": "2", "tag": "0"})");
  EXPECT_EQ(file.valid, (VersionRange{0, 3}));
  EXPECT_EQ(file.flexible, (VersionRange{2, 32767}));
  EXPECT_EQ(file.fields[0].versions, (VersionRange{1, 2}));
  EXPECT_TRUE(file.fields[0].nullable.is_empty());
  EXPECT_TRUE(file.fields[1].is_array);
  EXPECT_EQ(file.fields[2].versions, (VersionRange{2, 2}))
      << "versions are taggedVersions where there are none";
  EXPECT_EQ(file.fields[2].tag, 0) << "old files have it as text";
}

TEST(SpecFile, ReadsDefaultsHoweverTheyAreWritten) {
  const SpecFile file =
      parse("", R"({"name": "A", "type": "int32", "versions": "0+", "default": "0x7fffffff"},
                   {"name": "B", "type": "int64", "versions": "0+", "default": -1},  // a comment: "and a quote
                   {"name": "C", "type": "bool", "versions": "0+", "default": "true"},
                   {"name": "D", "type": "bool", "versions": "0+", "default": false},
                   {"name": "E", "type": "string", "versions": "0+", "default": "null"},
                   {"name": "F", "type": "string", "versions": "0+", "default": "some"})");
  EXPECT_EQ(file.fields[0].default_integer, 0x7fffffff);
  EXPECT_EQ(file.fields[1].default_integer, -1);
  EXPECT_EQ(file.fields[2].default_integer, 1);
  EXPECT_EQ(file.fields[3].default_integer, 0);
  EXPECT_TRUE(file.fields[4].is_null_by_default);
  EXPECT_EQ(file.fields[5].default_text, "some");
}

TEST(SpecFile, NamesFileAndKeywordThatItDoesNotKnow) {
  EXPECT_EQ(refusal_of(R"(, "compressed": true)"), "Made.json: unknown keyword \"compressed\"");
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "int8", "versions": "0+", "wide": 1})"),
            "Made.json: unknown keyword \"wide\"");
  EXPECT_EQ(refusal_of(R"(, "commonStructs": [{"name": "S", "versions": "0+", "fields": [], "kind": 1}])"),
            "Made.json: unknown keyword \"kind\"");
}

TEST(SpecFile, NamesFileAndTypeThatItDoesNotKnow) {
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "int128", "versions": "0+"})"),
            "Made.json: unknown type int128");
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "[][]int8", "versions": "0+"})"),
            "Made.json: unknown type [][]int8");
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "Missing", "versions": "0+"})"),
            "Made.json: unknown type Missing");
}

TEST(SpecFile, RefusesWhatIsNoVersionNoNumberOrNoJson) {
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "int8", "versions": "some"})"),
            "Made.json: not a number: some");
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "int8", "versions": "0+", "default": "x"})"),
            "Made.json: not a number: x");
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "int8", "versions": "70000"})"),
            "Made.json: not a version: 70000");
  EXPECT_NE(refusal_of("", "{").find("Made.json: "), std::string::npos);
  EXPECT_NE(refusal_of("", "{}").find("type"), std::string::npos);
}

TEST(SpecFile, RefusesAStructThatContainsItself) {
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "S", "versions": "0+", "fields": [
                                {"name": "B", "type": "[]S", "versions": "0+"}]})"),
            "Made: S contains itself");
}

TEST(SpecFile, RefusesATagWithoutVersions) {
  EXPECT_EQ(refusal_of("", R"({"name": "A", "type": "int8", "versions": "0+", "tag": 1})"),
            "Made.json: tag and taggedVersions go together: A");
}

}  // namespace
}  // namespace klab
