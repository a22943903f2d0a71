// SPDX-License-Identifier: Apache-2.0
// What a counter needs before it buys what must be registered: whether the rules ask for it of this
// seller, and the person who hands over, whose name, address and number go into the vault and are
// kept as long as the law says; the register names the party alone.
//
//   HUAN_TRY(asked, registration_asked(reading, "130100", rules, {"metal.copper", "F-1", now,
//   28800})); HUAN_TRY(handler, enter_handler({recorder, personal}, reading, {…}));
#pragma once

#include <string>

#include "huan/app/personal.hpp"
#include "huan/buying/rules.hpp"

namespace huan::app {

struct PurchaseAsked {
  std::string material;
  std::string seller;  ///< party
  base::Instant at;
  std::int32_t offset_s;
};

struct RegistrationAsked {
  const buying::RegistrationRule* rule{nullptr};  ///< of the rules given; nullptr: none asks for it
  std::string seller_kind;
  std::string seller_name;  ///< empty for persons
  std::string seller_code;  ///< 统一社会信用代码; empty: not on record
};

/// unknown_party.
[[nodiscard]] base::Result<RegistrationAsked> registration_asked(store::Reading& reading,
                                                                 const std::string& city,
                                                                 const buying::Rules& rules,
                                                                 const PurchaseAsked& asked);

struct HandlerEntry {
  std::string city;
  std::string event;  ///< id of the purchase
  std::string name;
  std::string id_number;
  std::string address;
  base::Day day;
  std::int32_t offset_s;
  Principal by;
};

/// The party of this person in the city: who is known by the number already keeps what is on record
/// and is kept longer, a new one is entered. vault_locked, bad_field, bad_identifier.
[[nodiscard]] base::Result<std::string> enter_handler(Recorder& recorder, Personal& personal,
                                                      store::Reading& reading,
                                                      const HandlerEntry& entry);

/// A handler who is on record came again on that day: what is kept of them stays for the register's
/// years from then on.
void keep_handler(Recorder& recorder, Personal& personal, const vault::Subject& handler,
                  base::Day day);

}  // namespace huan::app
