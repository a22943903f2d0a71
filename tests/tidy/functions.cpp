// SPDX-License-Identifier: Apache-2.0
#include "functions.hpp"

#include <algorithm>
#include <cctype>
#include <regex>

namespace huan::tidy {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Where the piece that begins at i ends, when it is a comment, a literal or a preprocessor line;
/// else i.
std::size_t end_of_blank(std::string_view text, std::size_t i) {
  const auto after = [&](std::string_view what, std::size_t from) {
    const std::size_t at = text.find(what, from);
    return at == std::string_view::npos ? text.size() : at + what.size();
  };
  const std::string_view rest = text.substr(i);
  if (rest.starts_with("//")) {
    return std::min(text.find('\n', i), text.size());
  }
  if (rest.starts_with("/*")) {
    return after("*/", i + 2);
  }
  if (rest.starts_with("R\"") && (i == 0 || !is_word(text[i - 1]))) {
    const std::size_t open = std::min(text.find('(', i), text.size());
    return after(")" + std::string(text.substr(i + 2, open - i - 2)) + "\"", open);
  }
  const bool separator = text[i] == '\'' && i > 0 && is_word(text[i - 1]);  // 1'000
  if (text[i] == '"' || (text[i] == '\'' && !separator)) {
    std::size_t end = i + 1;
    while (end < text.size() && text[end] != text[i] && text[end] != '\n') {
      end += text[end] == '\\' ? 2 : 1;
    }
    return std::min(end + 1, text.size());
  }
  if (text[i] == '#' && (i == 0 || text[i - 1] == '\n')) {
    std::size_t end = i;
    do {
      end = std::min(text.find('\n', end + 1), text.size());
    } while (end < text.size() && text[end - 1] == '\\');
    return end;
  }
  return i;
}

/// Without a leading `template <…>` and the name of an operator: both hold marks that mean
/// something else there.
std::string plain_head(std::string head) {
  while (true) {
    const std::size_t begin = head.find_first_not_of(" \n");
    head = begin == std::string::npos ? "" : head.substr(begin);
    if (!head.starts_with("template")) {
      break;
    }
    std::size_t at = head.find('<');
    int depth = 0;
    do {
      depth += at < head.size() ? (head[at] == '<') - (head[at] == '>') : -depth;
    } while (++at < head.size() && depth > 0);
    head = head.substr(std::min(at, head.size()));
  }
  static const std::regex kOperator(R"(operator\s*(\(\)|[^\s\w(]+))");
  return std::regex_replace(head, kOperator, "operator_");
}

bool is_function(const std::string& head) {
  static const std::regex kScope(
      R"(^(namespace|class|struct|union|enum|extern|inline namespace)\b[^(]*$)");
  static const std::regex kInitializer(R"([^=!<>]=[^=])");
  const std::size_t open = head.find('(');
  return open != std::string::npos && !std::regex_search(head, kScope) &&
         !std::regex_search(head.substr(0, open), kInitializer);
}

bool is_scope(const std::string& head) {
  static const std::regex kScope(R"(^(namespace|class|struct|union|extern|inline namespace)\b)");
  return std::regex_search(head, kScope) || head.empty();
}

std::string name_in(const std::string& head) {
  const std::size_t open = head.find('(');
  std::size_t begin = open;
  while (begin > 0 &&
         (is_word(head[begin - 1]) || head[begin - 1] == ':' || head[begin - 1] == '~')) {
    --begin;
  }
  return head.substr(begin, open - begin);
}

std::size_t closing_brace(std::string_view code, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < code.size(); ++i) {
    depth += (code[i] == '{') - (code[i] == '}');
    if (depth == 0) {
      return i;
    }
  }
  return code.size() - 1;
}

std::size_t breaks(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

std::string code_only(std::string_view text) {
  std::string code(text);
  for (std::size_t i = 0; i < code.size();) {
    const std::size_t end = end_of_blank(text, i);
    for (; i < end; ++i) {
      code[i] = code[i] == '\n' ? '\n' : ' ';
    }
    i += end > i ? 0 : (i == end ? 1 : 0);
  }
  return code;
}

std::vector<Function> functions_of(std::string_view text) {
  const std::string code = code_only(text);
  std::vector<Function> functions;
  std::size_t head_begin = 0;
  int parentheses = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    parentheses += (code[i] == '(') - (code[i] == ')');
    if (parentheses == 0 && (code[i] == ';' || code[i] == '}')) {
      head_begin = i + 1;
    }
    if (code[i] != '{') {
      continue;
    }
    const std::string head = plain_head(code.substr(head_begin, i - head_begin));
    const bool spaced = i > 0 && (code[i - 1] == ' ' || code[i - 1] == '\n');
    if (parentheses == 0 && spaced && is_function(head)) {
      const std::size_t end = closing_brace(code, i);
      functions.push_back({name_in(head), breaks(std::string_view(code).substr(0, i)) + 1,
                           breaks(std::string_view(code).substr(i, end - i)) + 1});
      i = end;
      head_begin = i + 1;
    } else if (parentheses == 0 && is_scope(head)) {
      head_begin = i + 1;  // look inside
    } else {
      i = closing_brace(code, i);  // an initializer, an enum, an argument
    }
  }
  return functions;
}

}  // namespace huan::tidy
