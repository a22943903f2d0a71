// SPDX-License-Identifier: Apache-2.0
#include "trial_memory.hpp"

#include <functional>
#include <set>

#include "huan/json/document.hpp"

namespace huan::app {
namespace {

constexpr std::size_t kKeptMax = 250'000;

std::size_t hash_of(std::string_view name) { return std::hash<std::string_view>{}(name); }

/// Every text in it, whatever it stands for.
void each_text(json::Value value, const std::function<void(std::string_view)>& tell) {
  if (value.is_string()) {
    tell(value.string());
  } else if (value.is_array()) {
    for (const json::Value one : value.elements()) {
      each_text(one, tell);
    }
  } else if (value.is_object()) {
    for (const json::Member member : value.members()) {
      each_text(member.value, tell);
    }
  }
}

void tell_text(json::Value object, std::string_view name,
               const std::function<void(std::string_view)>& tell) {
  const auto found = object.is_object() ? object.find(name) : std::nullopt;
  if (found && found->is_string()) {
    tell(found->string());
  }
}

/// By what other rows may speak of it.
void each_name(const ImportItem& item, const std::function<void(std::string_view)>& tell) {
  const auto document = json::Document::parse(item.json);
  tell(item.id);
  if (!document) {
    return;
  }
  const json::Value root = document->root();
  tell_text(root, item.registry ? "key" : "ticket", tell);
  const auto lines =
      root.is_object() && !item.registry ? root.find("outputs") : std::optional<json::Value>{};
  if (lines && lines->is_array()) {
    for (const json::Value line : lines->elements()) {
      tell_text(line, "lot", tell);
    }
  }
}

}  // namespace

std::vector<const ImportItem*> TrialMemory::spoken_of(const std::vector<ImportRow>& rows) const {
  std::set<std::uint32_t> found;
  std::vector<const ImportItem*> open;
  const auto look = [&](std::string_view name) {
    const auto at = by_name_.find(hash_of(name));
    if (at != by_name_.end() && found.insert(at->second).second) {
      open.push_back(&kept_[at->second]);
    }
  };
  const auto read = [&](const ImportItem& item) {
    look(item.id);
    if (const auto document = json::Document::parse(item.json)) {
      each_text(document->root(), look);
    }
  };
  if (kept_.empty()) {
    return {};
  }
  for (const ImportRow& row : rows) {
    if (row.item) {
      read(*row.item);
    }
  }
  while (!open.empty()) {
    const ImportItem& next = *open.back();
    open.pop_back();
    read(next);
  }
  std::vector<const ImportItem*> out;
  out.reserve(found.size());
  for (const std::uint32_t at : found) {
    out.push_back(&kept_[at]);
  }
  return out;
}

void TrialMemory::keep(ImportItem item) {
  if (kept_.size() == kKeptMax) {
    return;
  }
  item.personal = {};
  const auto at = static_cast<std::uint32_t>(kept_.size());
  each_name(item, [&](std::string_view name) { by_name_[hash_of(name)] = at; });
  kept_.push_back(std::move(item));
}

}  // namespace huan::app
