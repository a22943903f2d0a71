// SPDX-License-Identifier: Apache-2.0
#include <sstream>
#include <stdexcept>

#include "description.hpp"

namespace huan::http {
namespace {

struct Line {
  std::size_t number{0};
  std::size_t indent{0};
  std::string text;
};

[[noreturn]] void refuse(std::size_t line, const std::string& why) {
  throw std::runtime_error("openapi.yaml line " + std::to_string(line) + ": " + why);
}

Json scalar(const std::string& text) {
  if (text == "true" || text == "false") {
    return text == "true";
  }
  const auto digits = text.find_first_not_of("0123456789", text.starts_with('-') ? 1 : 0);
  if (!text.empty() && text != "-" && digits == std::string::npos) {
    return std::stoll(text);
  }
  return text;
}

/// {a: b, c: [d, 'e']} on one line.
class Flow {
 public:
  Flow(const std::string& text, std::size_t line) : text_(text), line_(line) {}

  Json all() {
    auto value = next();
    skip_spaces();
    if (at_ != text_.size()) {
      refuse(line_, "more than one value: " + text_.substr(at_));
    }
    return value;
  }

 private:
  Json next() {
    skip_spaces();
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if (c == '{') {
      return map();
    }
    if (c == '[') {
      return list();
    }
    if (c == '\'' || c == '"') {
      return quoted(c);
    }
    return plain();
  }
  Json map() {
    Json out = Json::object();
    for (++at_; !took('}'); took(',')) {
      const auto key = next();
      if (!took(':')) {
        refuse(line_, "a key without a colon");
      }
      out[key.is_string() ? key.get<std::string>() : key.dump()] = next();
    }
    return out;
  }
  Json list() {
    Json out = Json::array();
    for (++at_; !took(']'); took(',')) {
      out.push_back(next());
    }
    return out;
  }
  Json quoted(char quote) {
    std::string out;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == quote) {
        const bool doubled = quote == '\'' && at_ + 1 < text_.size() && text_[at_ + 1] == quote;
        if (!doubled) {
          ++at_;
          return out;
        }
        ++at_;
      }
      out += text_[at_];
    }
    refuse(line_, "a quote is not closed");
  }
  Json plain() {
    const auto from = at_;
    while (at_ < text_.size() && std::string_view{",}]"}.find(text_[at_]) == std::string::npos &&
           (text_[at_] != ':' || (at_ + 1 != text_.size() && text_[at_ + 1] != ' '))) {
      ++at_;
    }
    auto end = at_;
    while (end > from && text_[end - 1] == ' ') {
      --end;
    }
    if (end == from) {
      refuse(line_, "a value is missing");
    }
    return scalar(text_.substr(from, end - from));
  }
  bool took(char c) {
    skip_spaces();
    if (at_ >= text_.size()) {
      refuse(line_, "the line ends within a map or list");
    }
    const bool is_there = text_[at_] == c;
    at_ += is_there ? 1 : 0;
    return is_there;
  }
  void skip_spaces() { at_ = std::min(text_.find_first_not_of(' ', at_), text_.size()); }

  const std::string& text_;
  std::size_t line_;
  std::size_t at_{0};
};

class Blocks {
 public:
  explicit Blocks(const std::string& text) {
    std::istringstream in{text};
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      const auto indent = line.find_first_not_of(' ');
      lines_.push_back({++number, indent == std::string::npos ? 0 : indent,
                        indent == std::string::npos ? "" : line.substr(indent)});
    }
  }
  Json all() {
    skip_blank();
    return block(0);
  }

 private:
  Json block(std::size_t indent) {
    return lines_[at_].text.starts_with("- ") ? list(indent) : map(indent);
  }
  Json map(std::size_t indent) {
    Json out = Json::object();
    for (; here(indent); skip_blank()) {
      const Line& line = lines_[at_];
      const auto colon = key_end(line);
      const auto key = line.text.substr(0, colon);
      const std::string name = is_flow(key) ? Flow(key, line.number).all().get<std::string>() : key;
      if (out.contains(name)) {
        refuse(line.number, "the key stands twice: " + name);
      }
      const auto rest = line.text.find_first_not_of(' ', colon + 1);
      ++at_;
      out[name] = rest == std::string::npos ? below(indent) : value(line, rest, indent);
    }
    return out;
  }
  Json list(std::size_t indent) {
    Json out = Json::array();
    for (; here(indent) && lines_[at_].text.starts_with("- "); skip_blank()) {
      Line& line = lines_[at_];
      line.text.erase(0, 2);
      const bool is_map = line.text.find(": ") != std::string::npos && !is_flow(line.text);
      if (is_map) {
        line.indent += 2;
        out.push_back(map(line.indent));
      } else {
        out.push_back(Flow(line.text, line.number).all());
        ++at_;
      }
    }
    return out;
  }
  Json value(const Line& line, std::size_t from, std::size_t indent) {
    const auto text = line.text.substr(from);
    if (text == "|") {
      return literal(indent);
    }
    return is_flow(text) ? Flow(text, line.number).all() : scalar(text);
  }
  Json literal(std::size_t indent) {
    std::string out;
    for (; at_ < lines_.size() && (lines_[at_].text.empty() || lines_[at_].indent > indent);
         ++at_) {
      out += lines_[at_].text + "\n";
    }
    return out;
  }
  Json below(std::size_t indent) {
    skip_blank();
    if (at_ == lines_.size() || lines_[at_].indent <= indent) {
      refuse(lines_[at_ - 1].number, "a key without a value");
    }
    return block(lines_[at_].indent);
  }
  [[nodiscard]] bool here(std::size_t indent) const {
    if (at_ < lines_.size() && lines_[at_].indent > indent) {
      refuse(lines_[at_].number, "indented too far");
    }
    return at_ < lines_.size() && lines_[at_].indent == indent;
  }
  static bool is_flow(const std::string& text) {
    return std::string_view{"{['\""}.find(text[0]) != std::string::npos;
  }
  static std::size_t key_end(const Line& line) {
    const bool quoted = line.text[0] == '\'';
    const auto colon = line.text.find(':', quoted ? line.text.find('\'', 1) : 0);
    if (colon == std::string::npos) {
      refuse(line.number, "a key and a colon are expected");
    }
    return colon;
  }
  void skip_blank() {
    while (at_ < lines_.size() && (lines_[at_].text.empty() || lines_[at_].text[0] == '#')) {
      ++at_;
    }
  }

  std::vector<Line> lines_;
  std::size_t at_{0};
};

}  // namespace

Json read_yaml(const std::string& text) { return Blocks(text).all(); }

}  // namespace huan::http
