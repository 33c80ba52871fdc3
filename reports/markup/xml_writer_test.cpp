#include "reports/markup/xml_writer.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>

namespace klab {
namespace {

std::string note_with(std::string_view text) {
  std::string out;
  XmlElement(out, "note").attribute("about", text).text(text);
  return out;
}

TEST(XmlWriter, ClosesEveryElementAtTheEndOfItsScope) {
  std::string out;
  {
    XmlElement root(out, "a");
    root.attribute("n", "1");
    root.child("b").text("x");
    root.child("c");
  }
  EXPECT_EQ(out, "<a n=\"1\">\n  <b>x</b>\n  <c></c>\n</a>\n");
}

TEST(XmlWriter, AddsNoWhiteSpaceToMixedText) {
  std::string out;
  {
    XmlElement root(out, "p");
    root.text("see ");
    root.child("b").text("this");
    root.text(".");
  }
  EXPECT_EQ(out, "<p>see <b>this</b>.</p>\n");
}

TEST(XmlWriter, EscapesMarkup) {
  EXPECT_EQ(escaped_text("<a href=\"x\">&'</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(escaped_text("]]>"), "]]&gt;");
}

TEST(XmlWriter, KeepsLineBreaksOfAttributes) { EXPECT_EQ(escaped_attribute("a\n\tb"), "a&#10;&#9;b"); }

TEST(XmlWriter, DropsWhatXmlForbids) {
  using namespace std::string_literals;
  EXPECT_EQ(escaped_text("\x1b[31m\0\x01r\uFFFE\uFFFF\x08"s), "r");
  EXPECT_EQ(escaped_text("\xFF"), "\uFFFD");
}

TEST(XmlWriter, IsReadBackAsTheSameTextByAParser) {
  const std::string text = "5 < 6 && \"x\" != 'y' ]]> <!-- </note> &#1; line\nnext\tcolumn";
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(note_with(text).c_str()));
  EXPECT_EQ(document.child("note").attribute("about").value(), text);
  EXPECT_EQ(document.child("note").text().get(), text);
}

TEST(XmlWriter, StaysWellFormedForEveryByte) {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += {static_cast<char>(byte), '<', '&', '"'};
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(note_with(bytes).c_str()));
}

}  // namespace
}  // namespace klab
