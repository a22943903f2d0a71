// SPDX-License-Identifier: Apache-2.0
// Booking at the door: an order is made with its slot, its quote and its customer's address in one
// transaction, moved by the table of states, and completed by the receive event that it leads to.
// Slots cannot be overbooked: what took one is a record beside the order. Whoever calls has asked
// before whether this order is the caller's to move.
//
//   HUAN_TRY(kept, book_order(parts, {.city = "130100", .phone = "…", .order = …, .by = {…}}));
//   HUAN_TRY(done, move_order(parts, {.city = …, .key = kept.key, .to = State::done, …}));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/booking/order.hpp"
#include "huan/booking/slots.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/agreement.hpp"

namespace huan::app {

struct OrderParts {
  Recorder& recorder;
  Personal& personal;
  base::Clock& clock;
};

struct KeptOrder {
  std::string key;
  std::int64_t version{0};
  base::Instant time;
  booking::Order order;
};

struct OrderRequest {
  std::string city;
  std::string id;        ///< UUID of the sender; sent again, the same order is answered
  std::string customer;  ///< party id of who is known already; empty: by the phone
  std::string phone;
  std::string called;  ///< how to address them
  std::string address;
  booking::Order order;  ///< place, slot's day and beginning, lines, bulky, channel, where
  Principal by;
};

struct OrderMove {
  std::string city;
  std::string key;
  booking::State to{booking::State::booked};
  booking::Mover mover{booking::Mover::resident};
  std::optional<booking::Slot> slot{};  ///< another one: day and beginning
  std::optional<booking::Weighed> weighed{};
  std::string vehicle{};
  std::string reason{};
  std::string door_code{};  ///< the customer's, where the driver says that they agree
  bool paid_cash{false};    ///< at the door, on completion
  Principal by{};
};

/// As doors and shell are sent it:
/// {"phone","called","address","place","slot":{"day","from"},"lines",
/// "bulky","street","community","id","channel"}. bad_field, bad_text.
[[nodiscard]] base::Result<OrderRequest> parse_order_request(json::Value body);
/// {"slot","weighed":{"lines","photo"},"vehicle","reason","door_code","paid_cash"}, each optional.
[[nodiscard]] base::Result<OrderMove> parse_order_move(json::Value body);
/// {"key","order","time","version"}
void write_kept(json::Writer& w, const KeptOrder& kept);

/// "r" and 12 letters and digits that stand for a phone number in this store alone. vault_locked,
/// bad_field.
[[nodiscard]] base::Result<std::string> customer_of(const Personal& personal,
                                                    std::string_view phone);
/// Six digits that the customer is shown and tells the driver. vault_locked.
[[nodiscard]] base::Result<std::string> door_code_of(const Personal& personal,
                                                     std::string_view key);

/// bad_field, unknown_place, unknown_material, material_not_allowed, prohibited, place_not_active,
/// in_use (the slot is full, or five orders are open already), vault_locked, id_conflict.
[[nodiscard]] base::Result<KeptOrder> book_order(const OrderParts& parts, OrderRequest request);
/// not_found, what judge_move refuses, in_use, bad_field (a photo or the door code is missing),
/// what the write path refuses of the receive event.
[[nodiscard]] base::Result<KeptOrder> move_order(const OrderParts& parts, const OrderMove& move);

/// What standing contracts 长期合同 come to on a day.
struct StandingVisits {
  std::size_t made{0};               ///< orders that are new
  std::size_t off{0};                ///< that fall on one of the city's holidays
  std::vector<std::string> refused;  ///< contracts that no order can be made of, with the reason
  std::vector<KeptOrder> visits;     ///< all of that day, as they stand
};
/// Makes an order of each visit that a contract states for the day, once; those of a day that is
/// over and that nobody began are then missed.
[[nodiscard]] StandingVisits standing_visits(const OrderParts& parts, const store::CityRow& city,
                                             base::Day day, const Principal& by);

[[nodiscard]] std::optional<KeptOrder> order_on_record(store::RegistryReading& reading,
                                                       const std::string& city,
                                                       const std::string& key);
/// Latest first.
[[nodiscard]] std::vector<KeptOrder> orders_of_customer(store::RegistryReading& reading,
                                                        const std::string& city,
                                                        const std::string& customer);
/// Those whose slot is on that day, by time.
[[nodiscard]] std::vector<KeptOrder> orders_of_day(store::RegistryReading& reading,
                                                   const std::string& city, base::Day day);

/// A phone that its owner proved, of a customer who may be new.
struct ProvenPhone {
  const std::string& customer;
  const std::string& phone;
  Principal by;
};
[[nodiscard]] base::Result<void> keep_phone(CityWriter& writer, Personal& personal,
                                            const ProvenPhone& proven);

/// What a place offers: its own, else the city's for stations that are open. nullopt: none.
[[nodiscard]] std::optional<booking::Service> service_of(store::RegistryReading& reading,
                                                         const std::string& city,
                                                         const std::string& place);
/// `place` empty: the city's, for every station without one of its own. bad_field.
[[nodiscard]] base::Result<void> offer_service(Recorder& recorder, const std::string& city,
                                               const std::string& place,
                                               const booking::Service& service,
                                               const Principal& by);
/// unknown_place; empty where it offers nothing.
[[nodiscard]] base::Result<std::vector<booking::FreeSlot>> free_slots(
    store::RegistryReading& reading, const store::CityRow& city, const std::string& place,
    base::Instant now);

/// All prices in force.
[[nodiscard]] std::vector<registry::Price> prices_at(store::RegistryReading& reading,
                                                     const std::string& city, base::Instant at);

}  // namespace huan::app
