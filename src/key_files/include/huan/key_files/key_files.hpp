// SPDX-License-Identifier: Apache-2.0
// The secrets of one installation, each in a file of its own that only its owner may read (0600),
// in a folder beside the store and never inside it: the key that signs the log's checkpoints and
// the key that seals personal data. Lost keys: checkpoints signed so far stay verifiable, sealed
// fields are gone.
//
//   HUAN_TRY(signer, open_signer("data/huan.keys", Missing::make));
//   HUAN_TRY(key, open_vault_key("data/huan.keys", Missing::leave));  // nullopt: not here
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "huan/crypto/seal.hpp"
#include "huan/log/note.hpp"

namespace huan::key_files {

enum class Missing : std::uint8_t { refuse, make, leave };

// bad_config when a file is missing (Missing::refuse), unreadable, damaged, or open to others. With
// Missing::make a missing one is made; one that is there is never overwritten.

/// Of the server; renamed for each city's log. Not with Missing::leave: nothing can be served
/// without one.
[[nodiscard]] base::Result<log::Signer> open_signer(const std::string& folder, Missing missing);
/// nullopt: missing, and to be left so, since another than the one that sealed would not help.
[[nodiscard]] base::Result<std::optional<crypto::Key>> open_vault_key(const std::string& folder,
                                                                      Missing missing);

// A vault's key is replaced in steps that may be cut off anywhere: the next one is written beside
// it, the store is sealed again with it, and then it takes the place of the old one, which is kept
// under a name of its own: backups made before need it.

/// The one that is made, or was left by a rotation that was cut off.
[[nodiscard]] base::Result<std::optional<crypto::Key>> open_next_vault_key(
    const std::string& folder, Missing missing);
/// Puts the next one in the place of the key; the old one's file is then named after `old_name`.
[[nodiscard]] base::Result<void> adopt_next_vault_key(const std::string& folder,
                                                      std::string_view old_name);
[[nodiscard]] std::string old_vault_file(const std::string& folder, std::string_view old_name);

/// Names of the key files, for what a backup leaves out.
[[nodiscard]] std::string signer_file(const std::string& folder);
[[nodiscard]] std::string vault_file(const std::string& folder);

}  // namespace huan::key_files
