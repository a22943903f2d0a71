// SPDX-License-Identifier: Apache-2.0
#include "huan/app/names_on_record.hpp"

#include <array>

#include "huan/json/document.hpp"

namespace huan::app {
namespace {

constexpr std::size_t kNamesPage = 1'000;
constexpr std::array<std::string_view, 5> kSpoken{"name", "name_en", "zh", "en", "plate"};

/// The kind of record that a table's field names; empty: it names none.
std::string_view kind_of(std::string_view field) {
  if (field == "place" || field == "material" || field == "party") {
    return field;
  }
  return field == "operator" ? "party" : field == "vehicle" ? "asset" : "";
}

}  // namespace

NamesOnRecord::NamesOnRecord(store::Reading& reading, const std::string& city, Narrow narrow)
    : narrow_(std::move(narrow)) {
  for (const std::string_view kind : {"place", "party", "asset", "material"}) {
    read(reading, city, kind);
  }
}

/// An id is its own name, and stays it when something else is called so. Two things of one name:
/// neither is meant.
void NamesOnRecord::add(Names& names, const std::string& name, const std::string& key) {
  const auto [found, is_new] = names.emplace(name, key);
  if (!is_new && found->second != key) {
    found->second.clear();
  }
}

void NamesOnRecord::read(store::Reading& reading, const std::string& city, std::string_view kind) {
  Names& names = by_kind_[std::string{kind}];
  store::Page page{"", kNamesPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, kind, {}, page);
    for (const store::RegistryRow& row : rows) {
      add(names, row.key, row.key);
      const auto document = json::Document::parse(row.body, json::kStored);
      const auto record = document ? document->root().find("record") : std::nullopt;
      const auto data = record ? record->find("data") : std::nullopt;
      for (const std::string_view spoken : kSpoken) {
        const auto name = data ? data->find(spoken) : std::nullopt;
        if (name && name->is_string() && !name->string().empty()) {
          add(names, narrow_(name->string()), row.key);
        }
      }
    }
    more = rows.size() == page.limit;
    page.after = rows.empty() ? "" : rows.back().key;
  }
}

std::optional<std::string> NamesOnRecord::find(std::string_view field,
                                               std::string_view text) const {
  const auto names = by_kind_.find(kind_of(field));
  if (names == by_kind_.end()) {
    return std::nullopt;
  }
  const auto found = names->second.find(narrow_(text));
  if (found == names->second.end() || found->second.empty()) {
    return std::nullopt;
  }
  return found->second;
}

}  // namespace huan::app
