// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

namespace huan::tidy {
namespace {

const std::set<std::string> kEmptyWords{"util",    "utils",  "helper", "helpers",
                                        "manager", "common", "misc",   "stuff"};

std::vector<std::string> words_of(const std::string& name) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : name + '.') {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else {
      words.push_back(word);
      word.clear();
    }
  }
  return words;
}

/// The first folder of a path that a document may speak of; what is built or filled is not in the
/// tree.
bool is_ours(const Tree& tree, const std::string& path) {
  const std::string first = path.substr(0, path.find('/'));
  return first != "build" && first != "data" && tree.paths.contains(first);
}

void check_reference(const Tree& tree, const std::string& where, std::string reference,
                     Complaints& complaints) {
  static const std::regex kPath(R"(^(\./)?[\w.@-]+(/[\w.@-]+)+/?$)");
  static const std::regex kMake(R"(^make ([a-z]+)$)");
  std::smatch match;
  if (std::regex_match(reference, match, kMake)) {
    const auto makefile = tree.files.find("Makefile");
    if (makefile == tree.files.end() ||
        ("\n" + makefile->second).find("\n" + match[1].str() + ":") == std::string::npos) {
      complaints.push_back(where + "`" + reference + "`: the Makefile has no such target");
    }
  } else if (std::regex_match(reference, kPath)) {
    reference = std::regex_replace(reference, std::regex("^\\./|/$"), "");
    if (is_ours(tree, reference) && !tree.paths.contains(reference)) {
      complaints.push_back(where + "`" + reference +
                           "` does not exist: say where it is now, or take the sentence out");
    }
  }
}

void check_link(const Tree& tree, const std::string& path, const std::string& where,
                std::string target, Complaints& complaints) {
  if (target.find(':') != std::string::npos || target.starts_with('#')) {
    return;  // elsewhere, or in the same document
  }
  target = target.substr(0, target.find('#'));
  std::string folder = folder_of(path);
  while (target.starts_with("../") || target.starts_with("./")) {
    folder = target.starts_with("../") ? folder_of(folder) : folder;
    target = target.substr(target.find('/') + 1);
  }
  const std::string full = (folder.empty() ? "" : folder + "/") + target;
  if (!tree.paths.contains(full.ends_with('/') ? full.substr(0, full.size() - 1) : full)) {
    complaints.push_back(where + "the link leads nowhere: " + full);
  }
}

}  // namespace

Complaints file_names(const Tree& tree) {
  static const std::regex kSnake(R"([a-z0-9_]+\.(cpp|hpp|inc))");
  Complaints complaints;
  for (const auto& [path, text] : tree.files) {
    const auto words = words_of(name_of(path));
    const auto empty = std::find_if(words.begin(), words.end(),
                                    [](const std::string& w) { return kEmptyWords.contains(w); });
    if (empty != words.end()) {
      complaints.push_back(path + ": `" + *empty +
                           "` says nothing: name it after the thing of the domain that it holds");
    }
    if (is_cpp(path) && !std::regex_match(name_of(path), kSnake)) {
      complaints.push_back(path + ": C++ files are named in snake_case");
    }
  }
  return complaints;
}

Complaints dead_references(const Tree& tree) {
  static const std::regex kQuoted("`([^`]+)`");
  static const std::regex kLink(R"(\]\(([^)\s]+)\))");
  Complaints complaints;
  for (const auto& [path, text] : tree.files) {
    if (!path.ends_with(".md")) {
      continue;
    }
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::string line(lines[i]);
      const std::string where = path + ":" + std::to_string(i + 1) + ": ";
      for (std::sregex_iterator it(line.begin(), line.end(), kQuoted); it != std::sregex_iterator();
           ++it) {
        check_reference(tree, where, (*it)[1].str(), complaints);
      }
      for (std::sregex_iterator it(line.begin(), line.end(), kLink); it != std::sregex_iterator();
           ++it) {
        check_link(tree, path, where, (*it)[1].str(), complaints);
      }
    }
  }
  return complaints;
}

}  // namespace huan::tidy
