// SPDX-License-Identifier: Apache-2.0
// The ground that the contract's tests stand on: a store of the linked backend, made anew for each
// test, and rows to put in.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "huan/store/store.hpp"

namespace huan::contract {

class Backend {
 public:
  virtual ~Backend() = default;
  virtual store::Store& store() = 0;
  /// Closes the store and opens it again; false where nothing outlives the store.
  virtual bool reopen() = 0;
  /// Opens the same store for writing a second time, as another process would.
  virtual std::unique_ptr<store::Store> second_writer() = 0;
  [[nodiscard]] virtual std::string fresh_path(const std::string& name) = 0;
};

/// Of the backend that this program is linked with; an empty store.
[[nodiscard]] std::unique_ptr<Backend> make_backend();

inline constexpr std::string_view kCity = "130100";
inline constexpr std::string_view kOther = "x-other";

class Contract : public ::testing::Test {
 protected:
  Contract() : backend_(make_backend()) {}

  [[nodiscard]] store::Store& store() { return backend_->store(); }
  /// Runs the body in a transaction of its own and commits.
  template <class Body>
  void write(const Body& body, std::string_view city = kCity) {
    auto transaction = store().begin(city);
    body(*transaction);
    transaction->commit();
  }

  std::unique_ptr<Backend> backend_;
};

[[nodiscard]] base::Uuid id_of(std::uint64_t number);
[[nodiscard]] store::Digest digest_of(std::uint8_t byte);
[[nodiscard]] store::Record event(store::Seq seq);
[[nodiscard]] ledger::LotMade made(const std::string& lot, const std::string& place,
                                   const std::string& material = "paper.occ",
                                   std::int64_t time_s = 1000);
/// A lot with mass, made by `seq`.
void put_lot(store::Transaction& transaction, const ledger::LotMade& lot, std::int64_t g,
             store::Seq seq = 1);
/// One row as text, so that a list can be compared at a glance.
[[nodiscard]] std::string show(const ledger::LotState& state);

}  // namespace huan::contract
