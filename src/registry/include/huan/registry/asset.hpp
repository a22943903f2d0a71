// SPDX-License-Identifier: Apache-2.0
// An asset 资产: a vehicle 回收车辆, a scale 衡器, a reusable container 可循环箱 or a device. What
// a paper says about it with its dates; who owns it and where it stands. A plate is judged softly:
// an unusual one is a warning (warnings()), never a refusal.
//
//   {"kind":"vehicle","party":"E-001","plate":"冀A12345","number":"017","capacity_g":3000000}
//   {"kind":"scale","place":"S-1","class":"III","max_g":150000,"interval_g":50,
//    "verified_on":"2026-03-01","verified_until":"2027-02-28"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/error.hpp"
#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"
#include "huan/registry/party.hpp"

namespace huan::registry {

enum class AssetKind : std::uint8_t { vehicle, scale, container, device };
[[nodiscard]] std::string_view name(AssetKind kind) noexcept;

struct NumberRange {
  std::string prefix;
  std::int64_t from{0};
  std::int64_t to{0};  ///< included
};

struct Asset {
  AssetKind kind{};
  std::string name;
  std::string party;  ///< owner or keeper; empty: not stated
  std::string place;  ///< where it stands; empty: moves about
  bool active{true};
  bool synthetic{false};
  // vehicles
  std::string plate;   ///< empty: none (yard tricycles)
  std::string number;  ///< painted on its side; of the unified marking
  std::string vin;
  std::string energy;  ///< diesel, petrol, gas, electric, hybrid, hydrogen, human
  std::optional<base::Mass> capacity;
  std::optional<std::int64_t> volume_l;
  std::vector<Term> passes;             ///< vehicle passes 通行证
  std::vector<std::int64_t> box_doors;  ///< of the terminal's doors 1 to 5 those of the load's box
  // scales
  std::string accuracy_class;  ///< I, II, III, IIII
  std::optional<base::Mass> max;
  std::optional<base::Mass> interval;  ///< verification scale interval e
  std::optional<base::Day> verified_on;
  std::optional<base::Day> verified_until;
  // containers
  std::optional<base::Mass> tare;
  // devices
  std::string code;      ///< goes into the lots and tickets that it makes
  std::string protocol;  ///< yaohua, toledo, jtt808, mqtt-bin, camera…
  std::vector<NumberRange> numbers;
};

[[nodiscard]] base::Result<Asset> parse_asset(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Asset& asset);

struct Warning {
  std::string at;  ///< JSON pointer
  std::string text;
};
[[nodiscard]] std::vector<Warning> warnings(const Asset& asset, std::string_view pointer);

/// Is the scale's verification in force on that day? False when no date is on record.
[[nodiscard]] bool verified(const Asset& scale, base::Day day) noexcept;

}  // namespace huan::registry
