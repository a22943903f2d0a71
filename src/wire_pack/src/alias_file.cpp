// SPDX-License-Identifier: Apache-2.0
// aliases.toml
#include <map>

#include "files.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_pack/aliases.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::ErrorCode;
using base::Result;

constexpr const char* kAliasFile = "aliases.toml";
constexpr std::size_t kTipMax = 400;

struct Everyday {
  std::vector<std::string> called;
  std::string tip_zh;
  std::string tip_en;
};
using EverydayWords = std::map<std::string, Everyday>;

void add_row(registry::Fields& f, const registry::Pack& pack, EverydayWords& words) {
  const std::string material = f.name("material", base::kLongNameMax);
  if (!f.refused() && pack.catalogue.find(material) == nullptr) {
    f.refuse(ErrorCode::bad_field, "material", "a kind of the catalogue is expected: " + material);
  }
  Everyday& one = words[material];
  for (std::string& word : read_texts(f, "called")) {
    one.called.push_back(std::move(word));
  }
  const auto zh = f.optional_text("tip_zh", kTipMax);
  const auto en = f.optional_text("tip_en", kTipMax);
  if (zh.has_value() != en.has_value()) {
    f.refuse(ErrorCode::bad_field, zh ? "tip_en" : "tip_zh", "a tip in both languages");
  }
  if (zh && en) {
    one.tip_zh = *zh;
    one.tip_en = *en;
  }
}

Result<void> read_words(const registry::PackFiles& files, const registry::Pack& pack,
                        EverydayWords& words) {
  HUAN_TRY(rows, TomlRows::open(files, kAliasFile));
  HUAN_CHECK(rows.each("kind", [&](registry::Fields& f) -> Result<void> {
    add_row(f, pack, words);
    return {};
  }));
  return rows.finish();
}

}  // namespace

Result<void> read_aliases(const registry::PackFiles& files, const registry::Pack& pack,
                          Rules& /*rules*/) {
  EverydayWords words;
  return read_words(files, pack, words);
}

Result<std::string> everyday_words_of(const std::vector<registry::PackFolder>& folders,
                                      const registry::Pack& pack) {
  EverydayWords words;
  for (const registry::PackFolder& folder : folders) {
    HUAN_CHECK(read_words(folder.files, pack, words));
  }
  std::string out;
  json::Writer w(out);
  w.begin_object();
  for (const auto& [material, one] : words) {
    w.key(material).begin_object().key("called").begin_array();
    for (const std::string& word : one.called) {
      w.string(word);
    }
    w.end_array().member("tip_en", one.tip_en).member("tip_zh", one.tip_zh).end_object();
  }
  w.end_object();
  return out;
}

}  // namespace huan::wire_pack
