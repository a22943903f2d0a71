// SPDX-License-Identifier: Apache-2.0
// The ledger's events as sent (events.md §3), checked for form only: fields, ranges, text. What
// depends on the world (is the lot there, is the place open) is judged by post().
//
//   HUAN_TRY(document, json::Document::parse(text));
//   HUAN_TRY(event, parse_event(document.root()));       // Error::at is a JSON pointer into the
//   event
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"
#include "huan/ledger/account.hpp"

namespace huan::ledger {

enum class EventType : std::uint8_t {
  receive,
  ship,
  accept,
  transform,
  sell,
  dispose,
  adjust,
  settle,
  correct
};
enum class Per : std::uint8_t { kg, piece };

struct ItemLine {
  std::string code;
  std::string kind;
  std::string parent;
};

struct Pricing {
  std::optional<base::Mass> settle;  ///< basis of the price; default: mass less deductions
  std::optional<base::Money> price;  ///< fen per `per`
  Per per{Per::kg};
};

struct OutputLine {
  std::string lot;  ///< empty: named by the server
  std::string material;
  base::Mass mass;
  std::optional<base::Count> pieces;
  std::vector<ItemLine> items;
  Pricing pricing;
};

struct InputLine {
  std::string lot;       ///< either a lot …
  std::string material;  ///< … or a material to draw
  base::Mass mass;
  std::optional<base::Count> pieces;
  std::vector<std::string> items;
  Pricing pricing;
};

struct AcceptLine {
  std::string line;
  std::string material;
  base::Mass accepted;
  base::Mass refused;
  std::optional<base::Mass> declared;  ///< from another city's papers
  std::string lot;
  std::optional<base::Count> pieces;
  std::vector<std::string> items;
};

struct CountLine {
  std::string lot;
  std::string material;
  base::Mass counted;
  std::optional<base::Mass> book;
  std::string lot_new;
};

struct SettleLeg {
  Account account;
  Unit unit{Unit::money};
  std::int64_t amount{0};
};

struct Weighing {
  base::Mass gross;
  base::Mass tare;
  base::Mass deduct;
  std::string scale;
  bool valid{true};
  std::optional<std::size_t> line;
};

struct Payment {
  bool bank{false};  ///< false: till
  base::Money fen;
};

struct Event {
  base::Uuid id;
  EventType type{EventType::receive};
  base::Instant time;
  std::string place;
  std::string ticket;
  std::string vehicle;
  std::vector<std::string> evidence;  ///< SHA-256 of files, or ids of evidence records
  std::vector<Weighing> weighings;
  std::optional<Payment> payment;
  std::optional<base::Points> points;

  std::string origin;                 ///< receive
  std::string party;                  ///< receive: from; sell, dispose: to
  std::string cls;                    ///< sell: to.class; dispose: method
  std::string shipment;               ///< ship, accept
  std::string to_place;               ///< ship
  std::string to_city;                ///< ship; empty: this city
  std::string from_city;              ///< accept; empty: this city
  std::optional<bool> final;          ///< accept
  std::optional<base::Mass> total;    ///< accept: all that arrived
  std::optional<base::Mass> refused;  ///< accept, with total
  std::string process;                ///< transform
  std::string run;                    ///< transform
  bool close{false};                  ///< transform
  std::optional<base::Mass> loss;     ///< transform
  std::string reason;                 ///< transform, adjust, settle, correct
  std::vector<OutputLine> outputs;    ///< receive, transform
  std::vector<InputLine> inputs;      ///< ship, transform, sell, dispose
  std::vector<AcceptLine> accepts;    ///< accept: lines
  std::vector<CountLine> counts;      ///< adjust: lines
  std::vector<SettleLeg> settles;     ///< settle: legs

  base::Uuid corrects;                 ///< correct
  std::unique_ptr<Event> replacement;  ///< correct; null: a void
  std::string replacement_json;        ///< its RFC 8785 bytes
};

struct ParseLimits {
  std::size_t lines_max = 10'000;  ///< lines, inputs, items of one event
};

[[nodiscard]] std::string_view name(EventType type);
[[nodiscard]] std::optional<EventType> event_type(std::string_view name);
[[nodiscard]] base::Result<Event> parse_event(json::Value root, const ParseLimits& limits = {});
/// The event in force of a version: an event as sent, or a correction's replacement, which has no
/// id.
[[nodiscard]] base::Result<Event> parse_version(json::Value root);
/// "household … medical construction other-city:<code>"
[[nodiscard]] bool is_origin(std::string_view text);
/// "recycle reuse energy other-city:<code>"
[[nodiscard]] bool is_destination(std::string_view text);

}  // namespace huan::ledger
