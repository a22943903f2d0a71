// SPDX-License-Identifier: Apache-2.0
// Whether a version of a dossier may be recorded: its type's table says which state may follow
// which, who may bring it there, and what has to be there by then. Pure; the table is the pack's.
//
//   HUAN_CHECK(judge_step({type, before, after, "regulator_city", "commerce"}));
#pragma once

#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/duties/dossier_type.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::dossiers {

/// One step: what was on record and what is sent now.
struct Step {
  const duties::DossierType& type;
  const registry::Dossier* before{nullptr};  ///< nullptr: there is none yet
  const registry::Dossier& after;
  std::string_view role;  ///< of the account that sends it
  std::string_view by;    ///< its name
};

/// bad_field at the field, state, evidence or signature that is wrong or missing; forbidden where
/// another role has to bring it there, or somebody signs for another.
[[nodiscard]] base::Result<void> judge_step(const Step& step);

/// How who signs is written: the sender, or the sender with the picture of a hand's signature that
/// the subject put on the glass before them (its SHA-256).
[[nodiscard]] std::string signer_name(std::string_view by, std::string_view hand);

/// Is there a signature of the role under what the dossier says now?
[[nodiscard]] bool is_signed(const registry::Dossier& dossier, std::string_view role);

}  // namespace huan::dossiers
