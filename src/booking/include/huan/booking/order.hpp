// SPDX-License-Identifier: Apache-2.0
// An order 预约单: a request to collect at the door, from booking to what came of it. Each step is
// a version of its record. It carries the customer's party id and the codes of street and
// community; name, phone and address are in the vault (events.md §6). What was weighed at the door
// is the only basis of payment; the quote locks the unit prices until its last day.
//
//   order {"about_fen":1680,"channel":"web","customer":"R4K…","district":"130102","lines":
//          [{"estimate_g":12000,"material":"paper.occ"}],"party":"E-001","place":"S-1","quote":
//          {"lines":[{"fen":140,"material":"paper.occ","per":"kg"}],"until":"2026-11-29"},
//          "slot":{"day":"2026-11-23","from":"09:00","to":"12:00"},"state":"booked"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/booking/states.hpp"
#include "huan/json/value.hpp"
#include "huan/registry/material.hpp"

namespace huan::booking {

inline constexpr std::size_t kLinesMax = 20;

/// A window of a day in which somebody comes.
struct Slot {
  base::Day day;
  std::int16_t from_min{0};
  std::int16_t to_min{0};
  friend bool operator==(const Slot&, const Slot&) = default;
};
[[nodiscard]] std::string clock_text(std::int16_t minute);  ///< "09:30"
[[nodiscard]] std::optional<std::int16_t> minute_from(std::string_view text);

/// What somebody means to hand over: by guess, so that the vehicle is large enough.
struct OrderLine {
  std::string material;  ///< leaf or branch
  std::optional<base::Mass> estimate;
  std::optional<base::Count> pieces;
  std::string photo;  ///< SHA-256 of an uploaded file; empty: none
};

/// Bulky waste 大件垃圾: what decides how many hands it takes.
struct Bulky {
  std::int64_t floor{1};
  bool lift{false};
  bool dismantle{false};
};

struct QuoteLine {
  std::string material;
  base::Money price;  ///< what the place pays
  registry::MaterialUnit per{registry::MaterialUnit::mass};
};

struct Quote {
  std::vector<QuoteLine> lines;
  base::Day until;  ///< the last day that the prices hold on
};

/// At the door.
struct WeighedLine {
  std::string material;
  base::Mass mass;
  std::optional<base::Count> pieces;
  std::optional<QuoteLine> price;  ///< none: it is not bought, only taken away
};

struct Weighed {
  std::vector<WeighedLine> lines;
  std::string photo;
  std::vector<std::string> differences;  ///< from the estimate, in words of difference()
  base::Money total;
};

struct Order {
  std::string customer;  ///< party id
  std::string channel;   ///< web, hotline, contract
  std::string place;     ///< whose people come
  std::string party;     ///< the enterprise that runs it
  std::string district;
  std::string street;
  std::string community;
  Slot slot;
  std::vector<OrderLine> lines;
  std::optional<Bulky> bulky;
  Quote quote;
  base::Money about;  ///< the estimate at the quote's prices
  State state{State::booked};
  std::optional<Weighed> weighed;
  std::string event;     ///< id of the receive event that completed it
  std::string vehicle;   ///< asset id
  std::string reason;    ///< of the latest step, where it has one: a code, never free text
  std::string contract;  ///< key of the standing contract that it comes of
};

/// bad_field, bad_text, bad_number.
[[nodiscard]] base::Result<Order> parse_order(json::Value data, std::string_view pointer);
/// Lines as somebody sends them.
[[nodiscard]] base::Result<std::vector<OrderLine>> parse_lines(json::Value list,
                                                               std::string_view pointer);
[[nodiscard]] base::Result<Bulky> parse_bulky(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Order& order);
/// How much of a slot it takes: one, and more for what needs several hands.
[[nodiscard]] std::int64_t units_of(const Order& order);

}  // namespace huan::booking
