// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/award.hpp"

#include <algorithm>

#include "huan/base/text.hpp"
#include "huan/dossiers/fields.hpp"

namespace huan::dossiers {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::string_view kBetweenLanguages = " / ";

std::vector<std::string> met_in(const registry::Dossier& dossier) {
  const auto found = dossier.fields.find("criteria_met");
  const auto* list = found == dossier.fields.end()
                         ? nullptr
                         : std::get_if<std::vector<std::string>>(&found->second);
  return list == nullptr ? std::vector<std::string>{} : *list;
}

}  // namespace

std::optional<std::size_t> criterion_of(const duties::Award& award, std::string_view text) {
  const auto number = base::parse_integer(text);
  const auto size = static_cast<std::int64_t>(award.criteria.size());
  if (number && *number >= 1 && *number <= size) {
    return static_cast<std::size_t>(*number - 1);
  }
  for (std::size_t i = 0; i < award.criteria.size(); ++i) {
    const std::string_view whole = award.criteria[i];
    const auto between = whole.find(kBetweenLanguages);
    const bool same = text == whole || text == whole.substr(0, between) ||
                      (between != std::string_view::npos &&
                       text == whole.substr(between + kBetweenLanguages.size()));
    if (same) {
      return i;
    }
  }
  return std::nullopt;
}

Result<void> judge_award(const std::vector<duties::Award>& awards,
                         const registry::Dossier& dossier) {
  const std::string code = text_in(dossier, "award");
  const auto award =
      std::ranges::find_if(awards, [&](const duties::Award& one) { return one.row.code == code; });
  if (award == awards.end()) {
    return Error{ErrorCode::bad_field, "/data/fields/award", "no award of the pack: " + code};
  }
  std::vector<bool> met(award->criteria.size(), false);
  for (const std::string& text : met_in(dossier)) {
    const auto which = criterion_of(*award, text);
    if (!which) {
      return Error{ErrorCode::bad_field, "/data/fields/criteria_met",
                   text + " is not one of the criteria of " + code + ": a number up to " +
                       std::to_string(met.size()) + " or its words"};
    }
    met[*which] = true;
  }
  const auto missing = std::ranges::find(met, false);
  if (dossier.state == "awarded" && missing != met.end()) {
    return Error{ErrorCode::bad_field, "/data/fields/criteria_met",
                 "to be awarded, all are met; missing is " +
                     award->criteria[static_cast<std::size_t>(missing - met.begin())]};
  }
  return {};
}

}  // namespace huan::dossiers
