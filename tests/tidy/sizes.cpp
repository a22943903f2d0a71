// SPDX-License-Identifier: Apache-2.0
#include "sizes.hpp"

#include <sstream>

#include "functions.hpp"

namespace huan::tidy {
namespace {

using Sizes = std::map<std::string, std::size_t>;  // "path" or "path function" → lines

bool is_code(const std::string& path) {
  return is_cpp(path) || path.ends_with(".vue") || path.ends_with(".mjs") ||
         (path.ends_with(".ts") && !path.ends_with(".d.ts"));
}

bool is_test(const std::string& path) {
  return path.ends_with("_test.cpp") || path.starts_with("tests/") ||
         path.find("/test/") != std::string::npos;
}

Sizes parse_ratchet(std::string_view ratchet) {
  Sizes stored;
  for (const std::string_view line : lines_of(ratchet)) {
    std::istringstream in(std::string(line.substr(0, line.find('#'))));
    std::size_t size = 0;
    std::string path;
    std::string function;
    if (in >> size >> path) {
      in >> function;
      stored[function.empty() ? path : path + ' ' + function] = size;
    }
  }
  return stored;
}

/// What is above its limit today.
Sizes measure(const Tree& tree, Complaints& complaints) {
  Sizes above;
  for (const auto& [path, text] : tree.files) {
    if (!is_code(path)) {
      continue;
    }
    const std::size_t lines = lines_of(text).size();
    if (lines > kFileLinesEver) {
      complaints.push_back(path + ": " + std::to_string(lines) + " lines; over " +
                           std::to_string(kFileLinesEver) +
                           " no file may have, listed or not: split it");
    }
    if (lines > (path.ends_with(".hpp") ? kHeaderLinesMax : kSourceLinesMax)) {
      above[path] = lines;
    }
    for (const Function& function :
         is_cpp(path) && !is_test(path) ? functions_of(text) : std::vector<Function>{}) {
      if (function.lines > kFunctionLinesMax) {
        std::size_t& size = above[path + ' ' + function.name];
        size = std::max(size, function.lines);
      }
    }
  }
  return above;
}

}  // namespace

Complaints sizes(const Tree& tree, std::string_view ratchet) {
  Complaints complaints;
  const Sizes above = measure(tree, complaints);
  const Sizes stored = parse_ratchet(ratchet);
  for (const auto& [what, size] : above) {
    const auto at = stored.find(what);
    const std::string now = what + ": " + std::to_string(size) + " lines";
    if (at == stored.end()) {
      complaints.push_back(now + "; split it (function " + std::to_string(kFunctionLinesMax) +
                           ", header " + std::to_string(kHeaderLinesMax) + ", source " +
                           std::to_string(kSourceLinesMax) + ")");
    } else if (size > at->second) {
      complaints.push_back(now + ", more than the " + std::to_string(at->second) +
                           " of ratchet.txt, which may only fall");
    } else if (size < at->second) {
      complaints.push_back(now + ": well done; lower it in tests/tidy/ratchet.txt to `" +
                           std::to_string(size) + " " + what + "`");
    }
  }
  for (const auto& [what, size] : stored) {
    if (!above.contains(what)) {
      complaints.push_back(
          what + ": under its limit or gone: take its line out of tests/tidy/ratchet.txt");
    }
  }
  return complaints;
}

}  // namespace huan::tidy
