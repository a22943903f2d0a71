// SPDX-License-Identifier: Apache-2.0
// A payout 提现: points, or money that is owed, leave the ledger for somebody's bank account. What
// it takes is held by legs the moment it is asked for; a gateway then pays, by the payout's one id.
// An outcome that nobody knows stays `sent` and is asked for again: what is held comes back only
// when the gateway says that it did not pay. Each state is a version of its record. Pure.
//
//   payout {"customer":"r4k…","fen":120,"points":120,"place":"S-1","payer":"E-001","state":"sent",
//           "what":"points"}
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/json/value.hpp"

namespace huan::rewards {

enum class PayoutState : std::uint8_t {
#define HUAN_PAYOUT_STATE(state, zh, en, next, flags) state,
#include "huan/rewards/payout_states.inc"
#undef HUAN_PAYOUT_STATE
};

struct PayoutStateInfo {
  PayoutState state;
  std::string_view code;
  std::string_view zh;
  std::string_view en;
  std::string_view next;  ///< codes, separated by blanks
  std::string_view flags;

  [[nodiscard]] bool open() const { return flags.find('o') != std::string_view::npos; }
  [[nodiscard]] bool gives_back() const { return flags.find('b') != std::string_view::npos; }
};

[[nodiscard]] std::span<const PayoutStateInfo> payout_states() noexcept;
[[nodiscard]] const PayoutStateInfo& info(PayoutState state) noexcept;
[[nodiscard]] std::optional<PayoutState> payout_state_from(std::string_view code) noexcept;
[[nodiscard]] bool follows(PayoutState from, PayoutState to) noexcept;

/// points: at the city's rate. owed: what purchases left owing to the customer.
enum class PayoutOf : std::uint8_t { points, owed };
[[nodiscard]] std::string_view name(PayoutOf what) noexcept;

struct Payout {
  std::string customer;
  std::string place;  ///< whose books it stands in
  std::string payer;  ///< the party whose bank pays
  PayoutOf what{PayoutOf::points};
  base::Points points{0};  ///< 0 for what is owed
  base::Money money{0};
  PayoutState state{PayoutState::requested};
  std::string reference;  ///< the gateway's, once it paid
  std::string reason;     ///< of a refusal: a code of the gateway, never free text
};

/// bad_field, bad_number.
[[nodiscard]] base::Result<Payout> parse_payout(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Payout& payout);

}  // namespace huan::rewards
