// SPDX-License-Identifier: Apache-2.0
#include "huan/app/points.hpp"

#include "huan/json/writer.hpp"
#include "order_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr const char* kRuleKey = "points";
constexpr const char* kEverydayKey = "everyday_words";
constexpr const char* kRewardKind = "listing";
constexpr std::string_view kRewardPrefix = "reward:";
constexpr std::size_t kRewardsMax = 500;

std::string reward_key(const std::string& key) { return std::string(kRewardPrefix) + key; }

std::optional<KeptReward> reward_of(const store::RegistryRow& row) {
  auto reward = data_of<rewards::Reward>(
      row, [](json::Value data) { return rewards::parse_reward(data, "/data"); });
  return reward ? std::optional(KeptReward{row.key.substr(kRewardPrefix.size()), row.version,
                                           std::move(*reward)})
                : std::nullopt;
}

std::string redemption_json(const Redemption& wanted, const KeptReward& reward, base::Instant now) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("ext").begin_object().member("reward", wanted.reward).end_object();
  w.member("id", wanted.id).key("legs").begin_array();
  w.begin_object().member("account", "party:" + wanted.customer);
  w.member("amount", -reward.reward.points).member("unit", "points").end_object();
  w.begin_object().member("account", "spent:" + reward.reward.place);
  w.member("amount", reward.reward.points).member("unit", "points").end_object();
  w.end_array().member("place", reward.reward.place).member("reason", "reward");
  w.member("time", base::format_time(now, 0)).member("type", "settle").end_object();
  return out;
}

/// Whether the id stands for this very redemption already.
Result<bool> was_taken(CityWriter& writer, const Redemption& wanted, const base::Uuid& id) {
  const auto record = writer.reading().record(wanted.city, id);
  if (!record) {
    return false;
  }
  const bool same = record->body.find("\"party:" + wanted.customer + "\"") != std::string::npos &&
                    record->body.find("\"reward\":\"" + wanted.reward + "\"") != std::string::npos;
  return same ? Result<bool>(true) : Error{ErrorCode::id_conflict, "/id", wanted.id};
}

Result<void> take_piece(CityWriter& writer, const Redemption& wanted, KeptReward& reward) {
  if (!reward.reward.active || reward.reward.stock < 1) {
    return Error{ErrorCode::in_use, "/reward", "none is left of " + wanted.reward};
  }
  reward.reward.stock -= 1;
  const Outcome outcome = writer.put({kRewardKind, reward_key(wanted.reward),
                                      rewards::to_json(reward.reward), "", "", reward.version},
                                     wanted.by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

Result<Redeemed> take(CityWriter& writer, const Redemption& wanted, base::Instant now) {
  const auto id = base::Uuid::parse(wanted.id);
  if (!id) {
    return Error{ErrorCode::bad_field, "/id", "a UUID"};
  }
  const auto row = writer.reading().registered(wanted.city, kRewardKind, reward_key(wanted.reward));
  auto reward = row ? reward_of(*row) : std::nullopt;
  if (!reward) {
    return Error{ErrorCode::not_found, "/reward", wanted.reward};
  }
  HUAN_TRY(again, was_taken(writer, wanted, *id));
  if (!again) {
    HUAN_CHECK(take_piece(writer, wanted, *reward));
    const Outcome outcome = writer.post(prepare(redemption_json(wanted, *reward, now)), wanted.by);
    if (outcome.status == Status::refused) {
      return outcome.error;
    }
  }
  const auto left = points_of(writer.reading(), wanted.city, wanted.customer);
  return Redeemed{wanted.id, std::move(*reward), left, again};
}

}  // namespace

std::int64_t points_of(store::StockReading& reading, const std::string& city,
                       const std::string& customer) {
  return reading.balance(city, {ledger::AccountKind::party, customer, ""}, ledger::Unit::point);
}

std::optional<rewards::Rule> rule_on_record(store::RegistryReading& reading,
                                            const std::string& city) {
  const auto row = reading.registered(city, "setting", kRuleKey);
  return row ? data_of<rewards::Rule>(
                   *row, [](json::Value data) { return rewards::parse_rule(data, "/data"); })
             : std::nullopt;
}

std::vector<KeptReward> rewards_on_offer(store::RegistryReading& reading, const std::string& city) {
  std::vector<KeptReward> offered;
  for (const store::RegistryRow& row :
       reading.registry(city, kRewardKind, {}, {std::string(kRewardPrefix), kRewardsMax})) {
    if (!row.key.starts_with(kRewardPrefix)) {
      break;
    }
    auto one = reward_of(row);
    if (one && one->reward.active) {
      offered.push_back(std::move(*one));
    }
  }
  return offered;
}

Result<void> lay_down_rule(Recorder& recorder, const std::string& city, const rewards::Rule& rule,
                           const Principal& by) {
  const RegistryPut put{"setting", kRuleKey, rewards::to_json(rule), "", "", -1};
  const Outcome outcome = recorder.put(city, put, by);
  return outcome.status == Status::refused ? Result<void>(outcome.error) : Result<void>();
}

Result<void> keep_pack_rule(Recorder& recorder, const registry::Pack& pack,
                            const rewards::Rule& rule, base::Instant from) {
  Result<void> kept;
  recorder.run(pack.city.code, 1, [&](CityWriter& writer) {
    const auto before = rule_on_record(writer.reading(), pack.city.code);
    const std::string data = rewards::to_json(rule);
    if (before && (before->pack.empty() || rewards::to_json(*before) == data)) {
      return true;
    }
    RegistryPut put{"setting", kRuleKey, data, "", base::format_time(from, pack.utc_offset_s), -1};
    if (!before) {  // equal packs give equal logs
      put.id =
          registry::record_id(pack, {registry::Kind::setting, kRuleKey, registry::OtherData{data}})
              .text();
    }
    const Outcome outcome = writer.put(put, {"pack/" + pack.name});
    if (outcome.status == Status::refused) {
      kept = outcome.error;
    }
    return kept.has_value();
  });
  return kept;
}

void keep_everyday_words(Recorder& recorder, const std::string& city, const std::string& words) {
  recorder.run(city, 1, [&](CityWriter& writer) {
    writer.transaction().setting(kEverydayKey, words);
    return true;
  });
}

std::string everyday_words(store::ServerReading& reading, const std::string& city) {
  return reading.setting(city, kEverydayKey).value_or("{}");
}

Result<void> offer_reward(Recorder& recorder, const std::string& city, const KeptReward& reward,
                          const Principal& by) {
  Result<void> offered;
  recorder.run(city, 1, [&](CityWriter& writer) {
    if (!writer.reading().registered(city, "place", reward.reward.place)) {
      offered = Error{ErrorCode::unknown_place, "/place", reward.reward.place};
      return false;
    }
    const Outcome outcome = writer.put(
        {kRewardKind, reward_key(reward.key), rewards::to_json(reward.reward), "", "", -1}, by);
    if (outcome.status == Status::refused) {
      offered = outcome.error;
    }
    return offered.has_value();
  });
  return offered;
}

Result<Redeemed> redeem(Recorder& recorder, base::Clock& clock, const Redemption& wanted) {
  Result<Redeemed> done{Error{}};
  recorder.run(wanted.city, 2, [&](CityWriter& writer) {
    done = take(writer, wanted, clock.now());
    return done.has_value();
  });
  return done;
}

}  // namespace huan::app
