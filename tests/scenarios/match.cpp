// SPDX-License-Identifier: Apache-2.0
#include "match.hpp"

#include <algorithm>
#include <regex>
#include <sstream>

namespace huan::scenarios {
namespace {

const std::map<std::string, std::string>& kinds() {
  static const std::map<std::string, std::string> all{
      {"uuid", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"},
      {"hash", "[0-9a-f]{64}"},
      {"time", "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})"},
      {"day", "[0-9]{4}-[0-9]{2}-[0-9]{2}"},
      {"int", "-?[0-9][0-9,]*"},
      {"token", "[A-Za-z0-9_-]{20,}"},
      {"text", ".*?"}};
  return all;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view{R"(\^$.|?*+()[]{})"}.find(c) != std::string_view::npos) {
      out += '\\';
    }
    out += c;
  }
  return out;
}

struct Hole {
  std::string kind;
  std::string name;
  std::size_t size{0};
};

/// "{hash:root}" at `at`; size 0 when no pattern begins there.
Hole hole_at(const std::string& pattern, std::size_t at) {
  const auto end = pattern[at] == '{' ? pattern.find('}', at) : std::string::npos;
  if (end == std::string::npos) {
    return {};
  }
  const auto inner = pattern.substr(at + 1, end - at - 1);
  const auto colon = inner.find(':');
  Hole hole{inner.substr(0, colon), colon == std::string::npos ? "" : inner.substr(colon + 1),
            end - at + 1};
  return kinds().count(hole.kind) == 1 ? hole : Hole{};
}

/// Names seen before stand for their text; new ones are taken from the line.
bool line_matches(const std::string& pattern, const std::string& line, Names& names) {
  std::string expression;
  std::vector<std::string> new_names;
  for (std::size_t i = 0; i < pattern.size();) {
    const auto hole = hole_at(pattern, i);
    const auto known = names.find(hole.name);
    if (hole.size == 0) {
      expression += escaped(pattern.substr(i, 1));
    } else if (!hole.name.empty() && known != names.end()) {
      expression += escaped(known->second);
    } else {
      // Groups inside a kind count too, so that the n-th name is found by its own number.
      expression += "(" + kinds().at(hole.kind) + ")";
      new_names.push_back(hole.name);
      if (hole.kind == "time") {
        new_names.emplace_back();
      }
    }
    i += std::max<std::size_t>(hole.size, 1);
  }
  std::smatch found;
  if (!std::regex_match(line, found, std::regex{expression})) {
    return false;
  }
  for (std::size_t i = 0; i < new_names.size(); ++i) {
    if (!new_names[i].empty()) {
      names[new_names[i]] = found[i + 1].str();
    }
  }
  return true;
}

/// The names after a match of the patterns from `p` with the lines from `l`; none: no match.
bool matches(const std::vector<std::string>& patterns, const std::vector<std::string>& lines,
             std::size_t p, std::size_t l, Names& names) {
  for (; p < patterns.size(); ++p, ++l) {
    if (patterns[p] == "...") {
      for (std::size_t skip = l; skip <= lines.size(); ++skip) {
        Names tried = names;
        if (matches(patterns, lines, p + 1, skip, tried)) {
          names = std::move(tried);
          return true;
        }
      }
      return false;
    }
    if (l >= lines.size() || !line_matches(patterns[p], lines[l], names)) {
      return false;
    }
  }
  return l == lines.size();
}

}  // namespace

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::string compare(const std::vector<std::string>& patterns, const std::vector<std::string>& lines,
                    Names& names) {
  if (matches(patterns, lines, 0, 0, names)) {
    return {};
  }
  std::string difference = "  expected\n";
  for (const auto& pattern : patterns) {
    difference += "    " + pattern + "\n";
  }
  difference += "  answered\n";
  for (const auto& line : lines) {
    difference += "    " + line + "\n";
  }
  for (const auto& [name, text] : names) {
    difference += "  where " + name + " is " + text + "\n";
  }
  return difference;
}

}  // namespace huan::scenarios
