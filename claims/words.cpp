#include "claims/words.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace klab {
namespace {

using Kind = Word::Kind;

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_name_part(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '\''; }

/// Takes a sentence apart from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Word> words() {
    while (at_ < text_.size()) take_next();
    return std::move(words_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  void take_next() {
    const char c = peek();
    if (c == '(' && peek(1) == ')' && !words_.empty()) return take_call();
    if (is_at_punctuation()) return take_punctuation();
    if (is_digit(c) || (c == '-' && is_digit(peek(1)) && !is_after_word())) return take_number();
    if (is_letter(c) || c == '_') return take_name();
    const bool is_second_of_two = c == '=' && at_ > 0 && text_[at_ - 1] == '=';  // "key == null"
    if (std::string_view(",;:()[]|=!?<>/+").find(c) != std::string_view::npos && !is_second_of_two)
      add(std::string(1, c), Kind::mark);
    if (c == '-' && is_after_space() && !is_letter(peek(1))) add("-", Kind::mark);
    ++at_;
  }

  // Dashes, quotes, dots and the like, each of three bytes that begin with these two.
  bool is_at_punctuation() const { return text_.substr(at_, 2) == "\xe2\x80"; }

  void take_punctuation() {
    const char last = peek(2);
    if (last == '\x93' || last == '\x94') add("-", Kind::mark);
    at_ += 3;
  }

  // What is called is no verb: "flush() blocks" does not tell anybody to flush.
  void take_call() {
    words_.back().plain += "()";
    at_ += 2;
  }

  bool is_after_word() const { return at_ > 0 && (is_letter(text_[at_ - 1]) || is_digit(text_[at_ - 1])); }
  bool is_after_space() const { return at_ == 0 || text_[at_ - 1] == ' '; }

  /// "1.5", "16,384" or "16 384".
  bool is_inside_number() const {
    if (peek() == '.' || peek() == ',') return is_digit(peek(1));
    return peek() == ' ' && is_digit(peek(1)) && is_digit(peek(2)) && is_digit(peek(3)) &&
           !is_name_part(peek(4));
  }

  void take_number() {
    std::string number;
    if (peek() == '-') number += text_[at_++];
    for (; is_digit(peek()) || is_inside_number(); ++at_)
      if (peek() != ',' && peek() != ' ') number += peek();
    add(number, Kind::number);
  }

  void take_name() {
    const std::size_t begin = at_;
    while (take_apostrophe() || (is_name_part(peek()) && !is_at_punctuation())) ++at_;
    std::string name(text_.substr(begin, at_ - begin));
    while (!name.empty() && (name.back() == '.' || name.back() == '\'')) name.pop_back();
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    peek() == '(' && name.find('.') != std::string::npos ? add_call(name) : add_name(name);
  }

  // The curly one takes three bytes, of which the next step of the loop passes over the last.
  bool take_apostrophe() {
    if (text_.substr(at_, 3) != "\u2019" || at_ + 3 >= text_.size() || !is_letter(text_[at_ + 3]))
      return false;
    at_ += 2;
    return true;
  }

  void add_call(const std::string& name) {
    for (std::size_t begin = 0; begin <= name.size();) {
      const std::size_t end = std::min(name.find('.', begin), name.size());
      if (end > begin) add_name(name.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  void add_name(std::string name) {
    for (std::size_t at; (at = name.find("\u2019")) != std::string::npos;) name.replace(at, 3, "'");
    if (name == "can't" || name == "cannot") return add_words({"can", "not"});
    if (name == "won't") return add_words({"will", "not"});
    static const std::set<std::string, std::less<>> kWithoutApostrophe{
        "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "wont", "cant", "neednt", "shouldnt", "hasnt"};
    if (kWithoutApostrophe.contains(name)) return add_words({name.substr(0, name.size() - 2), "not"});
    if (name.ends_with("n't")) return add_words({name.substr(0, name.size() - 3), "not"});
    if (const std::size_t at = name.find('\''); at != std::string::npos) name.resize(at);
    // Neither "no matter" is a negation, nor "whether or not", unless something decides it.
    if ((name == "matter" && !words_.empty() && words_.back().plain == "no") ||
        (name == "not" && is_after_whether_or())) {
      words_.pop_back();
      name = "regardless";
    }
    if (name == "roundrobin" || name == "insync" || name == "inflight")  // a hyphen at a line's end
      return add_words({name.substr(0, name[0] == 'r' ? 5 : 2), name.substr(name[0] == 'r' ? 5 : 2)});
    // Settings are written with dots, underscores, or both; a leading underscore belongs to the name of a
    // topic.
    if (const std::size_t first = name.find_first_not_of('_'); first != std::string::npos)
      std::replace(name.begin() + static_cast<std::ptrdiff_t>(first), name.end(), '_', '.');
    if (!name.empty()) add(name, Kind::word);
  }

  /// "It is deleted whether or not it was read", but not "it decides whether or not".
  bool is_after_whether_or() const {
    static const std::set<std::string, std::less<>> kDeciding{
        "decid", "determin", "know",  "tell", "check", "control",  "specifi", "defin",    "choos", "see",
        "on",    "of",       "about", "say",  "ask",   "question", "indicat", "configur", "test",  "be"};
    const std::size_t size = words_.size();
    return size > 2 && words_[size - 1].plain == "or" && words_[size - 2].plain == "whether" &&
           !kDeciding.contains(words_[size - 3].stem);
  }

  void add_words(const std::vector<std::string>& parts) {
    for (const std::string& part : parts) add(part, Kind::word);
  }

  void add(const std::string& plain, Kind kind) {
    words_.push_back({kind == Kind::word ? stem_of(plain) : plain, plain, kind});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Word> words_ = {};
};

}  // namespace

std::vector<Word> words_of(std::string_view sentence) { return Scanner(sentence).words(); }

}  // namespace klab
