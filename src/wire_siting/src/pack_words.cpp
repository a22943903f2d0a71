// SPDX-License-Identifier: Apache-2.0
#include "huan/base/text_map.hpp"
#include "huan/wire_siting/pack_network.hpp"
#include "siting_terms.hpp"

namespace huan::wire_siting {

base::Result<PageWords> page_words(const std::vector<registry::PackFolder>& folders,
                                   const siting_problem::Network& network,
                                   base::Language language) {
  HUAN_TRY(pack, registry::parse_pack_folders(folders));
  HUAN_TRY(terms, read_siting_terms(folders));
  PageWords words;
  words.language = language;
  words.city = language == base::Language::zh ? pack.city.zh : pack.city.en;
  base::TextMap<std::string> names;
  for (const registry::District& district : pack.districts) {
    names.emplace(district.code, language == base::Language::zh ? district.zh : district.en);
  }
  words.districts.reserve(network.districts.size());
  for (const std::string& code : network.districts) {
    const auto there = names.find(code);
    words.districts.push_back(there == names.end() ? code : there->second);
  }
  words.document.reserve(terms.document.size());
  for (const CountTerms& one : terms.document) {
    words.document.push_back({one.tier, one.before, one.after, one.zh, one.en});
  }
  return words;
}

}  // namespace huan::wire_siting
