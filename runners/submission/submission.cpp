#include "runners/submission/submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "checks/errors.hpp"
#include "checks/json/json_fields.hpp"
#include "checks/json/json_shape.hpp"
#include "runners/submission/line_pattern.hpp"
#include "runners/submission/submission_files.hpp"

namespace klab {
namespace {

using nlohmann::json;
using Path = std::vector<std::string>;

constexpr std::size_t kShown = 200;
constexpr std::size_t kLongestText = 100'000;  // Linux hands on no argument that is longer than 128 KiB
constexpr std::array<std::string_view, 4> kFields{"name", "programs", "setup", "output"};

/// Enough of a text to recognise it by, on one line.
std::string shortened(const std::string& text) {
  return text.size() > kShown ? text.substr(0, kShown) + ".." : text;
}

/// The manifest's text beside its value: the value says what is wrong, the text on which line.
class Manifest {
 public:
  explicit Manifest(const std::filesystem::path& file) : name_(file.string()) {
    std::error_code ignored;
    if (std::filesystem::is_symlink(file, ignored) &&
        leads_out(file, file.parent_path(), Links::into_work_tree))
      throw BadInput(fmt::format("{}: is a link to what is not in the submission", name_));
    std::ifstream in;
    if (std::filesystem::is_regular_file(file, ignored)) in.open(file);
    if (!in.is_open())
      throw BadInput(fmt::format("{}: {}; expected the submission's manifest there", name_,
                                 std::filesystem::exists(file, ignored) ? "cannot be read" : "not found"));
    text_.assign(std::istreambuf_iterator<char>(in), {});
    if (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF"))
      throw BadInput(fmt::format("{}: is UTF-16; expected UTF-8", name_));
    if (nests_too_deep(text_))
      throw BadInput(fmt::format("{}: nests deeper than {} levels", name_, kDeepestJson));
    try {
      value_ = json::parse(text_);
      if (value_.is_object()) JsonFields::parse(text_, name_);  // refuses a field that is there twice
    } catch (const json::parse_error& error) {
      throw BadInput(
          fmt::format("{}:{}: not valid JSON: {}", name_, place_of_byte(error.byte), reason(error.what())));
    } catch (const json::out_of_range&) {
      throw BadInput(fmt::format("{}: holds a number that is too large", name_));
    }
  }

  const json& value() const { return value_; }

  BadInput error(const Path& path, std::string_view expected, const json& actual) const {
    return wrong(path, fmt::format("expected {}, got {}", expected, shortened(actual.dump())));
  }

  BadInput wrong(const Path& path, std::string_view what) const {
    const std::string field = path.empty() ? "" : fmt::format("field \"{}\": ", fmt::join(path, "."));
    return BadInput(fmt::format("{}:{}: {}{}", name_, line_of(path), field, what));
  }

 private:
  /// nlohmann's sentence without its error number and place.
  static std::string reason(const std::string& what) {
    const std::size_t at = what.find(" - ");
    return shortened(at == std::string::npos ? what : what.substr(at + 3));
  }

  std::string place_of_byte(std::size_t byte) const {
    const std::string_view before = std::string_view(text_).substr(0, byte > 0 ? byte - 1 : 0);
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return fmt::format("{}:{}", 1 + std::ranges::count(before, '\n'), before.size() - line_start + 1);
  }

  /// The line of a field's name: the first that follows its parent's name.
  std::ptrdiff_t line_of(const Path& path) const {
    std::size_t at = 0;
    for (const std::string& name : path) at = std::min(text_.find('"' + name + '"', at), text_.size());
    return 1 + std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  }

  std::string name_;
  std::string text_;
  json value_;
};

std::string text_at(const Manifest& manifest, const Path& path, const json& value) {
  if (!value.is_string()) throw manifest.error(path, "a text", value);
  const std::string& text = value.get_ref<const std::string&>();
  if (text.size() > kLongestText)
    throw manifest.wrong(path, fmt::format("{} bytes long; expected at most {}", text.size(), kLongestText));
  if (text.find('\0') != std::string::npos) throw manifest.error(path, "a text without NUL", value);
  return text;
}

const json& object_at(const Manifest& manifest, const std::string& name) {
  const json& value = manifest.value().at(name);
  if (!value.is_object()) throw manifest.error({name}, "an object", value);
  return value;
}

void reject_unknown_fields(const Manifest& manifest) {
  for (const auto& [name, value] : manifest.value().items())
    if (std::ranges::find(kFields, name) == kFields.end())
      throw manifest.wrong({name}, fmt::format("unknown; expected one of {}", fmt::join(kFields, ", ")));
}

std::map<std::string, std::string> read_programs(const Manifest& manifest) {
  if (!manifest.value().contains("programs"))
    throw manifest.wrong({"programs"}, R"(missing; expected {"producer": "a command", ..})");
  std::map<std::string, std::string> programs;
  for (const auto& [role, command] : object_at(manifest, "programs").items()) {
    programs[role] = text_at(manifest, {"programs", role}, command);
    if (programs[role].find_first_not_of(" \t\n") == std::string::npos)
      throw manifest.error({"programs", role}, "a command", command);
  }
  if (programs.empty())
    throw manifest.error({"programs"}, "at least one program", manifest.value().at("programs"));
  return programs;
}

std::string read_consumed_pattern(const Manifest& manifest) {
  if (!manifest.value().contains("output")) return {};
  const json& output = object_at(manifest, "output");
  for (const auto& [name, value] : output.items())
    if (name != "consumed") throw manifest.wrong({"output", name}, "unknown; expected \"consumed\"");
  if (!output.contains("consumed")) return {};
  const std::string pattern = text_at(manifest, {"output", "consumed"}, output.at("consumed"));
  try {
    LinePattern compiled(pattern);
  } catch (const BadInput& error) {
    throw manifest.wrong({"output", "consumed"}, error.what());
  }
  return pattern;
}

}  // namespace

Submission load_submission(const std::filesystem::path& folder) {
  if (!std::filesystem::exists(folder))
    throw BadInput(fmt::format("{}: no such folder; expected a submission", folder.string()));
  if (!std::filesystem::is_directory(folder))
    throw BadInput(fmt::format("{}: not a folder; expected a submission", folder.string()));
  const Manifest manifest(folder / "submission.json");
  if (!manifest.value().is_object()) throw manifest.error({}, "an object", manifest.value());
  reject_unknown_fields(manifest);
  Submission submission{.folder = std::filesystem::canonical(folder)};
  if (manifest.value().contains("name")) text_at(manifest, {"name"}, manifest.value().at("name"));
  submission.programs = read_programs(manifest);
  if (manifest.value().contains("setup"))
    submission.setup = text_at(manifest, {"setup"}, manifest.value().at("setup"));
  submission.consumed_pattern = read_consumed_pattern(manifest);
  return submission;
}

}  // namespace klab
