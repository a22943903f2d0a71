// SPDX-License-Identifier: Apache-2.0
// The evidence of a case as one text that stands by itself: every version of its dossier and each
// record that it names, word for word, with proof that all of them are in the city's log at one
// signed checkpoint. Who has the text and the city's public key needs no server to check it; what
// was left out of the list cannot be seen from it.
//
//   HUAN_TRY(text, evidence_bundle(reading, city, "C-1", signer));
//   HUAN_TRY(checked, verify_bundle(text, key));          // "huan/130100+1a2b3c4d+…"
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/log/checkpoint.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// Lines of JSON: a head with the checkpoint, then one a record by its place in the log. Records
/// are named in the dossier's field `records`: an event's id, or kind:key of a registered thing,
/// all of whose versions are taken. not_found at the first that is not there.
[[nodiscard]] base::Result<std::string> evidence_bundle(store::Reading& reading,
                                                        const std::string& city,
                                                        const std::string& key,
                                                        const log::Signer& signer);

struct CheckedBundle {
  std::string key;  ///< of the dossier
  std::uint64_t size{0};
  std::uint64_t records{0};
};
/// bad_file for what is no bundle, bad_checkpoint for a signature of another key, wrong_answer at
/// the record that is not as the log has it.
[[nodiscard]] base::Result<CheckedBundle> verify_bundle(std::string_view text,
                                                        const log::Verifier& key);

}  // namespace huan::app
