// SPDX-License-Identifier: Apache-2.0
// The source tree as a value, so that each rule can be tried on a small tree that breaks it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace huan::tidy {

/// What is wrong and what to do, beginning with the file and the line that it is about.
using Complaints = std::vector<std::string>;

struct Tree {
  std::map<std::string, std::string>
      files;                    ///< text files that people write: path from the root → content
  std::set<std::string> paths;  ///< everything that exists, folders too
};

/// Reads the project below the working directory, without builds, data and installed packages.
const Tree& project();

/// A tree out of these files, for trying a rule.
Tree tree_of(const std::map<std::string, std::string>& files);

std::vector<std::string_view> lines_of(std::string_view text);
std::string folder_of(const std::string& path);  ///< "a/b" of "a/b/c.cpp", "" of "c.cpp"
std::string name_of(const std::string& path);    ///< "c.cpp"
bool is_cpp(const std::string& path);            ///< a C++ source or header
/// One line each, for the message of a test.
std::string text_of(const Complaints& complaints);

}  // namespace huan::tidy
