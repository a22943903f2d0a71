// SPDX-License-Identifier: Apache-2.0
// The whole write path on a store: registry, ledger, log, roll-ups. With faults, transactions are
// broken off before they are committed and the store is opened again, now and then.
#pragma once

#include "huan/store/store.hpp"
#include "subject.hpp"

namespace huan::auditor {

/// A store that can be closed and opened again without losing what was committed.
class Shelf {
 public:
  virtual ~Shelf() = default;
  virtual store::Store& store() = 0;
  virtual bool reopen() = 0;  ///< false: this store cannot
};

[[nodiscard]] std::unique_ptr<Shelf> memory_shelf();
[[nodiscard]] std::unique_ptr<Shelf> sqlite_shelf();

struct AppOptions {
  std::function<std::unique_ptr<Shelf>()> shelf;
  bool faults{false};
  bool verify{true};  ///< run `huan verify` at the end
};

[[nodiscard]] MakeSubject app_subject(AppOptions options);

}  // namespace huan::auditor
