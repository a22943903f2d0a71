// SPDX-License-Identifier: Apache-2.0
// Puts a version of a dossier on record, if its type's table lets it: read, judged, numbered and
// written in one transaction. The number of a numbered type is the next of its type and year.
//
//   HUAN_TRY(version, file_dossier(recorder, duties, {.city = "130100", .key = "P-17", .data = …,
//                                                    .role = "operator", .by = {"ann"}}));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/duties/duties.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::app {

struct DossierPut {
  std::string city;
  std::string key;
  std::string data;           ///< JSON object
  std::int64_t based_on{-1};  ///< version that the sender has read; 0: there is none; -1: latest
  std::string role;           ///< of the sender's account
  Principal by;
  std::string sign_as;    ///< role to sign as under what is sent; empty: no signature more
  std::string by_hand{};  ///< SHA-256 of the picture of a signature that the sender was given
  base::Day day;          ///< of the signature
  std::string time;       ///< holds from, RFC 3339; empty: now
};

struct FiledDossier {
  std::int64_t version{1};
  registry::Dossier dossier;
};

/// bad_field, forbidden (judge_step), version_conflict, not_found for a type that no pack knows,
/// unknown_… where a new one is about nothing that is on record,
/// what the write path refuses.
[[nodiscard]] base::Result<FiledDossier> file_dossier(Recorder& recorder,
                                                      const duties::Duties& duties,
                                                      const DossierPut& put);

/// The latest version of one; nullopt where there is none or it is of an older form.
[[nodiscard]] std::optional<FiledDossier> dossier_on_record(store::RegistryReading& reading,
                                                            const std::string& city,
                                                            const std::string& key);

}  // namespace huan::app
