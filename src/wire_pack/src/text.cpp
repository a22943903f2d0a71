// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_pack/text.hpp"

#include <algorithm>
#include <array>

#include "files.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::array<std::string_view, 15> kRuleFiles{
    "buying.toml",     "campaigns.toml", "dossiers.toml", "forms.toml", "indicators.toml",
    "inspection.toml", "invoicing.toml", "norms.toml",    "notes.toml", "projects.toml",
    "quotas.csv",      "steps.csv",      "subsidy.toml",  "tasks.toml", "units.toml"};
/// What the rules name.
constexpr std::array<std::string_view, 8> kNamedFiles{
    "districts.csv", "materials.toml", "pack.toml",   "qualifications.toml",
    "schemes.toml",  "siting.toml",    "streets.csv", "villages.csv"};
/// Lists that are longer stay out: norms that count by them are then not known.
constexpr std::size_t kFileMax = std::size_t{512} << 10;

template <std::size_t N>
bool in(const std::array<std::string_view, N>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

std::string folder_name(const std::string& path) {
  std::string name = path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
  const auto slash = name.rfind('/');
  return slash == std::string::npos ? name : name.substr(slash + 1);
}

Result<registry::PackFolder> folder_of(json::Value value, const std::string& pointer) {
  const Error expected{ErrorCode::bad_field, pointer, "a name and files are expected"};
  if (!value.is_object()) {
    return expected;
  }
  const auto name = value.find("name");
  const auto files = value.find("files");
  if (!name || !name->is_string() || !files || !files->is_object()) {
    return expected;
  }
  registry::PackFolder out{std::string{name->string()} + "/", {}};
  for (const json::Member file : files->members()) {
    if (!file.value.is_string()) {
      return Error{ErrorCode::bad_field, pointer + "/files", "texts are expected"};
    }
    out.files.emplace(file.key, file.value.string());
  }
  return out;
}

}  // namespace

std::string to_text(const std::vector<registry::PackFolder>& folders, const registry::Pack& pack) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("folders").begin_array();
  for (const registry::PackFolder& folder : folders) {
    w.begin_object().key("files").begin_object();
    for (const auto& [name, text] : folder.files) {
      if (in(kRuleFiles, name) || (in(kNamedFiles, name) && text.size() <= kFileMax)) {
        w.member(name, text);
      }
    }
    w.end_object().member("name", folder_name(folder.path)).end_object();
  }
  w.end_array().member("pack", pack.name).member("version", pack.version).end_object();
  return out;
}

Result<std::vector<registry::PackFolder>> folders_of_text(std::string_view json) {
  HUAN_TRY(document, json::Document::parse(json, json::kStored));
  const json::Value root = document.root();
  const auto list = root.is_object() ? root.find("folders") : std::nullopt;
  if (!list || !list->is_array()) {
    return Error{ErrorCode::bad_field, "/folders", "an array is expected"};
  }
  std::vector<registry::PackFolder> folders;
  folders.reserve(list->size());
  for (const json::Value one : list->elements()) {
    HUAN_TRY(folder, folder_of(one, "/folders/" + std::to_string(folders.size())));
    folders.push_back(std::move(folder));
  }
  return folders;
}

Result<City> from_text(std::string_view json) {
  HUAN_TRY(folders, folders_of_text(json));
  return parse(folders);
}

Result<buying::Rules> buying_rules_of(std::string_view json) {
  HUAN_TRY(folders, folders_of_text(json));
  Rules rules;
  const registry::Pack none;
  for (const registry::PackFolder& folder : folders) {
    HUAN_CHECK(read_buying(folder.files, none, rules));
  }
  return std::move(rules.buying);
}

bool states_rules(const registry::PackFolder& folder) {
  return std::any_of(folder.files.begin(), folder.files.end(),
                     [](const auto& file) { return in(kRuleFiles, file.first); });
}

}  // namespace huan::wire_pack
