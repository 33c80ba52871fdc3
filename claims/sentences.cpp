#include "claims/sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "claims/report_lines.hpp"

namespace klab {
namespace {

bool is_lower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }

/// Text put together from parts of a report, each byte of which knows where it comes from.
class Collected {
 public:
  void add(std::string_view text, std::size_t from) {
    for (std::size_t i = 0; i < text.size(); ++i) put(text[i], from + i);
  }

  void add_line(std::string_view text, std::size_t from) {
    if (text_.size() > 1 && text_.back() == '-' && is_lower(text_[text_.size() - 2]) && !text.empty() &&
        is_lower(text[0]))
      text_.pop_back(), places_.pop_back();
    else if (!text_.empty())
      put(' ', from);
    add(text, from);
  }

  const std::string& text() const { return text_; }
  std::size_t place(std::size_t at) const { return places_[at]; }
  bool is_empty() const { return text_.empty(); }

  /// Takes out what Markdown is for the eye only, and gives the marks back.
  std::vector<ExplicitMark> clean() {
    std::vector<ExplicitMark> marks;
    Collected plain;
    for (std::size_t at = 0; at < text_.size();) {
      if (const std::size_t end = mark_end(at); end > at) {
        marks.push_back(
            {.text = text_.substr(at + 7, end - at - 8), .begin = places_[at], .end = places_[end - 1] + 1});
        at = end;
      } else if (const std::size_t target = link_target(at); target > at) {
        at = target;  // of "[text](address)" only the text is read
      } else if (text_[at] == '`' || text_[at] == '*' ||
                 (text_[at] == '[' && text_.find("](", at) != std::string::npos)) {
        ++at;
      } else {
        plain.put(text_[at], places_[at]);
        ++at;
      }
    }
    *this = plain;
    return marks;
  }

 private:
  void put(char c, std::size_t place) {
    text_ += c;
    places_.push_back(place);
  }

  std::size_t mark_end(std::size_t at) const {
    if (text_.compare(at, 7, "[claim:") != 0) return at;
    const std::size_t end = text_.find(']', at);
    return end == std::string::npos ? at : end + 1;
  }

  std::size_t link_target(std::size_t at) const {
    if (text_.compare(at, 2, "](") != 0) return at;
    const std::size_t end = text_.find(')', at);
    return end == std::string::npos ? at : end + 1;
  }

  std::string text_ = {};
  std::vector<std::size_t> places_ = {};
};

bool ends_abbreviation(std::string_view text, std::size_t dot) {
  static const std::set<std::string_view> kAbbreviations{"e.g",  "i.e", "vs", "cf", "approx", "resp", "fig",
                                                         "incl", "ca",  "eg", "ie", "max",    "min"};
  std::size_t begin = dot;
  while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '(') --begin;
  return kAbbreviations.contains(text.substr(begin, dot - begin));
}

/// Whether a sentence ends with this byte.
bool ends_sentence(std::string_view text, std::size_t at) {
  if (text[at] != '.' && text[at] != '!' && text[at] != '?') return false;
  std::size_t next = at + 1;
  while (next < text.size() && (text[next] == '"' || text[next] == ')' || text[next] == '\'')) ++next;
  if (next == text.size()) return true;
  return text[next] == ' ' && !(text[at] == '.' && ends_abbreviation(text, at));
}

/// Takes a report apart, block by block.
class Splitter {
 public:
  explicit Splitter(std::string_view report) : lines_(report) {}

  ReportSentences result() {
    for (const ReportLine& line : lines_.lines()) take(line);
    close();
    return std::move(result_);
  }

 private:
  void take(const ReportLine& line) {
    using Kind = ReportLine::Kind;
    if (line.kind != Kind::row && !line.text.starts_with("|")) heads_.clear();
    if (line.kind != Kind::text) close();
    if (line.kind != Kind::text && line.kind != Kind::item) previous_.clear(), item_.clear();
    if (line.kind == Kind::item) item_.swap(previous_), previous_.clear();
    if (line.kind == Kind::heading) context_ = line.text;
    if (line.kind == Kind::question) context_ = line.text;
    if (line.kind == Kind::row) return take_row(line);
    if (line.kind == Kind::text || line.kind == Kind::item || line.kind == Kind::question)
      block_.add_line(line.text, line.begin);
  }

  void take_row(const ReportLine& line) {
    const std::vector<TableCell> cells = cells_of(line);
    if (heads_.empty()) {
      for (const TableCell& cell : cells) heads_.push_back(cell.text.empty() ? " " : cell.text);
      return;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i < heads_.size()) block_.add(heads_[i] + " ", line.begin);
      block_.add(cells[i].text + (i + 1 < cells.size() ? ", " : ""), cells[i].begin);
    }
    close();
  }

  void close() {
    for (ExplicitMark& mark : block_.clean()) {
      place(mark);
      result_.marks.push_back(std::move(mark));
    }
    const std::string& text = block_.text();
    for (std::size_t begin = 0, at = 0; at < text.size(); ++at)
      if (at + 1 == text.size() || ends_sentence(text, at)) {
        add_sentence(begin, at + 1);
        begin = at + 1;
      }
    block_ = {};
  }

  void add_sentence(std::size_t begin, std::size_t end) {
    const std::string& text = block_.text();
    while (begin < end && (text[begin] == ' ' || text[begin] == ')' || text[begin] == '"')) ++begin;
    if (std::none_of(text.begin() + static_cast<std::ptrdiff_t>(begin),
                     text.begin() + static_cast<std::ptrdiff_t>(end),
                     [](unsigned char c) { return std::isalpha(c) != 0; }))
      return;
    Sentence sentence{.text = text.substr(begin, end - begin),
                      .context = fmt::format("{}. {} {}", context_, item_, previous_),
                      .begin = block_.place(begin),
                      .end = block_.place(end - 1) + 1};
    place(sentence);
    previous_ += sentence.text + " ";
    result_.sentences.push_back(std::move(sentence));
  }

  template <typename Placed>
  void place(Placed& placed) const {
    placed.line = lines_.number_at(placed.begin);
    placed.column = placed.begin - lines_.begin_of(placed.line) + 1;
  }

  ReportLines lines_;
  ReportSentences result_ = {};
  Collected block_ = {};
  std::string context_ = {};
  std::string item_ = {}, previous_ = {};  // the item of the list before this one, and this one so far
  std::vector<std::string> heads_ = {};
};

}  // namespace

ReportSentences sentences_of(std::string_view report) { return Splitter(report).result(); }

}  // namespace klab
