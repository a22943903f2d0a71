// SPDX-License-Identifier: Apache-2.0
#include "huan/rewards/payout.hpp"

#include <algorithm>
#include <array>

#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"

namespace huan::rewards {
namespace {

using registry::Fields;

constexpr auto kPayoutStates = std::to_array<PayoutStateInfo>({
#define HUAN_PAYOUT_STATE(state, zh, en, next, flags) \
  {PayoutState::state, #state, zh, en, next, flags},
#include "huan/rewards/payout_states.inc"
#undef HUAN_PAYOUT_STATE
});
constexpr std::array<std::string_view, 2> kPayoutOf{"points", "owed"};
constexpr std::int64_t kPayoutFenMax = 100'000'000;
constexpr std::int64_t kPayoutPointsMax = 1'000'000'000;

}  // namespace

std::span<const PayoutStateInfo> payout_states() noexcept { return kPayoutStates; }

const PayoutStateInfo& info(PayoutState state) noexcept {
  return kPayoutStates[static_cast<std::size_t>(state)];
}

std::optional<PayoutState> payout_state_from(std::string_view code) noexcept {
  const auto* found = std::ranges::find(kPayoutStates, code, &PayoutStateInfo::code);
  return found == kPayoutStates.end() ? std::nullopt : std::optional(found->state);
}

bool follows(PayoutState from, PayoutState to) noexcept {
  const std::string_view next = info(from).next;
  const std::string_view code = info(to).code;
  for (std::size_t at = 0; at < next.size();) {
    const std::size_t end = std::min(next.find(' ', at), next.size());
    if (next.substr(at, end - at) == code) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

std::string_view name(PayoutOf what) noexcept {
  return kPayoutOf.at(static_cast<std::size_t>(what));
}

base::Result<Payout> parse_payout(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Payout payout;
  (void)f.optional_text("kind", 40);
  payout.customer = f.name("customer");
  payout.place = f.name("place");
  payout.payer = f.name("payer");
  payout.what = static_cast<PayoutOf>(f.choice("what", kPayoutOf));
  payout.points = base::Points{f.optional_integer("points", {0, kPayoutPointsMax}).value_or(0)};
  payout.money = base::Money{f.integer("fen", {1, kPayoutFenMax})};
  const auto state = payout_state_from(f.text("state", 40));
  if (!state) {
    f.refuse(base::ErrorCode::bad_field, "state", "a state of payouts");
  }
  payout.reference = f.optional_text("reference", 120).value_or("");
  payout.reason = f.optional_text("reason", 40).value_or("");
  HUAN_CHECK(f.finish());
  payout.state = *state;
  return payout;
}

std::string to_json(const Payout& payout) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("customer", payout.customer).member("fen", payout.money.count());
  w.member("kind", "payout." + std::string(info(payout.state).code));  // what lists are filtered by
  w.member("payer", payout.payer).member("place", payout.place);
  w.member("points", payout.points.count());
  if (!payout.reason.empty()) {
    w.member("reason", payout.reason);
  }
  if (!payout.reference.empty()) {
    w.member("reference", payout.reference);
  }
  w.member("state", info(payout.state).code).member("what", name(payout.what)).end_object();
  return out;
}

}  // namespace huan::rewards
