// SPDX-License-Identifier: Apache-2.0
#include "words.hpp"

#include <regex>

#include "functions.hpp"

namespace huan::tidy {
namespace {

struct Banned {
  std::regex word;
  std::string advice;
};

/// Each word is written in two halves, so that this file does not hold it.
const std::vector<Banned>& banned() {
  static const std::vector<Banned> list = [] {
    const auto word = [](const char* first, const char* second, auto... flags) {
      return std::regex(std::string(first) + second, (std::regex::ECMAScript | ... | flags));
    };
    const std::string later = "do it now, or file an issue and say nothing here";
    const std::string path =
        "no path of one machine: derive it from the root, or ask for a temporary folder";
    const std::string host = "no host of a registry: the package's name is enough";
    const std::string maker = "the project speaks of itself alone";
    return std::vector<Banned>{
        {word("\\bTO", "DO\\b"), later},
        {word("\\bFIX", "ME\\b"), later},
        {word("\\bX", "XX\\b"), later},
        {word("not yet ", "implemented"), later},
        {word("/wo", "rk/"), path},
        {word("/tm", "p/"), path},
        {word("/ro", "ot/"), path},
        {word("/home/", "[a-z]"), path},
        {word("registry\\.", "npmjs"), host},
        {word("deb\\.", "debian\\.org"), host},
        {word("\\bcla", "ude\\b", std::regex::icase), maker},
        {word("\\banth", "ropic\\b", std::regex::icase), maker},
        {word("\\bchat", "gpt\\b", std::regex::icase), maker},
        {word("\\bcopi", "lot\\b", std::regex::icase), maker},
        {word("\\bsub", "agent", std::regex::icase), maker},
    };
  }();
  return list;
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
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      for (const Banned& banned : banned()) {
        std::match_results<std::string_view::const_iterator> match;
        if (std::regex_search(lines[i].begin(), lines[i].end(), match, banned.word)) {
          complaints.push_back(at(path, i) + "`" + match[0].str() + "`: " + banned.advice);
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
