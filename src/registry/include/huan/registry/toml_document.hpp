// SPDX-License-Identifier: Apache-2.0
// A pack's TOML file as a JSON document, so that it is read by the same parsers as records are; and
// the way back from a JSON pointer to the line of the file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/json/document.hpp"

namespace huan::registry {

class TomlDocument {
 public:
  /// Text, integers, booleans, arrays and tables; bad_pack for anything else, with the line.
  static base::Result<TomlDocument> parse(std::string file, std::string_view text);
  ~TomlDocument();
  TomlDocument(TomlDocument&&) noexcept;
  TomlDocument& operator=(TomlDocument&&) noexcept;

  [[nodiscard]] json::Value root() const { return document_->root(); }
  /// The same error with file and line instead of its pointer.
  [[nodiscard]] base::Error located(const base::Error& error) const;

 private:
  struct Tree;
  TomlDocument();

  std::string file_;
  std::unique_ptr<Tree> tree_;
  std::unique_ptr<json::Document> document_;
};

}  // namespace huan::registry
