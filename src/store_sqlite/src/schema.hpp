// SPDX-License-Identifier: Apache-2.0
// The tables and how an older file is brought forward. Migrations are numbered from 1, only ever
// added, and run in one transaction each.
#pragma once

#include "connection.hpp"

namespace huan::store_sqlite {

/// Throws store::Failure where the file is not a store of ours or is newer than this program.
void check_identity(Connection& connection);
void migrate(Connection& connection);
/// The file's version; 0 for a new file.
[[nodiscard]] std::int64_t version(Connection& connection);
[[nodiscard]] std::int64_t version_of_program();

}  // namespace huan::store_sqlite
