// SPDX-License-Identifier: Apache-2.0
// Points of residents: earned by the rule that the city laid down, spent on rewards with stock. A
// redemption takes the points and the piece in one transaction, once for its id: points are never
// spent twice, a reward is never promised twice.
//
//   HUAN_TRY(done, redeem(recorder, clock, {"130100", id, "r4k…", "soap", {"account/r4k…"}}));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/registry/pack.hpp"
#include "huan/rewards/rule.hpp"

namespace huan::app {

struct KeptReward {
  std::string key;
  std::int64_t version{0};
  rewards::Reward reward;
};

struct Redemption {
  std::string city;
  std::string id;  ///< UUID of the sender: sent again, nothing is taken again
  std::string customer;
  std::string reward;
  Principal by;
};

struct Redeemed {
  std::string id;
  KeptReward reward;
  std::int64_t left{0};  ///< points of the customer
  bool again{false};     ///< it was taken before
};

[[nodiscard]] std::int64_t points_of(store::StockReading& reading, const std::string& city,
                                     const std::string& customer);
/// What the city laid down, or its pack brought; nullopt: nothing is earned.
[[nodiscard]] std::optional<rewards::Rule> rule_on_record(store::RegistryReading& reading,
                                                          const std::string& city);
[[nodiscard]] std::vector<KeptReward> rewards_on_offer(store::RegistryReading& reading,
                                                       const std::string& city);
[[nodiscard]] base::Result<void> lay_down_rule(Recorder& recorder, const std::string& city,
                                               const rewards::Rule& rule, const Principal& by);
/// The rule that a pack brings, under that id at that time: where none is on record, or that of a
/// pack; what the city itself laid down stays.
[[nodiscard]] base::Result<void> keep_pack_rule(Recorder& recorder, const registry::Pack& pack,
                                                const rewards::Rule& rule, base::Instant from);
/// What people call the materials, for who searches: JSON of a pack, no record, since nothing is
/// judged by it.
void keep_everyday_words(Recorder& recorder, const std::string& city, const std::string& words);
[[nodiscard]] std::string everyday_words(store::ServerReading& reading, const std::string& city);
/// A new one, or its next version. bad_field, unknown_place.
[[nodiscard]] base::Result<void> offer_reward(Recorder& recorder, const std::string& city,
                                              const KeptReward& reward, const Principal& by);
/// not_found, in_use (none left, or no longer offered), insufficient_points, id_conflict,
/// bad_field.
[[nodiscard]] base::Result<Redeemed> redeem(Recorder& recorder, base::Clock& clock,
                                            const Redemption& wanted);

}  // namespace huan::app
