// SPDX-License-Identifier: Apache-2.0
// The vault's sealed fields in the same file as the records, and in the same transaction: a party's
// record and its personal data are kept or lost together. Nothing in it is readable without the
// key, which is elsewhere.
//
//   auto transaction = store->begin("130100");
//   const auto fields = store_sqlite::vault_store(*transaction);
//   vault::Vault vault(*fields, …);
//   transaction->commit();
#pragma once

#include <memory>

#include "huan/store/store.hpp"
#include "huan/vault/store.hpp"

namespace huan::store_sqlite {

/// Of a transaction that a store of this module began; not to be used after its end.
[[nodiscard]] std::unique_ptr<vault::VaultStore> vault_store(store::Transaction& transaction);
/// The same of a snapshot, for questions only: what writes fails.
[[nodiscard]] std::unique_ptr<vault::VaultStore> vault_store(store::Reading& reading);

}  // namespace huan::store_sqlite
