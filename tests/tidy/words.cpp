// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

#include "functions.hpp"

namespace huan::tidy {
namespace {

struct Banned {
  std::string word;
  bool whole;  ///< no letter, digit or underscore on either side
  std::string advice;
};

/// Each word is written in two halves, so that this file does not hold it. Small letters match
/// either case.
const std::vector<Banned>& banned() {
  const std::string later = "do it now, or file an issue and say nothing here";
  const std::string path =
      "no path of one machine: derive it from the root, or ask for a temporary folder";
  const std::string host = "no host of a registry: the package's name is enough";
  const std::string maker = "the project speaks of itself alone";
  static const std::vector<Banned> kList{
      {std::string("TO") + "DO", true, later},
      {std::string("FIX") + "ME", true, later},
      {std::string("X") + "XX", true, later},
      {std::string("not yet ") + "implemented", true, later},
      {std::string("/wo") + "rk/", false, path},
      {std::string("/tm") + "p/", false, path},
      {std::string("/ro") + "ot/", false, path},
      {std::string("/ho") + "me/", false, path},
      {std::string("registry.") + "npmjs", false, host},
      {std::string("deb.") + "debian.org", false, host},
      {std::string("cla") + "ude", true, maker},
      {std::string("anth") + "ropic", true, maker},
      {std::string("chat") + "gpt", true, maker},
      {std::string("copi") + "lot", true, maker},
      {std::string("sub") + "agent", false, maker},
  };
  return kList;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  return (at == 0 || !is_word(text[at - 1])) &&
         (at + size == text.size() || !is_word(text[at + size]));
}

std::string small(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool needs_licence(const std::string& path) {
  for (const char* ending :
       {".cpp", ".hpp", ".inc", ".sh", ".cmake", ".ts", ".vue", ".mjs", ".sql"}) {
    if (path.ends_with(ending) && !path.ends_with(".d.ts")) {
      return true;
    }
  }
  const std::string name = name_of(path);
  return name == "CMakeLists.txt" || name == "Makefile" || path == "run" || path == "test" ||
         path == ".ci/run";
}

std::string at(const std::string& path, std::size_t index) {
  return path + ":" + std::to_string(index + 1) + ": ";
}

}  // namespace

Complaints banned_words(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, text] : tree.files) {
    const std::string lowered = small(text);
    for (const Banned& ban : banned()) {
      const std::string& searched = small(ban.word) == ban.word ? lowered : text;
      for (std::size_t i = searched.find(ban.word); i != std::string::npos;
           i = searched.find(ban.word, i + 1)) {
        if (!ban.whole || stands_alone(searched, i, ban.word.size())) {
          const auto line =
              std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(i), '\n');
          complaints.push_back(at(path, static_cast<std::size_t>(line)) + "`" + ban.word +
                               "`: " + ban.advice);
        }
      }
    }
  }
  return complaints;
}

Complaints missing_licences(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, text] : tree.files) {
    const std::string_view top = std::string_view(text).substr(0, 300);
    if (needs_licence(path) &&
        top.find("SPDX-License-Identifier: Apache-2.0") == std::string_view::npos) {
      complaints.push_back(
          path + ": the first line says `SPDX-License-Identifier: Apache-2.0` as a comment");
    }
  }
  return complaints;
}

Complaints white_space(const Tree& tree) {
  Complaints complaints;
  for (const auto& [path, text] : tree.files) {
    if (!text.empty() && text.back() != '\n') {
      complaints.push_back(path + ": the last line has no line break");
    }
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].ends_with(' ') || lines[i].ends_with('\t') || lines[i].ends_with('\r')) {
        complaints.push_back(at(path, i) + "white space at the end");
      } else if (lines[i].find('\t') != std::string_view::npos && name_of(path) != "Makefile") {
        complaints.push_back(at(path, i) + "a tab; indent with spaces, write \\t in literals");
      }
    }
  }
  return complaints;
}

Complaints unwanted_cpp(const Tree& tree) {
  static const std::regex kAssert(R"((^|[^\w:.])assert\s*\()");
  Complaints complaints;
  for (const auto& [path, text] : tree.files) {
    if (!is_cpp(path)) {
      continue;
    }
    const bool header = path.ends_with(".hpp");
    if (header && text.find("#pragma once") == std::string::npos) {
      complaints.push_back(path + ": begins with #pragma once");
    }
    const std::string code = code_only(text);
    const auto lines = lines_of(code);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (std::regex_search(lines[i].begin(), lines[i].end(), kAssert)) {
        complaints.push_back(
            at(path, i) +
            "assert is gone in release: HUAN_ASSERT for our bugs, Result for bad input");
      }
      if (header && lines[i].find("using namespace") != std::string_view::npos) {
        complaints.push_back(at(path, i) +
                             "`using namespace` in a header reaches everybody who includes it");
      }
    }
  }
  return complaints;
}

}  // namespace huan::tidy
