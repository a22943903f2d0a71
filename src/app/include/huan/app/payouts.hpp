// SPDX-License-Identifier: Apache-2.0
// Payouts 提现: what somebody asks for is taken out of their balance in the transaction that
// records it, and stands in `fee:payout` until a gateway has paid or refused by the payout's one
// id. Then the bank pays (once: its event's id follows from the payout), or what was held is given
// back. Whoever does not know what became of a payment asks for it again; nothing is ever decided
// by waiting.
//
//   HUAN_TRY(kept, request_payout(parts, {.city = "130100", .id = …, .customer = "r4k…", …}));
//   run_payouts(parts, gateway, "130100", round);     // by the server, every few seconds
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/rewards/payment_gateway.hpp"
#include "huan/rewards/payout.hpp"
#include "huan/rewards/rule.hpp"

namespace huan::app {

struct PayoutParts {
  Recorder& recorder;
  store::Store& store;
  Personal& personal;
  base::Clock& clock;
};

struct KeptPayout {
  std::string key;
  std::int64_t version{0};
  base::Instant time;  ///< of the latest state
  rewards::Payout payout;
};

struct PayoutRequest {
  std::string city;
  std::string id;  ///< UUID of the sender: sent again, the same payout is answered
  std::string customer;
  rewards::PayoutOf what{rewards::PayoutOf::points};
  std::int64_t amount{0};  ///< points, or fen of what is owed
  std::string account{};   ///< to be kept for this and later; empty: the one that is known
  std::string name{};      ///< of the account's holder
  Principal by{};
};

/// bad_field (no amount, no account), not_supported (the city pays no points out, or nobody's books
/// are named), insufficient_points, over_limit (more than is owed), in_use (too many are open),
/// id_conflict, vault_locked.
[[nodiscard]] base::Result<KeptPayout> request_payout(const PayoutParts& parts,
                                                      const PayoutRequest& request);

struct PayoutMove {
  std::string city;
  std::string key;
  rewards::PayoutState to{rewards::PayoutState::cancelled};
  std::string reference{};
  std::string reason{};
  Principal by{};
};
/// With the legs that belong to it. not_found; in_use where the table has no such step.
[[nodiscard]] base::Result<KeptPayout> move_payout(Recorder& recorder, base::Clock& clock,
                                                   const PayoutMove& move);

/// What a runner remembers between its rounds: how often each was tried in vain.
struct PayoutRound {
  struct Tried {
    std::int64_t times{0};
    base::Instant next;
  };
  std::map<std::string, Tried> tried;
};
struct PayoutSums {
  std::size_t paid{0};
  std::size_t refused{0};
  std::size_t waiting{0};  ///< still open
};
/// Takes every open payout whose turn it is to the gateway. One at a time for a city and a round;
/// several rounds at once pay nothing twice either.
PayoutSums run_payouts(const PayoutParts& parts, rewards::PaymentGateway& gateway,
                       const std::string& city, PayoutRound& round);

[[nodiscard]] std::optional<KeptPayout> payout_on_record(store::RegistryReading& reading,
                                                         const std::string& city,
                                                         const std::string& key);
/// Latest first.
[[nodiscard]] std::vector<KeptPayout> payouts_of(store::RegistryReading& reading,
                                                 const std::string& city,
                                                 const std::string& customer);
/// In one state, by key.
[[nodiscard]] std::vector<KeptPayout> payouts_in(store::RegistryReading& reading,
                                                 const std::string& city,
                                                 rewards::PayoutState state,
                                                 const store::Page& page);
/// What purchases left owing to somebody, in fen.
[[nodiscard]] std::int64_t owed_to(store::StockReading& reading, const std::string& city,
                                   const std::string& customer);

}  // namespace huan::app
