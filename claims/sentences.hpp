#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// A sentence of a report, and where it stands there.
struct Sentence {
  std::string text = {};     ///< on one line, without Markdown, words that a line's end divided put together
  std::string context = {};  ///< the heading or question it stands under, what its paragraph says before it,
                             ///< the list's item before
  std::size_t begin = 0, end = 0;    ///< bytes of the report
  std::size_t line = 1, column = 1;  ///< of its begin
};

/// "[claim: acks.default = all]": what is between the colon and the bracket.
struct ExplicitMark {
  std::string text = {};
  std::size_t begin = 0, end = 0;
  std::size_t line = 1, column = 1;
};

struct ReportSentences {
  std::vector<Sentence> sentences = {};
  std::vector<ExplicitMark> marks = {};
};

/// The sentences of a plain text or of Markdown. Blank lines, list items, headings and table rows end a
/// sentence; a row is read with the heads of its columns: "Setting acks, Default 1". Headings, code in fences
/// and quoted lines hold none.
ReportSentences sentences_of(std::string_view report);

}  // namespace klab
