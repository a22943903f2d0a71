// SPDX-License-Identifier: Apache-2.0
// The ledger's book as the store holds it, for one city and one posting.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "huan/base/text_map.hpp"
#include "huan/ledger/book.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

class StoreBook final : public ledger::Book {
 public:
  StoreBook(store::Reading& reading, ledger::Facts& facts, std::string_view city)
      : reading_(reading), facts_(facts), city_(city) {}

  std::optional<ledger::PlaceFacts> place(std::string_view id, base::Instant at) override;
  std::optional<ledger::PartyFacts> party(std::string_view id, base::Instant at) override;
  std::optional<ledger::MaterialFacts> material(std::string_view code, base::Instant at) override;
  bool vehicle(std::string_view id, base::Instant at) override;
  bool takes(std::string_view place, std::string_view material, base::Instant at) override;
  bool qualified(std::string_view place, std::string_view material, base::Instant at) override;
  bool held(std::string_view lot, base::Instant at) override;

  const ledger::LotState* lot(std::string_view lot) override;
  const ledger::LotState* lot_at(std::string_view lot, std::string_view place) override;
  void draw(std::string_view place, std::string_view material, base::Instant not_after,
            const std::function<bool(const ledger::LotState&)>& visit) override;
  std::int64_t stock(std::string_view place, std::string_view material) override;
  std::optional<ledger::ShipmentState> shipment(std::string_view id) override;
  std::vector<ledger::LineState> lines(std::string_view shipment) override;
  std::optional<ledger::RunState> run(std::string_view id) override;
  std::int64_t points(std::string_view party) override;
  std::optional<ledger::ItemState> item(std::string_view code) override;
  std::vector<std::string> items_of(std::string_view lot) override;
  std::vector<ledger::ItemMark> item_marks(std::string_view code) override;
  std::optional<ledger::VersionState> version(const base::Uuid& id) override;
  std::optional<ledger::TicketHolder> ticket(std::string_view device, std::int64_t number) override;
  std::optional<std::int64_t> ticket_last(std::string_view device) override;

 private:
  /// What a record says itself of items.
  struct Moved {
    store::Seq origin{0};
    bool in_force{false};
    std::map<std::string, std::string, std::less<>> to;  ///< code -> lot
  };
  const Moved& moved_by(store::Seq seq);
  std::vector<store::Seq> chain_of(const store::Record& record);

  store::Reading& reading_;
  ledger::Facts& facts_;
  std::string city_;
  std::deque<ledger::LotState> lots_;  // handed out, in force
  std::deque<ledger::LotState> left_;  // handed out, of places left
  base::TextMap<const ledger::LotState*> lot_by_name_;
  std::map<store::Seq, Moved> moved_;  // asked for once more by each item of an event
};

}  // namespace huan::app
