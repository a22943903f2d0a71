// SPDX-License-Identifier: Apache-2.0
// A dossier that came in by any door: judged by the rules on record today, then recorded.
#pragma once

#include <string>

#include "huan/app/file_dossier.hpp"
#include "rules_shelf.hpp"

namespace huan::http {

struct DossierSent {
  store::CityRow city;
  std::string key;
  registry::Dossier dossier;
  std::int64_t based_on{0};
  std::string sign_as{};  ///< empty: no signature more
};

/// bad_field, forbidden, version_conflict.
[[nodiscard]] Result<app::FiledDossier> file_sent(Context& context, RulesShelf& shelf,
                                                  const DossierSent& sent,
                                                  const app::Access& access);

}  // namespace huan::http
