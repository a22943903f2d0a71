// SPDX-License-Identifier: Apache-2.0
#include "tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace huan::tidy {
namespace {

namespace fs = std::filesystem;

const std::set<std::string> kSkipped{".git", "build", "data", "node_modules", "dist", "corpus"};
const std::set<std::string> kTextEndings{".cpp", ".hpp",  ".inc", ".txt",  ".cmake", ".md",
                                         ".sh",  ".ts",   ".vue", ".mjs",  ".js",    ".css",
                                         ".sql", ".html", ".scn", ".yaml", ".toml"};
const std::set<std::string> kTextNames{"run", "test", "Makefile", "NOTICE", ".clang-tidy"};
constexpr std::uintmax_t kTextBytesMax = 1U << 20U;

bool is_text(const fs::directory_entry& entry) {
  const fs::path& path = entry.path();
  return entry.file_size() <= kTextBytesMax &&
         (kTextEndings.contains(path.extension()) || kTextNames.contains(path.filename()));
}

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

Tree read_tree() {
  Tree tree;
  const fs::path root = fs::current_path();
  for (auto it = fs::recursive_directory_iterator(root); it != fs::recursive_directory_iterator();
       ++it) {
    const std::string path = it->path().lexically_relative(root).generic_string();
    if (it->is_directory() && kSkipped.contains(it->path().filename())) {
      it.disable_recursion_pending();
      continue;
    }
    tree.paths.insert(path);
    if (it->is_regular_file() && is_text(*it)) {
      tree.files.emplace(path, content(it->path()));
    }
  }
  return tree;
}

}  // namespace

const Tree& project() {
  static const Tree tree = read_tree();
  return tree;
}

Tree tree_of(const std::map<std::string, std::string>& files) {
  Tree tree{files, {}};
  for (const auto& [path, text] : files) {
    for (std::string at = path; !at.empty(); at = folder_of(at)) {
      tree.paths.insert(at);
    }
  }
  return tree;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string name_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

bool is_cpp(const std::string& path) { return path.ends_with(".cpp") || path.ends_with(".hpp"); }

std::string text_of(const Complaints& complaints) {
  std::string text;
  for (const std::string& complaint : complaints) {
    text += "\n  " + complaint;
  }
  return text;
}

}  // namespace huan::tidy
