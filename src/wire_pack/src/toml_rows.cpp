// SPDX-License-Identifier: Apache-2.0
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using registry::Fields;

constexpr std::size_t kTextMax = 1'000;
constexpr std::size_t kNoteMax = 2'000;
constexpr std::size_t kTextsMax = 100;

}  // namespace

base::Result<TomlRows> TomlRows::open(const registry::PackFiles& files, const std::string& name) {
  TomlRows out;
  const auto found = files.find(name);
  if (found != files.end()) {
    HUAN_TRY(toml, registry::TomlDocument::parse(name, found->second));
    out.toml_ = std::move(toml);
    out.root_.emplace(out.toml_->root(), std::string{});
  }
  return out;
}

std::vector<json::Value> TomlRows::list(std::string_view key) {
  std::vector<json::Value> out;
  const auto found = root_ ? root_->array(key) : std::nullopt;
  if (found) {
    out.assign(found->elements().begin(), found->elements().end());
  }
  return out;
}

base::Result<void> TomlRows::finish() {
  if (root_) {
    if (auto finished = root_->finish(); !finished) {
      return toml_->located(finished.error());
    }
  }
  return {};
}

Error TomlRows::placed(const Error& error, const std::string& pointer) const {
  return toml_->located(error.at.starts_with('/')
                            ? error
                            : Error{error.code, pointer + "/" + error.at, error.detail});
}

duties::Row read_row(Fields& f, std::string_view pack, std::set<std::string, std::less<>>& seen) {
  duties::Row row;
  row.code = f.name("code");
  row.clause = f.text("clause", kTextMax);
  row.zh = f.text("zh", kTextMax);
  row.en = f.text("en", kTextMax);
  row.note = f.optional_text("note", kNoteMax).value_or("");
  row.pack = pack;
  if (!f.refused() && !seen.insert(row.code).second) {
    f.refuse(ErrorCode::bad_field, "code", "a code that stands once is expected");
  }
  return row;
}

std::optional<duties::Deadline> read_deadline(Fields& f, std::string_view key) {
  constexpr std::size_t kDayText = 10;
  const auto text = f.optional_text(key, kDayText);
  if (!text) {
    return std::nullopt;
  }
  const auto deadline = duties::parse_deadline(*text);
  if (!deadline) {
    f.refuse(ErrorCode::bad_time, key, "2025, 2025-06 or 2025-06-30 is expected");
  }
  return deadline;
}

std::vector<std::string> read_texts(Fields& f, std::string_view key) {
  std::vector<std::string> out;
  const auto list = f.array(key);
  if (!list) {
    return out;
  }
  if (list->size() > kTextsMax) {
    f.refuse(ErrorCode::too_large, key, "at most 100 texts");
    return out;
  }
  out.reserve(list->size());
  for (const json::Value entry : list->elements()) {
    if (!entry.is_string() || entry.string().empty() || entry.string().size() > kTextMax) {
      f.refuse(ErrorCode::bad_field, key, "a list of texts of 1 to 1000 bytes is expected");
      return out;
    }
    out.emplace_back(entry.string());
  }
  return out;
}

}  // namespace huan::wire_pack
