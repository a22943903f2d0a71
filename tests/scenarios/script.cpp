// SPDX-License-Identifier: Apache-2.0
#include "script.hpp"

#include <sstream>

namespace huan::scenarios {
namespace {

class Parser {
 public:
  Script parse(const std::string& text) {
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);) {
      ++number_;
      in_file_ ? file_line(line) : script_line(line);
    }
    if (in_file_) {
      refuse("a file is not ended by >>>");
    }
    if (script_.steps.empty()) {
      refuse("no command");
    }
    return std::move(script_);
  }

 private:
  void refuse(const std::string& why) {
    script_.errors.push_back("line " + std::to_string(number_) + ": " + why);
  }

  void file_line(const std::string& line) {
    if (line == ">>>") {
      in_file_ = false;
    } else {
      script_.files.back().second += line + "\n";
    }
  }

  void script_line(const std::string& line) {
    if (line.empty() || line[0] == '#') {
      return;
    }
    if (line.starts_with("<<< ")) {
      script_.files.emplace_back(line.substr(4), "");
      in_file_ = true;
      if (!script_.steps.empty()) {
        refuse("files stand before the first command");
      }
    } else if (line.starts_with("$ ")) {
      script_.steps.push_back({number_, line.substr(2), {}, {}, 0});
    } else if (script_.steps.empty()) {
      refuse("before the first command: " + line);
    } else {
      answer_line(line);
    }
  }

  void answer_line(const std::string& line) {
    Step& step = script_.steps.back();
    const std::string rest = line.size() > 2 ? line.substr(2) : "";
    if (line.starts_with("+ ")) {
      step.command += "\n" + rest;
    } else if (line == ">" || line.starts_with("> ")) {
      step.out.push_back(rest);
    } else if (line == "!" || line.starts_with("! ")) {
      step.err.push_back(rest);
    } else if (line.starts_with("? ") && !rest.empty() &&
               rest.find_first_not_of("0123456789") == std::string::npos && rest.size() <= 3) {
      step.code = std::stoi(rest);
    } else {
      refuse("not a line of a scenario: " + line);
    }
  }

  Script script_;
  int number_{0};
  bool in_file_{false};
};

}  // namespace

Script parse_script(const std::string& text) { return Parser{}.parse(text); }

}  // namespace huan::scenarios
