// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/toml_document.hpp"

#include <toml++/toml.h>

#include "huan/base/text.hpp"
#include "huan/json/canonical.hpp"

namespace huan::registry {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kDepthMax = 16;

std::string position(const std::string& file, std::size_t line) {
  return file + " line " + std::to_string(line);
}

/// Writes the tree as JSON; remembers the first node that has no place in a pack.
class Render {
 public:
  [[nodiscard]] const std::string& text() const { return out_; }
  [[nodiscard]] const toml::node* refused() const { return refused_; }

  void node(const toml::node& node, std::size_t depth) {
    const auto* table = depth > kDepthMax ? nullptr : node.as_table();
    const auto* array = depth > kDepthMax ? nullptr : node.as_array();
    if (table != nullptr) {
      members(*table, depth);
    } else if (array != nullptr) {
      elements(*array, depth);
    } else if (const auto* text = node.as_string()) {
      json::quote(text->get(), out_);
    } else if (const auto* integer = node.as_integer()) {
      out_ += std::to_string(integer->get());
    } else if (const auto* boolean = node.as_boolean()) {
      out_ += boolean->get() ? "true" : "false";
    } else {
      refused_ = &node;
    }
  }

 private:
  void members(const toml::table& table, std::size_t depth) {
    out_ += '{';
    for (auto&& [key, value] : table) {
      out_ += out_.back() == '{' ? "" : ",";
      json::quote(std::string_view{key.str()}, out_);
      out_ += ':';
      node(value, depth + 1);
    }
    out_ += '}';
  }
  void elements(const toml::array& array, std::size_t depth) {
    out_ += '[';
    for (auto&& value : array) {
      out_ += out_.back() == '[' ? "" : ",";
      node(value, depth + 1);
    }
    out_ += ']';
  }

  std::string out_;
  const toml::node* refused_{nullptr};
};

std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) {
      out += token[++i] == '1' ? '/' : '~';
    } else {
      out += token[i];
    }
  }
  return out;
}

const toml::node* child(const toml::node& node, std::string_view token) {
  if (const auto* table = node.as_table()) {
    return table->get(unescaped(token));
  }
  if (const auto* array = node.as_array()) {
    const auto index = base::parse_integer(token);
    return index && *index >= 0 ? array->get(static_cast<std::size_t>(*index)) : nullptr;
  }
  return nullptr;
}

}  // namespace

struct TomlDocument::Tree {
  toml::table root;
};

TomlDocument::TomlDocument() = default;
TomlDocument::~TomlDocument() = default;
TomlDocument::TomlDocument(TomlDocument&&) noexcept = default;
TomlDocument& TomlDocument::operator=(TomlDocument&&) noexcept = default;

base::Result<TomlDocument> TomlDocument::parse(std::string file, std::string_view text) {
  if (!base::is_clean_utf8(text)) {
    return Error{ErrorCode::bad_pack, std::move(file), "UTF-8 text is expected"};
  }
  TomlDocument out;
  out.file_ = std::move(file);
  out.tree_ = std::make_unique<Tree>();
  try {
    out.tree_->root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Error{ErrorCode::bad_pack, position(out.file_, error.source().begin.line),
                 std::string{error.description()}};
  }
  Render render;
  render.node(out.tree_->root, 0);
  if (const toml::node* node = render.refused()) {
    return Error{ErrorCode::bad_pack, position(out.file_, node->source().begin.line),
                 "text, a whole number, true, false, an array or a table is expected"};
  }
  auto document = json::Document::parse(render.text());
  if (!document) {
    return out.located(document.error());
  }
  out.document_ = std::make_unique<json::Document>(std::move(*document));
  return out;
}

Error TomlDocument::located(const Error& error) const {
  const toml::node* node = &tree_->root;
  std::size_t line = 1;
  std::string_view rest = error.at;
  while (node != nullptr && rest.starts_with('/')) {
    rest.remove_prefix(1);
    const auto token = rest.substr(0, rest.find('/'));
    rest.remove_prefix(token.size());
    node = child(*node, token);
    if (node != nullptr && node->source().begin.line != 0) {
      line = node->source().begin.line;
    }
  }
  return Error{ErrorCode::bad_pack, position(file_, line) + " (" + error.at + ")", error.detail};
}

}  // namespace huan::registry
