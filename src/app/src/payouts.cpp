// SPDX-License-Identifier: Apache-2.0
#include "huan/app/payouts.hpp"

#include <algorithm>

#include "huan/app/orders.hpp"
#include "huan/app/points.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "order_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using rewards::Payment;
using rewards::PaymentAnswer;
using rewards::PaymentState;
using rewards::Payout;
using rewards::PayoutOf;
using rewards::PayoutState;

constexpr const char* kPayoutKind = "plan";
constexpr std::string_view kPayoutPrefix = "payout:";
constexpr const char* kClearing = "fee:payout";
constexpr std::size_t kOpenPayoutsMax = 3;  // of one customer
constexpr std::size_t kPayoutPage = 500;
constexpr std::int64_t kRetryS = 5;
constexpr std::int64_t kRetryMaxS = 3'600;
constexpr std::int64_t kFirstNumber = 10'001;

std::string record_key(const std::string& key) { return std::string(kPayoutPrefix) + key; }

std::string id_for(std::string_view what, const std::string& city, const std::string& key) {
  return base::make_uuid_v8(crypto::sha256("payout " + std::string(what) + " " + city + " " + key))
      .text();
}

struct PayoutLeg {
  std::string account;
  std::int64_t amount{0};
  const char* unit{"fen"};
};

std::string settle_json(const std::string& id, const Payout& payout, const char* reason,
                        const std::vector<PayoutLeg>& legs, base::Instant now) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("id", id).key("legs").begin_array();
  for (const PayoutLeg& leg : legs) {
    w.begin_object().member("account", leg.account).member("amount", leg.amount);
    w.member("unit", leg.unit).end_object();
  }
  w.end_array().member("place", payout.place).member("reason", reason);
  w.member("time", base::format_time(now, 0)).member("type", "settle").end_object();
  return out;
}

/// Out of the balance of who is paid, into what is on its way.
std::vector<PayoutLeg> held_legs(const Payout& payout) {
  const std::int64_t fen = payout.money.count();
  const std::string party = "party:" + payout.customer;
  if (payout.what == PayoutOf::owed) {
    return {{party, fen}, {kClearing, -fen}};
  }
  return {{party, -payout.points.count(), "points"},
          {"spent:payout", payout.points.count(), "points"},
          {"fee:points", fen},
          {kClearing, -fen}};
}

std::string give_back_json(const std::string& id, const std::string& held, const Payout& payout,
                           base::Instant now) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("corrects", held).member("id", id).member("place", payout.place);
  w.member("reason", "payout").key("replacement").null();
  w.member("time", base::format_time(now, 0)).member("type", "correct").end_object();
  return out;
}

Result<void> post_one(CityWriter& writer, const std::string& json, const Principal& by) {
  const Outcome outcome = writer.post(prepare(json), by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

Result<void> put_payout(CityWriter& writer, const KeptPayout& kept, const std::string& id,
                        const Principal& by) {
  const Outcome outcome = writer.put(
      {kPayoutKind, record_key(kept.key), rewards::to_json(kept.payout), id, "", kept.version}, by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

std::optional<KeptPayout> kept_payout(const store::RegistryRow& row) {
  auto payout =
      data_of<Payout>(row, [](json::Value data) { return rewards::parse_payout(data, "/data"); });
  return payout ? std::optional(KeptPayout{row.key.substr(kPayoutPrefix.size()), row.version,
                                           row.time, std::move(*payout)})
                : std::nullopt;
}

/// Whose books it stands in: as the rule says, else those of where they were collected from last.
Result<void> find_payer(CityWriter& writer, const std::string& named, Payout& payout) {
  const std::string& city = writer.setting().city;
  payout.place = named;
  if (payout.place.empty()) {
    const auto orders = orders_of_customer(writer.reading(), city, payout.customer);
    payout.place = orders.empty() ? "" : orders.front().order.place;
  }
  const auto place =
      payout.place.empty() ? std::nullopt : place_on_record(writer.reading(), city, payout.place);
  if (!place || place->operator_id.empty()) {
    return Error{ErrorCode::not_supported, "", "the city's rule names no place that pays"};
  }
  payout.payer = place->operator_id;
  return {};
}

Result<void> reckon(CityWriter& writer, const PayoutRequest& request, Payout& payout) {
  const std::string& city = writer.setting().city;
  const auto rule = rule_on_record(writer.reading(), city);
  const auto rate = rule ? rule->payout : std::nullopt;
  if (request.what == PayoutOf::points) {
    if (!rate) {
      return Error{ErrorCode::not_supported, "", "the city pays no points out"};
    }
    payout.points = base::Points{request.amount};
    payout.money = base::Money{base::checked_multiply(request.amount, rate->fen_per_point)};
  } else {
    const auto owed = owed_to(writer.reading(), city, request.customer);
    if (request.amount > owed) {
      return Error{ErrorCode::over_limit, "/amount", std::to_string(owed) + " fen are owed"};
    }
    payout.money = base::Money{request.amount};
  }
  return find_payer(writer, rate ? rate->place : "", payout);
}

Result<void> keep_account(CityWriter& writer, Personal& personal, const PayoutRequest& request) {
  const std::string& city = writer.setting().city;
  if (request.account.empty()) {
    const auto known = personal.masked(writer.reading(), {city, request.customer});
    const bool there = std::ranges::any_of(known, [](const PersonalField& one) {
      return one.field == vault::Field::bank_account && one.state == FieldState::masked;
    });
    return there ? Result<void>()
                 : Error{ErrorCode::bad_field, "/account", "no account to pay to is known yet"};
  }
  PersonalPut what;
  what.values.push_back({vault::Field::bank_account, request.account});
  if (!request.name.empty()) {
    what.values.push_back({vault::Field::name, request.name});
  }
  if (auto checked = personal.check(what, writer.setting().offset_s); !checked) {
    auto error = std::move(checked).error();
    error.at = error.code == ErrorCode::vault_locked ? "" : "/account";
    return error;
  }
  auto put = personal.put_imported(writer, {request.by.name, "asking for a payout"},
                                   request.customer, what);
  return put ? Result<void>() : Result<void>(std::move(put).error());
}

/// The payout that a sender's id made before.
std::optional<KeptPayout> requested_before(CityWriter& writer, const PayoutRequest& request) {
  const auto id = base::Uuid::parse(request.id);
  const auto record = id ? writer.reading().record(request.city, *id) : std::nullopt;
  return record && record->key.starts_with(kPayoutPrefix)
             ? payout_on_record(writer.reading(), request.city,
                                record->key.substr(kPayoutPrefix.size()))
             : std::nullopt;
}

Result<KeptPayout> write_request(CityWriter& writer, const PayoutParts& parts,
                                 const PayoutRequest& request) {
  if (auto before = requested_before(writer, request)) {
    return before->payout.customer == request.customer
               ? Result<KeptPayout>(std::move(*before))
               : Result<KeptPayout>(Error{ErrorCode::id_conflict, "/id", request.id});
  }
  const auto earlier = payouts_of(writer.reading(), request.city, request.customer);
  const auto open = std::ranges::count_if(
      earlier, [](const KeptPayout& one) { return rewards::info(one.payout.state).open(); });
  if (static_cast<std::size_t>(open) >= kOpenPayoutsMax) {
    return Error{ErrorCode::in_use, "", "three payouts are on their way already"};
  }
  KeptPayout kept;
  kept.key = request.customer + "-" +
             std::to_string(kFirstNumber + static_cast<std::int64_t>(earlier.size()));
  kept.time = parts.clock.now();
  kept.payout.customer = request.customer;
  kept.payout.what = request.what;
  HUAN_CHECK(reckon(writer, request, kept.payout));
  HUAN_CHECK(keep_account(writer, parts.personal, request));
  HUAN_CHECK(post_one(writer,
                      settle_json(id_for("held", request.city, kept.key), kept.payout, "payout",
                                  held_legs(kept.payout), kept.time),
                      request.by));
  HUAN_CHECK(put_payout(writer, kept, request.id, request.by));
  kept.version = 1;
  return kept;
}

Result<KeptPayout> write_payout_move(CityWriter& writer, base::Clock& clock,
                                     const PayoutMove& move) {
  auto found = payout_on_record(writer.reading(), move.city, move.key);
  if (!found) {
    return Error{ErrorCode::not_found, "key", move.key};
  }
  KeptPayout kept = std::move(*found);
  if (!rewards::follows(kept.payout.state, move.to)) {
    return Error{ErrorCode::in_use, "/state",
                 std::string(rewards::info(kept.payout.state).code) + " comes before"};
  }
  kept.time = clock.now();
  kept.payout.state = move.to;
  kept.payout.reference = move.reference;
  kept.payout.reason = move.reason;
  const std::string held = id_for("held", move.city, move.key);
  if (move.to == PayoutState::paid) {
    const std::int64_t fen = kept.payout.money.count();
    HUAN_CHECK(
        post_one(writer,
                 settle_json(id_for("paid", move.city, move.key), kept.payout, "payout",
                             {{kClearing, fen}, {"bank:" + kept.payout.payer, -fen}}, kept.time),
                 move.by));
  } else if (rewards::info(move.to).gives_back()) {
    HUAN_CHECK(post_one(
        writer, give_back_json(id_for("back", move.city, move.key), held, kept.payout, kept.time),
        move.by));
  }
  HUAN_CHECK(put_payout(writer, kept, "", move.by));
  ++kept.version;
  return kept;
}

/// What the gateway is told; nullopt while nobody can read the account.
std::optional<Payment> payment_of(const PayoutParts& parts, const std::string& city,
                                  const KeptPayout& kept) {
  FieldSet allowed;
  allowed.set(static_cast<std::size_t>(vault::Field::bank_account));
  allowed.set(static_cast<std::size_t>(vault::Field::name));
  const auto fields = parts.personal.read({"system/payouts", "paying out"},
                                          {city, kept.payout.customer}, {{}, allowed});
  Payment payment{id_for("payment", city, kept.key), kept.payout.money.count(), "", ""};
  if (!fields) {
    return std::nullopt;
  }
  for (const PersonalField& field : *fields) {
    if (field.state == FieldState::clear && field.field == vault::Field::bank_account) {
      payment.account = field.value;
    } else if (field.state == FieldState::clear && field.field == vault::Field::name) {
      payment.name = field.value;
    }
  }
  return payment.account.empty() ? std::nullopt : std::optional(std::move(payment));
}

PaymentAnswer consult(const PayoutParts& parts, rewards::PaymentGateway& gateway,
                      const std::string& city, const KeptPayout& kept) {
  if (kept.payout.state == PayoutState::sent) {
    auto answer = gateway.ask(id_for("payment", city, kept.key));
    if (answer.state != PaymentState::not_received) {
      return answer;
    }
  } else {
    const auto sent = move_payout(parts.recorder, parts.clock,
                                  {city, kept.key, PayoutState::sent, "", "", {"system/payouts"}});
    if (!sent) {  // somebody else moved it meanwhile
      return {};
    }
  }
  const auto payment = payment_of(parts, city, kept);
  return payment ? gateway.pay(*payment) : PaymentAnswer{};
}

/// One payout's turn.
void take_turn(const PayoutParts& parts, rewards::PaymentGateway& gateway, const std::string& city,
               const KeptPayout& kept, PayoutSums& sums) {
  const PaymentAnswer answer = consult(parts, gateway, city, kept);
  const bool paid = answer.state == PaymentState::paid;
  if (!paid && answer.state != PaymentState::refused) {
    ++sums.waiting;
    return;
  }
  const auto to = paid ? PayoutState::paid : PayoutState::refused;
  const auto moved =
      move_payout(parts.recorder, parts.clock,
                  {city, kept.key, to, answer.reference, answer.reason, {"system/payouts"}});
  sums.paid += moved && paid ? 1 : 0;
  sums.refused += moved && !paid ? 1 : 0;
}

void wait_longer(PayoutRound::Tried& tried, base::Instant now) {
  const std::int64_t shift = std::min<std::int64_t>(tried.times, 10);
  const std::int64_t wait_s = std::min(kRetryS << shift, kRetryMaxS);
  ++tried.times;
  tried.next = base::Instant{now.s + wait_s};
}

}  // namespace

Result<KeptPayout> request_payout(const PayoutParts& parts, const PayoutRequest& request) {
  if (request.amount < 1) {
    return Error{ErrorCode::bad_field, "/amount", "one or more"};
  }
  if (!base::Uuid::parse(request.id)) {
    return Error{ErrorCode::bad_field, "/id", "a UUID"};
  }
  Result<KeptPayout> kept{Error{}};
  parts.recorder.run(request.city, 3, [&](CityWriter& writer) {
    kept = write_request(writer, parts, request);
    return kept.has_value();
  });
  return kept;
}

Result<KeptPayout> move_payout(Recorder& recorder, base::Clock& clock, const PayoutMove& move) {
  Result<KeptPayout> kept{Error{}};
  recorder.run(move.city, 2, [&](CityWriter& writer) {
    kept = write_payout_move(writer, clock, move);
    return kept.has_value();
  });
  return kept;
}

PayoutSums run_payouts(const PayoutParts& parts, rewards::PaymentGateway& gateway,
                       const std::string& city, PayoutRound& round) {
  PayoutSums sums;
  for (const PayoutState state : {PayoutState::sent, PayoutState::requested}) {
    const auto reading = parts.store.snapshot();
    for (const KeptPayout& kept : payouts_in(*reading, city, state, {"", kPayoutPage})) {
      PayoutRound::Tried& tried = round.tried[kept.key];
      if (parts.clock.now() < tried.next) {
        ++sums.waiting;
        continue;
      }
      const std::size_t before = sums.waiting;
      take_turn(parts, gateway, city, kept, sums);
      if (sums.waiting > before) {
        wait_longer(tried, parts.clock.now());
      } else {
        round.tried.erase(kept.key);
      }
    }
  }
  return sums;
}

std::optional<KeptPayout> payout_on_record(store::RegistryReading& reading, const std::string& city,
                                           const std::string& key) {
  const auto row = reading.registered(city, kPayoutKind, record_key(key));
  return row ? kept_payout(*row) : std::nullopt;
}

std::vector<KeptPayout> payouts_of(store::RegistryReading& reading, const std::string& city,
                                   const std::string& customer) {
  std::vector<KeptPayout> payouts;
  const std::string prefix = record_key(customer + "-");
  store::Page page{prefix, kPayoutPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, kPayoutKind, {}, page);
    more = rows.size() == page.limit;
    for (const store::RegistryRow& row : rows) {
      if (!row.key.starts_with(prefix)) {
        more = false;
        break;
      }
      if (auto kept = kept_payout(row)) {
        payouts.push_back(std::move(*kept));
      }
    }
    page.after = more ? rows.back().key : "";
  }
  std::ranges::reverse(payouts);
  return payouts;
}

std::vector<KeptPayout> payouts_in(store::RegistryReading& reading, const std::string& city,
                                   PayoutState state, const store::Page& page) {
  store::RegistryFilter filter;
  filter.subkind = "payout." + std::string(rewards::info(state).code);
  const store::Page from{page.after.empty() ? "" : record_key(page.after), page.limit};
  std::vector<KeptPayout> payouts;
  for (const store::RegistryRow& row : reading.registry(city, kPayoutKind, filter, from)) {
    if (auto kept = kept_payout(row)) {
      payouts.push_back(std::move(*kept));
    }
  }
  return payouts;
}

std::int64_t owed_to(store::StockReading& reading, const std::string& city,
                     const std::string& customer) {
  const auto balance =
      reading.balance(city, {ledger::AccountKind::party, customer, ""}, ledger::Unit::money);
  return std::max<std::int64_t>(0, -balance);
}

}  // namespace huan::app
