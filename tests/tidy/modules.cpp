// SPDX-License-Identifier: Apache-2.0
#include "modules.hpp"

#include <regex>
#include <sstream>

#include "functions.hpp"

namespace huan::tidy {
namespace {

struct Module {
  int tier{0};
  std::size_t order{0};  ///< its place in the list
  std::set<std::string> sees;
};
using Modules = std::map<std::string, Module>;

/// Lines `<tier> <module>: <module> <module> …`; `#` begins a comment.
Modules parse_edges(std::string_view declared, Complaints& complaints) {
  Modules modules;
  for (const std::string_view line : lines_of(declared)) {
    std::istringstream in(std::string(line.substr(0, line.find('#'))));
    Module module;
    std::string name;
    if (!(in >> module.tier >> name)) {
      continue;
    }
    if (!name.ends_with(':')) {
      complaints.push_back("edges.txt: `" + std::string(line) +
                           "` is not `<tier> <module>: <modules it sees>`");
      continue;
    }
    name.pop_back();
    for (std::string dep; in >> dep;) {
      module.sees.insert(dep);
    }
    module.order = modules.size();
    modules.emplace(name, module);
  }
  return modules;
}

void check_list(const Modules& modules, Complaints& complaints) {
  for (const auto& [name, module] : modules) {
    for (const std::string& dep : module.sees) {
      const auto at = modules.find(dep);
      if (at == modules.end() || at->second.order > module.order) {
        complaints.push_back("edges.txt: " + name + " sees " + dep +
                             ", which does not stand above it");
      } else if (at->second.tier == module.tier && module.tier != 0) {
        complaints.push_back("edges.txt: " + name + " and " + dep +
                             " are of one tier and may not see each other; let a " +
                             "module above combine them");
      } else if (at->second.tier > module.tier) {
        complaints.push_back("edges.txt: " + name + " sees " + dep + ", which is of a higher tier");
      }
    }
  }
}

/// "ledger" of src/ledger/include/huan/ledger/post.hpp; empty outside src.
std::string module_of(const std::string& path) {
  static const std::regex kModule(R"(^src/([a-z0-9_]+)/.*)");
  std::smatch match;
  return std::regex_match(path, match, kModule) ? match[1].str() : "";
}

bool is_product(const std::string& path) {
  const std::string rest = path.substr(std::min(path.size(), 5 + module_of(path).size()));
  return is_cpp(path) && (rest.starts_with("include/") || rest.starts_with("src/"));
}

/// The modules whose headers this file includes, with the line of the first.
std::map<std::string, std::size_t> included(const std::string& text) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*["<]huan/([a-z0-9_]+)/.*)re");
  std::map<std::string, std::size_t> modules;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::match_results<std::string_view::const_iterator> match;
    if (std::regex_match(lines[i].begin(), lines[i].end(), match, kInclude)) {
      modules.emplace(match[1].str(), i + 1);
    }
  }
  return modules;
}

/// The modules that the product files of `module` include, each after a space.
std::string seen_by(const Tree& tree, const std::string& module) {
  std::set<std::string> seen;
  for (const auto& [path, text] : tree.files) {
    if (module_of(path) == module && is_product(path)) {
      for (const auto& [dep, line] : included(text)) {
        seen.insert(dep);
      }
    }
  }
  seen.erase(module);
  std::string text;
  for (const std::string& dep : seen) {
    text += ' ' + dep;
  }
  return text;
}

void check_tiers(const Tree& tree, const Modules& modules, Complaints& complaints) {
  static const std::regex kModule(R"(huan_module\(\s*NAME\s+(\w+)\s+TIER\s+(\d+))");
  for (const auto& [path, text] : tree.files) {
    std::smatch match;
    if (module_of(path).empty() || name_of(path) != "CMakeLists.txt" ||
        !std::regex_search(text, match, kModule)) {
      continue;
    }
    const auto at = modules.find(match[1].str());
    if (at == modules.end() || std::to_string(at->second.tier) != match[2].str()) {
      complaints.push_back(path + ": tests/tidy/edges.txt needs the line `" + match[2].str() + " " +
                           match[1].str() + ":" + seen_by(tree, match[1].str()) +
                           "`, below what it sees (and only if the layers allow it)");
    }
  }
}

/// Whether `path` of `module` may include headers of `dep`. Tests see everything up to their own
/// tier.
bool may_see(const Modules& modules, const std::string& path, const std::string& module,
             const std::string& dep) {
  const auto from = modules.find(module);
  const auto to = modules.find(dep);
  if (from == modules.end() || to == modules.end()) {
    return from == modules.end();  // an undeclared module is another complaint
  }
  return is_product(path) ? from->second.sees.contains(dep) : to->second.tier <= from->second.tier;
}

}  // namespace

Complaints edges(const Tree& tree, std::string_view declared) {
  Complaints complaints;
  const Modules modules = parse_edges(declared, complaints);
  check_list(modules, complaints);
  check_tiers(tree, modules, complaints);
  std::set<std::string> used;
  for (const auto& [path, text] : tree.files) {
    const std::string module = module_of(path);
    if (module.empty() || module == "main" || !is_cpp(path)) {
      continue;
    }
    for (const auto& [dep, line] : included(text)) {
      if (dep == module) {
        continue;
      }
      used.insert(module + ' ' + dep);
      if (!may_see(modules, path, module, dep)) {
        complaints.push_back(
            path + ":" + std::to_string(line) + ": " + module + " may not see " + dep +
            "; move the code to where both are seen, or declare the edge in tests/tidy/edges.txt " +
            "and in DEPS if the layers allow it");
      }
    }
  }
  for (const auto& [name, module] : modules) {
    for (const std::string& dep : module.sees) {
      if (tree.paths.contains("src/" + name) && !used.contains(name + ' ' + dep)) {
        complaints.push_back("edges.txt: " + name + " does not use " + dep +
                             ": take the edge out, and out of DEPS");
      }
    }
  }
  return complaints;
}

Complaints impurities(const Tree& tree, std::string_view declared) {
  static const std::regex kImpure(
      R"(\bstd::(cout|cerr|exit|random_device)\b|\bf?printf\s*\(|\bsystem_clock::now\b|\bgetenv\b)");
  Complaints complaints;
  const Modules modules = parse_edges(declared, complaints);
  for (const auto& [path, text] : tree.files) {
    const auto module = modules.find(module_of(path));
    if (module == modules.end() || module->second.tier == 0 || module->second.tier > 2 ||
        !is_product(path)) {
      continue;
    }
    const std::string code = code_only(text);
    const auto lines = lines_of(code);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (std::regex_search(lines[i].begin(), lines[i].end(), kImpure)) {
        complaints.push_back(path + ":" + std::to_string(i + 1) +
                             ": tiers 1 and 2 do not print, exit or read the " +
                             "environment, and take time and randomness as parameters: return it, "
                             "or take it from the caller");
      }
    }
  }
  return complaints;
}

Complaints orphans(const Tree& tree) {
  Complaints complaints;
  std::string includes;   // every include line there is
  std::string functions;  // of CMake, which name files from the root
  for (const auto& [path, text] : tree.files) {
    functions += path.ends_with(".cmake") ? text : "";
    for (const std::string_view line :
         is_cpp(path) ? lines_of(text) : std::vector<std::string_view>{}) {
      includes.append(line.starts_with("#include \"") ? std::string(line) + '\n' : "");
    }
  }
  for (const auto& [path, text] : tree.files) {
    if (!is_cpp(path)) {
      continue;
    }
    std::string folder = folder_of(path);
    while (!folder.empty() && !tree.files.contains(folder + "/CMakeLists.txt")) {
      folder = folder_of(folder);
    }
    const std::string list = folder.empty() ? "" : tree.files.at(folder + "/CMakeLists.txt");
    const std::size_t root = path.find("/include/huan/");
    const bool is_public = root != std::string::npos;
    const std::string named = is_public ? path.substr(root + 9) : path.substr(folder.size() + 1);
    if ((path.ends_with(".cpp") || is_public) && list.find(named) == std::string::npos &&
        functions.find(path) == std::string::npos) {
      complaints.push_back(path + ": no target has it; name it in " + folder +
                           "/CMakeLists.txt or remove it");
    } else if (!path.ends_with(".cpp") && !is_public &&
               includes.find(name_of(path) + '"') == std::string::npos) {
      complaints.push_back(path + ": nothing includes it; use it or remove it");
    }
  }
  return complaints;
}

}  // namespace huan::tidy
