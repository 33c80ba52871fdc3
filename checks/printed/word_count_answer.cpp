#include "checks/printed/word_count_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kAnswersFile = "answers.json";
constexpr std::size_t kLongestAnswer = 10'000;

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The numbers in a text, with or without commas between thousands.
std::vector<std::size_t> numbers_in(const std::string& text) {
  static const std::regex kNumber(R"(\b(\d{1,3}(?:,\d{3})+|\d+)\b)");
  std::vector<std::size_t> numbers;
  for (std::sregex_iterator found(text.begin(), text.end(), kNumber), end; found != end; ++found) {
    std::string digits = found->str();
    std::erase(digits, ',');
    if (const auto number = number_in(digits)) numbers.push_back(*number);
  }
  return numbers;
}

std::optional<std::size_t> number_told_by(const ordered_json& value) {
  if (value.is_number_unsigned()) return value.get<std::size_t>();
  if (!value.is_string()) return std::nullopt;
  const std::vector<std::size_t> numbers = numbers_in(value.get_ref<const std::string&>());
  return numbers.size() == 1 ? std::optional(numbers.front()) : std::nullopt;
}

std::string in_lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// That of a field with such a name, "Lines", or else of the first whose name has one of the words in it,
/// "newline_count", and that has a number.
std::optional<std::size_t> number_of(const ordered_json& object, const std::vector<std::string>& words) {
  for (const bool is_exact : {true, false})
    for (const std::string& word : words)
      for (const auto& [name, value] : object.items()) {
        const std::string lower = in_lower_case(name);
        const bool is_it =
            is_exact ? lower == word || lower == word + "s" : lower.find(word) != std::string::npos;
        if (const auto number = number_told_by(value); is_it && number) return number;
      }
  return std::nullopt;
}

std::optional<WordCount> count_of(std::optional<std::size_t> lines, std::optional<std::size_t> words,
                                  std::optional<std::size_t> bytes) {
  if (!lines || !words || !bytes) return std::nullopt;
  return WordCount{.lines = *lines, .words = *words, .bytes = *bytes};
}

/// Three numbers, and whatever follows them; or, in any other text, three numbers in all.
std::optional<WordCount> read_answer(const std::string& text) {
  if (text.size() > kLongestAnswer) return std::nullopt;
  const ordered_json object = ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (object.is_object())
    return count_of(number_of(object, {"line"}), number_of(object, {"word"}),
                    number_of(object, {"byte", "char"}));
  std::istringstream in(text);
  std::string lines, words, bytes;
  in >> lines >> words >> bytes;
  if (const auto count = count_of(number_in(lines), number_in(words), number_in(bytes))) return count;
  const std::vector<std::size_t> numbers = numbers_in(text);
  return numbers.size() == 3 ? count_of(numbers[0], numbers[1], numbers[2]) : std::nullopt;
}

bool agree(const WordCount& answer, const WordCount& file) {
  return answer.lines == file.lines && answer.words == file.words &&
         (answer.bytes == file.bytes || answer.bytes == file.bytes + file.lines ||
          answer.bytes + file.lines == file.bytes);
}

std::string text_of(const WordCount& count) {
  return fmt::format("{} lines, {} words, {} bytes", count.lines, count.words, count.bytes);
}

const SubmittedFile* find_file(const History& history, std::string_view name) {
  const auto file = std::ranges::find(history.submitted_files, name, &SubmittedFile::name);
  return file == history.submitted_files.end() ? nullptr : &*file;
}

}  // namespace

Verdict word_count_answer(const History& history, std::string_view answer, std::string_view name) {
  Verdict verdict{.claim = fmt::format("{} of {} agrees with {}", answer, kAnswersFile, name)};
  const SubmittedFile* answers = find_file(history, kAnswersFile);
  const SubmittedFile* file = find_file(history, name);
  if (answers == nullptr || file == nullptr)
    return undecided(verdict, fmt::format("nobody looked for {} and {}", kAnswersFile, name));
  const std::string hint =
      fmt::format("write what wc prints for {} into {}, as in {{\"C\": {{\"wc\": \"1002 28002 338451\"}}}}",
                  name, kAnswersFile);
  const auto given = std::ranges::find(history.answers, answer, &SubmittedAnswer::name);
  if (given == history.answers.end())
    return refuted(verdict,
                   answers->problem.empty() ? fmt::format("{} has no answer {}", kAnswersFile, answer)
                                            : fmt::format("{}: {}", kAnswersFile, answers->problem),
                   hint);
  if (!file->size) return refuted(verdict, fmt::format("{}: {}", name, file->problem), hint);
  verdict.expected = text_of(*file->size);
  verdict.judged = fmt::format("the answer \"{}\"", given->text);
  const auto count = read_answer(given->text);
  if (!count) return refuted(verdict, fmt::format("\"{}\" does not tell three numbers", given->text), hint);
  if (agree(*count, *file->size)) return holds(verdict, text_of(*count));
  add_evidence(verdict, {.lines = {given->line, file->line},
                         .note = fmt::format("the answer says {}; {} has {}", text_of(*count), name,
                                             text_of(*file->size))});
  return refuted(verdict, text_of(*count), hint);
}

}  // namespace klab
