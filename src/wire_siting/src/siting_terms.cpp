// SPDX-License-Identifier: Apache-2.0
#include "siting_terms.hpp"

#include <filesystem>

#include "huan/registry/toml_document.hpp"
#include "huan/wire_siting/network.hpp"
#include "network_fields.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;

constexpr double kFen = 100;
constexpr double kPercent = 100;

base::Result<Candidates> candidates_of(const Members& members) {
  HUAN_TRY(text, members.text("candidates"));
  if (text.empty()) {
    return Candidates::none;
  }
  if (text == "block") {
    return Candidates::block;
  }
  if (text == "street") {
    return Candidates::street;
  }
  if (text == "outside") {
    return Candidates::outside;
  }
  return members.wrong("candidates", "block, street or outside");
}

base::Result<TierTerms> read_tier(const Members& members) {
  TierTerms terms;
  HUAN_TRY(name, members.text("name"));
  HUAN_TRY(rate, members.number("rate_fen", 0));
  HUAN_TRY(reach, members.number("reach_m", 0));
  HUAN_TRY(optional, members.flag("optional"));
  HUAN_TRY(candidates, candidates_of(members));
  HUAN_TRY(count, members.number("count", 1));
  HUAN_TRY(cost, members.number("cost", 0));
  HUAN_TRY(capacity, members.number("capacity_t", 0));
  constexpr double kCountMax = 100;
  if (name.empty() || !(count >= 0) || count > kCountMax) {
    return members.wrong("name", "a tier has a name, and up to 100 candidates in an area");
  }
  terms.tier = {std::move(name), rate / kFen, reach, optional};
  terms.candidates = candidates;
  terms.count = static_cast<std::int64_t>(count);
  terms.cost = cost;
  terms.capacity = capacity;
  return terms;
}

base::Result<void> read_lists(json::Value root, SitingTerms& terms) {
  if (const auto tiers = root.find("tier"); tiers && tiers->is_array()) {
    terms.tiers.clear();
    for (const json::Value one : tiers->elements()) {
      const std::string at = "/tier/" + std::to_string(terms.tiers.size());
      if (!one.is_object()) {
        return Error{ErrorCode::bad_field, at, "a table is expected"};
      }
      HUAN_TRY(tier, read_tier(Members(one, at)));
      terms.tiers.push_back(std::move(tier));
    }
  }
  if (const auto materials = root.find("material"); materials && materials->is_array()) {
    terms.materials.clear();
    for (const json::Value one : materials->elements()) {
      const std::string at = "/material/" + std::to_string(terms.materials.size());
      if (!one.is_object()) {
        return Error{ErrorCode::bad_field, at, "a table is expected"};
      }
      const Members members(one, at);
      HUAN_TRY(code, members.text("code"));
      HUAN_TRY(share, members.number("per_myriad", 0));
      terms.materials.push_back({std::move(code), share / kMyriad});
    }
  }
  return {};
}

base::Result<void> read_document(json::Value root, SitingTerms& terms) {
  const auto counts = root.find("document");
  if (!counts || !counts->is_array()) {
    return {};
  }
  terms.document.clear();
  for (const json::Value one : counts->elements()) {
    const std::string at = "/document/" + std::to_string(terms.document.size());
    if (!one.is_object()) {
      return Error{ErrorCode::bad_field, at, "a table is expected"};
    }
    const Members members(one, at);
    CountTerms count;
    HUAN_TRY(tier, members.text("tier"));
    HUAN_TRY(before, members.number("before", -1));
    HUAN_TRY(after, members.number("after", -1));
    HUAN_TRY(zh, members.text("zh"));
    HUAN_TRY(en, members.text("en"));
    count.tier = std::move(tier);
    count.before = before < 0 ? std::nullopt : std::optional(before);
    count.after = after < 0 ? std::nullopt : std::optional(after);
    count.zh = std::move(zh);
    count.en = std::move(en);
    terms.document.push_back(std::move(count));
  }
  return {};
}

base::Result<void> read_rules(json::Value root, SitingTerms& terms) {
  const auto rules = root.find("rule");
  if (!rules || !rules->is_array()) {
    return {};
  }
  std::vector<siting_problem::Tier> tiers;
  tiers.reserve(terms.tiers.size());
  for (const TierTerms& tier : terms.tiers) {
    tiers.push_back(tier.tier);
  }
  terms.rules.clear();
  for (const json::Value one : rules->elements()) {
    HUAN_TRY(rule, read_rule(one, tiers, "/rule/" + std::to_string(terms.rules.size())));
    terms.rules.push_back(std::move(rule));
  }
  return {};
}

base::Result<void> read_terms(json::Value root, SitingTerms& terms) {
  const Members members(root, "");
  HUAN_TRY(detour, members.number("detour_percent", terms.detour * kPercent));
  terms.detour = detour / kPercent;
  HUAN_TRY(grams, members.number("grams_per_person_day",
                                 terms.tonnes_per_person * kGramsOfTonne / kDaysOfYear));
  terms.tonnes_per_person = grams * kDaysOfYear / kGramsOfTonne;
  HUAN_TRY(block, members.number("block_households", static_cast<double>(terms.block_households)));
  constexpr double kBlockMax = 1e6;
  if (!(block >= 1) || block > kBlockMax) {
    return members.wrong("block_households", "1 to 1,000,000");
  }
  terms.block_households = static_cast<std::int64_t>(block);
  HUAN_CHECK(read_lists(root, terms));
  HUAN_CHECK(read_document(root, terms));
  return read_rules(root, terms);
}

std::string name_of(const registry::PackFolder& folder) {
  const std::string& path = folder.path;
  return std::filesystem::path(path.ends_with('/') ? path.substr(0, path.size() - 1) : path)
      .filename()
      .string();
}

}  // namespace

base::Result<SitingTerms> read_siting_terms(const std::vector<registry::PackFolder>& folders) {
  SitingTerms terms;
  for (const registry::PackFolder& folder : folders) {
    const auto file = folder.files.find("siting.toml");
    if (file == folder.files.end()) {
      continue;
    }
    auto toml = registry::TomlDocument::parse("siting.toml", file->second);
    if (!toml) {
      return toml.error().within(folder.path);
    }
    if (const auto read = read_terms(toml->root(), terms); !read) {
      Error error = toml->located(read.error());
      error.code = ErrorCode::bad_pack;
      return error.within(folder.path);
    }
    if (toml->root().find("rule")) {
      terms.rules_of = name_of(folder);
    }
  }
  if (terms.tiers.empty() || terms.materials.empty() || terms.rules.empty()) {
    return Error{ErrorCode::bad_pack, "siting.toml",
                 "no pack of the line says tiers, materials and rules"};
  }
  return terms;
}

}  // namespace huan::wire_siting
