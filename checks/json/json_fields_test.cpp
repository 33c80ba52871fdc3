#include "checks/json/json_fields.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

JsonFields parsed(const std::string& text) { return JsonFields::parse(text, "f.json"); }

template <typename Read>
std::string error_of(Read read) {
  try {
    read();
  } catch (const BadInput& error) {
    return error.what();
  }
  return "no error";
}

TEST(JsonFields, ReadsEveryType) {
  const JsonFields in =
      parsed(R"({"t":"x","f":true,"r":1.5,"n":-7,"c":9,"l":["a","b"],"z":[0,3],"o":{"i":1},"s":[{"i":2}]})");
  EXPECT_EQ(in.text("t"), "x");
  EXPECT_TRUE(in.flag("f"));
  EXPECT_EQ(in.real("r"), 1.5);
  EXPECT_EQ(in.number<int>("n"), -7);
  EXPECT_EQ(in.count("c"), 9u);
  EXPECT_EQ(in.texts("l"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(in.counts("z"), (std::vector<std::size_t>{0, 3}));
  EXPECT_EQ(in.object("o").number<int>("i"), 1);
  EXPECT_EQ(in.objects("s").at(0).number<int>("i"), 2);
}

TEST(JsonFields, GivesNamesInTheirOrder) {
  EXPECT_EQ(parsed(R"({"b":1,"a":2})").names(), (std::vector<std::string>{"b", "a"}));
}

TEST(JsonFields, LetsSomeFieldsBeAbsent) {
  const JsonFields in = parsed(R"({"t":"x"})");
  EXPECT_EQ(in.optional_text("t"), "x");
  EXPECT_EQ(in.optional_text("u"), std::nullopt);
  EXPECT_TRUE(in.texts("u").empty());
  EXPECT_FALSE(in.has("u"));
}

TEST(JsonFields, SaysWhatIsMissing) {
  EXPECT_EQ(error_of([] { parsed("{}").text("t"); }), "f.json: field \"t\" is missing");
}

TEST(JsonFields, SaysWhatWasExpectedAndWhatIsThere) {
  const JsonFields in = parsed(R"({"t":1,"l":["a",1],"z":[-1]})");
  EXPECT_EQ(error_of([&] { in.text("t"); }), "f.json: field \"t\": expected a text, got 1");
  EXPECT_EQ(error_of([&] { in.optional_text("t"); }), "f.json: field \"t\": expected a text, got 1");
  EXPECT_EQ(error_of([&] { in.flag("t"); }), "f.json: field \"t\": expected true or false, got 1");
  EXPECT_EQ(error_of([&] { in.texts("t"); }), "f.json: field \"t\": expected a list of texts, got 1");
  EXPECT_EQ(error_of([&] { in.texts("l"); }), "f.json: field \"l\": expected a list of texts, got [\"a\",1]");
  EXPECT_EQ(error_of([&] { in.counts("t"); }), "f.json: field \"t\": expected a list of numbers, got 1");
  EXPECT_EQ(error_of([&] { in.counts("z"); }), "f.json: field \"z\": expected a list of numbers, got [-1]");
  EXPECT_EQ(error_of([&] { in.object("t"); }), "f.json: field \"t\": expected an object, got 1");
  EXPECT_EQ(error_of([&] { in.objects("t"); }), "f.json: field \"t\": expected a list of objects, got 1");
  EXPECT_EQ(error_of([&] { in.real("l"); }), "f.json: field \"l\": expected a number, got [\"a\",1]");
  EXPECT_EQ(error_of([&] { throw in.error("u", "a colour"); }),
            "f.json: field \"u\": expected a colour, got nothing");
}

TEST(JsonFields, ChecksTheRangeOfNumbers) {
  const JsonFields in =
      parsed(R"({"r":1.5,"m":-1,"i":2147483648,"h":9223372036854775808,"top":9223372036854775807})");
  EXPECT_EQ(error_of([&] { in.number<int>("r"); }), "f.json: field \"r\": expected a whole number, got 1.5");
  EXPECT_EQ(error_of([&] { in.count("m"); }),
            "f.json: field \"m\": expected a number that is not negative, got -1");
  EXPECT_EQ(error_of([&] { in.number<int>("i"); }),
            "f.json: field \"i\": expected a smaller number, got 2147483648");
  EXPECT_EQ(error_of([&] { in.number<std::int64_t>("h"); }),
            "f.json: field \"h\": expected a smaller number, got 9223372036854775808");
  const JsonFields huge = parsed(R"({"p":99999999999999999999,"n":-99999999999999999999})");
  EXPECT_EQ(error_of([&] { huge.number<std::int64_t>("p"); }),
            "f.json: field \"p\": expected a whole number, got one of more than 64 bits");
  EXPECT_EQ(error_of([&] { huge.count("n"); }),
            "f.json: field \"n\": expected a whole number, got one of more than 64 bits");
  EXPECT_EQ(in.number<std::int64_t>("i"), 2147483648);
  EXPECT_EQ(in.number<std::int64_t>("top"), 9223372036854775807);
}

TEST(JsonFields, NamesThePlaceInsideObjectsAndLists) {
  const JsonFields in = parsed(R"({"o":{},"s":[{"i":1},{}],"b":[1]})");
  EXPECT_EQ(error_of([&] { in.object("o").text("t"); }), "f.json: o: field \"t\" is missing");
  EXPECT_EQ(error_of([&] { in.objects("s").at(1).text("i"); }), "f.json: s[1]: field \"i\" is missing");
  EXPECT_EQ(error_of([&] { in.objects("b"); }), "f.json: b[0]: expected an object, got 1");
}

TEST(JsonFields, SaysWhereTextStopsBeingJson) {
  EXPECT_EQ(error_of([] { parsed("{\"a\":}"); }), "f.json: not JSON, at byte 6");
  EXPECT_EQ(error_of([] { parsed(""); }), "f.json: not JSON, at byte 1");
}

// nlohmann's error for it is of another kind.
TEST(JsonFields, TurnsNumbersDownThatNoTypeHolds) {
  EXPECT_EQ(error_of([] { parsed(R"({"a":1e999})"); }), "f.json: holds a number that is too large");
}

TEST(JsonFields, TurnsObjectsDownThatHaveTooManyFields) {
  const auto object_of = [](int fields) {
    std::string text = "{";
    for (int i = 0; i < fields; ++i) text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":{}";
    return text + "}";
  };
  const std::string most = object_of(256), many = object_of(100'000);
  EXPECT_EQ(parsed(R"({"a":)" + most + R"(,"b":)" + most + "}").names().size(), 2u);
  EXPECT_EQ(error_of([&] { parsed(object_of(257)); }), "f.json: an object of more than 256 fields");
  EXPECT_EQ(error_of([&] { parsed(R"({"a":[)" + many + "]}"); }),
            "f.json: an object of more than 256 fields");
}

TEST(JsonFields, TurnsAFieldDownThatIsThereTwice) {
  EXPECT_EQ(error_of([] { parsed(R"({"a":1,"b":2,"a":1})"); }), "f.json: field \"a\" is there twice");
  EXPECT_EQ(error_of([] { parsed(R"({"o":[{"a":1},{"b":":","\u0062":{}}]})"); }),
            "f.json: field \"b\" is there twice");
  EXPECT_EQ(parsed(R"({"a":{"a":":"},"b":[{"a":1},{"a":"\":"}],"A":1})").size(), 3u);
}

TEST(JsonFields, WantsAnObject) {
  EXPECT_EQ(error_of([] { parsed("[1]"); }), "f.json: expected an object, got [1]");
}

TEST(JsonFields, ShowsOnlyTheBeginningOfWhatIsThere) {
  EXPECT_EQ(error_of([] { parsed("{\"t\":[\"" + std::string(1000, 'x') + "\"]}").text("t"); }),
            "f.json: field \"t\": expected a text, got [\"" + std::string(38, 'x') + "..");
}

TEST(JsonFields, TurnsHugeNestingDown) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_EQ(error_of([&] { parsed(deep); }), "f.json: nests deeper than 100 levels");
  EXPECT_EQ(error_of([&] { parsed("{\"a\":" + deep + "}"); }), "f.json: nests deeper than 100 levels");
}

}  // namespace
}  // namespace klab
