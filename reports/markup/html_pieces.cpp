#include "reports/markup/html_pieces.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cmath>

#include "reports/markup/html_style.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

std::string anchor(std::string_view kind, std::string_view id) {
  std::string name = fmt::format("{}-{}", kind, id);
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != '_') c = '-';
  return name;
}

}  // namespace

// The policy holds even if an escape were forgotten: nothing is loaded and nothing runs.
std::string page_head(std::string_view title, std::string_view more_style) {
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>{}</title>
<style>{}{}</style>
</head>
)",
                     escaped_text(field_line(title)), html_style(), more_style);
}

void write_text(XmlElement& parent, std::string_view element, std::string_view css_class,
                std::string_view text) {
  if (text.empty()) return;
  XmlElement written = parent.child(element);
  if (!css_class.empty()) written.attribute("class", css_class);
  written.text(text);
}

void write_fact(XmlElement& table, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  XmlElement row = table.child("tr");
  row.child("th").attribute("scope", "row").text(name);
  row.child("td").text(field_line(value));
}

void write_mark(XmlElement& parent, const PropertyResult& property) {
  write_text(parent, "span", "mark " + css_class_of(property.outcome), mark_of(property.outcome));
}

std::string css_class_of(PropertyOutcome outcome) {
  return outcome == PropertyOutcome::not_run ? "not-run" : std::string(name_of(outcome));
}

std::string anchor_of(const PropertyResult& property) { return anchor("property", property.id); }

std::string anchor_of(const SectionResult& section) { return anchor("section", section.id); }

std::string seconds_text(double seconds) {
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  const long whole = std::lround(seconds);
  return fmt::format("{} min {} s", whole / 60, whole % 60);
}

std::string out_of(double part, double whole) {
  return fmt::format("{} of {}", points_text(part), points_text(whole));
}

}  // namespace klab
