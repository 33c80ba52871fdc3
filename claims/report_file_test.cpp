#include "claims/report_file.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/process/run_command.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

struct ReportFile : testing::Test {
  std::string refusal_of(const std::filesystem::path& file) const {
    try {
      load_report(file);
      return "";
    } catch (const BadInput& error) {
      return std::string(error.what()).substr(file.string().size());
    }
  }

  TestFolder folder;
};

/// A page with one line of text.
std::string pdf_that_says(const std::string& text) {
  const std::string drawn = "BT /F1 12 Tf 72 700 Td (" + text + ") Tj ET";
  return "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
         "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
         "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
         "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
         "4 0 obj<</Length " +
         std::to_string(drawn.size()) + ">>stream\n" + drawn + "\nendstream endobj\ntrailer<</Root 1 0 R>>\n";
}

TEST_F(ReportFile, IsReadAsItIs) { EXPECT_EQ(load_report(folder.write("r.md", "# A\nb")), "# A\nb"); }

TEST_F(ReportFile, IsRefusedWhenItIsNone) {
  EXPECT_EQ(refusal_of(folder / "none.md"), ": no such file; expected a report");
  EXPECT_EQ(refusal_of(folder.path()), ": no such file; expected a report");
  EXPECT_EQ(refusal_of(folder.write("e.md", " \n")), ": holds no text");
  EXPECT_EQ(refusal_of(folder.write("b.md", std::string("a\0b", 3))),
            ": expected plain text, Markdown or PDF, got something else");
}

TEST_F(ReportFile, MayBeAPdf) {
  if (run_command({"pdftotext", "-v"}, 10s).status.exit_code == 127)
    GTEST_SKIP() << "pdftotext is not installed";
  EXPECT_NE(load_report(folder.write("r.pdf", pdf_that_says("acks defaults to all.")))
                .find("acks defaults to all."),
            std::string::npos);
}

TEST_F(ReportFile, IsRefusedWhenItOnlyLooksLikeAPdf) {
  const std::string reason = refusal_of(folder.write("r.pdf", "%PDF-1.4 nonsense"));
  EXPECT_TRUE(reason.starts_with(": expected a PDF") ||
              reason.starts_with(": to read a PDF, pdftotext is needed"))
      << reason;
}

}  // namespace
}  // namespace klab
