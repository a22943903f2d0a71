// SPDX-License-Identifier: Apache-2.0
// Inspections on record, from the visit to the order to put right. Whom the draw sent may answer
// and sign, nobody else; offices and the operator may enter what they were handed on paper.
//
//   HUAN_TRY(done, visit_inspection(desk, "D-1:3", {day, answers, ""}));   // done.order, if any
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/app/draws.hpp"
#include "huan/dossiers/inspection.hpp"

namespace huan::app {

struct VisitedInspection {
  FiledDossier inspection;
  std::string order_key;              ///< empty: nothing failed
  std::optional<FiledDossier> order;  ///< to put right what failed
};

/// Whether the draw sent this account there.
[[nodiscard]] bool is_sent(const registry::Dossier& inspection, std::string_view account);
/// The inspection as it is, of those that the desk's role may see: an inspector theirs only.
/// not_found.
[[nodiscard]] base::Result<FiledDossier> inspection_for(const DrawDesk& desk,
                                                        const std::string& key);
/// Records the answers; the order follows in a second record, with its own number. Photos have to
/// be on record (unknown_evidence). bad_field, not_found, forbidden.
[[nodiscard]] base::Result<VisitedInspection> visit_inspection(const DrawDesk& desk,
                                                               const std::string& key,
                                                               const dossiers::Visit& visit);

struct InspectionSign {
  std::string key;
  std::string as;         ///< inspector, second, subject; empty: only brings it on
  std::string state;      ///< empty: stays where it is
  std::string by_hand{};  ///< as subject: SHA-256 of the picture of what they wrote on the glass
};
/// unknown_evidence where that picture is not on record.
[[nodiscard]] base::Result<FiledDossier> sign_inspection(const DrawDesk& desk,
                                                         const InspectionSign& sign);

/// The day of a visit that is handed in later, from where there was no network: not after today,
/// not before the inspection was given, at most a week ago. bad_time.
[[nodiscard]] base::Result<base::Day> visit_day(const DrawDesk& desk, const std::string& key,
                                                const std::string& day);

/// Drafts, numbered and put on record, over what was published in the period: of the whole city, or
/// of one district's own subjects.
[[nodiscard]] base::Result<FiledDossier> draft_bulletin(const DrawDesk& desk,
                                                        const std::string& key,
                                                        const dossiers::Period& period,
                                                        const std::string& district = {});
/// The bulletin of the month before, under the key `bulletin.` and the month: once, and where
/// results were published in it. Its key; empty: there is nothing to draft.
[[nodiscard]] base::Result<std::string> draft_bulletin_of_month(const DrawDesk& desk);

}  // namespace huan::app
