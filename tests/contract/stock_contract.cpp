// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include "contract.hpp"

namespace huan::contract {

namespace {

using ledger::AccountKind;
using ledger::LotState;
using ledger::Unit;

std::vector<std::string> drawn(store::Reading& reading, std::string_view place,
                               std::string_view material, std::int64_t not_after = 1'000'000) {
  std::vector<std::string> lots;
  reading.draw(kCity, place, material, {not_after}, [&lots](const LotState& state) {
    lots.push_back(state.lot);
    return true;
  });
  return lots;
}

std::vector<std::string> names(const std::vector<store::LotRow>& rows) {
  std::vector<std::string> lots;
  for (const auto& row : rows) {
    lots.push_back(row.key() + (row.current ? "" : " left"));
  }
  return lots;
}

using Stock = Contract;
using Strings = std::vector<std::string>;

TEST_F(Stock, a_lot_is_made_and_changed) {
  write([](store::Transaction& transaction) {
    auto& reading = transaction.reading();
    EXPECT_FALSE(reading.lot(kCity, "L1"));
    transaction.lot_made({"L1", "S1", "paper.occ", {1000}, true}, 7);
    transaction.lot_add("L1", "S1", 500, 3);
    EXPECT_EQ(show(*reading.lot(kCity, "L1")), "L1@S1 paper.occ t1000 #7 500g 3p items");
  });
  write([](store::Transaction& transaction) { transaction.lot_add("L1", "S1", -600, -3); });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(show(*snapshot->lot(kCity, "L1")), "L1@S1 paper.occ t1000 #7 -100g 0p items");
  EXPECT_EQ(show(snapshot->lot_at(kCity, "L1", "S1")->state), show(*snapshot->lot(kCity, "L1")));
  EXPECT_FALSE(snapshot->lot_at(kCity, "L1", "S2"));
}

TEST_F(Stock, a_lot_made_elsewhere_leaves_its_balance_behind) {
  write([](store::Transaction& transaction) { put_lot(transaction, made("L1", "S1"), 500, 1); });
  write([](store::Transaction& transaction) {
    transaction.lot_add("L1", "S1", -500, 0);
    transaction.lot_made(made("L1", "S0", "metal.al", 900), 2);
    transaction.lot_add("L1", "S0", 400, 0);
    EXPECT_EQ(transaction.reading().lot(kCity, "L1")->place, "S0");
  });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(show(*snapshot->lot(kCity, "L1")), "L1@S0 metal.al t900 #2 400g 0p");
  EXPECT_EQ(names(snapshot->lot_places(kCity, "L1")), (Strings{"L1 S0", "L1 S1 left"}));
  EXPECT_EQ(show(snapshot->lot_at(kCity, "L1", "S1")->state), "L1@S1 paper.occ t1000 #1 0g 0p");
  write([](store::Transaction& transaction) {
    transaction.lot_made(made("L1", "S1", "paper.occ", 950), 3);
  });
  EXPECT_EQ(names(store().snapshot()->lot_places(kCity, "L1")), (Strings{"L1 S0 left", "L1 S1"}));
}

TEST_F(Stock, says_since_when_its_oldest_stands_at_each_place) {
  write([](store::Transaction& transaction) {
    put_lot(transaction, made("b", "S1", "paper.occ", 2000), 5, 1);
    put_lot(transaction, made("a", "S1", "metal.al", 1500), 5, 2);
    put_lot(transaction, made("empty", "S1", "metal.al", 100), 0, 3);
    put_lot(transaction, made("short", "S2", "paper.occ", 100), -5, 4);
    put_lot(transaction, made("c", "S3", "paper.occ", 900), 1, 5);
  });
  Strings seen;
  store().snapshot()->oldest_stock(kCity, [&seen](const store::OldestStockRow& row) {
    seen.push_back(row.place + " t" + std::to_string(row.time.s) + " " + std::to_string(row.lots));
    return true;
  });
  EXPECT_EQ(seen, (Strings{"S1 t1500 2", "S3 t900 1"}));
}

TEST_F(Stock, is_drawn_by_time_then_seq_then_name) {
  write([](store::Transaction& transaction) {
    put_lot(transaction, made("d", "S1", "paper.occ", 2000), 1, 1);
    put_lot(transaction, made("c", "S1"), 1, 9);
    put_lot(transaction, made("b", "S1"), 1, 8);
    put_lot(transaction, made("a", "S1"), 1, 9);
    put_lot(transaction, made("later", "S1", "paper.occ", 3000), 1, 1);
    put_lot(transaction, made("elsewhere", "S2"), 1, 1);
    put_lot(transaction, made("other", "S1", "paper.occ2"), 1, 1);
    put_lot(transaction, made("empty", "S1"), 0, 1);
    put_lot(transaction, made("short", "S1"), -5, 1);
    transaction.lot_made({"items", "S1", "paper.occ", {1000}, true}, 1);
    transaction.lot_add("items", "S1", 5, 1);
    put_lot(transaction, made("moved", "S1"), 5, 1);
    transaction.lot_made(made("moved", "S2"), 2);
    EXPECT_EQ(drawn(transaction.reading(), "S1", "paper.occ", 2000), (Strings{"b", "a", "c", "d"}));
  });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(drawn(*snapshot, "S1", "paper.occ", 2000), (Strings{"b", "a", "c", "d"}));
  EXPECT_EQ(drawn(*snapshot, "S1", "paper.occ", 1999), (Strings{"b", "a", "c"}));
  EXPECT_EQ(snapshot->drawable(kCity, "S1", "paper.occ"), 5);
  EXPECT_EQ(snapshot->drawable(kCity, "S3", "paper.occ"), 0);
  std::size_t calls = 0;
  snapshot->draw(kCity, "S1", "paper.occ", {9999},
                 [&calls](const LotState&) { return ++calls < 2; });
  EXPECT_EQ(calls, 2U);
}

TEST_F(Stock, a_draw_sees_what_the_transaction_used_up) {
  write([](store::Transaction& transaction) {
    put_lot(transaction, made("a", "S1"), 10);
    put_lot(transaction, made("b", "S1"), 10);
    EXPECT_EQ(drawn(transaction.reading(), "S1", "paper.occ"), (Strings{"a", "b"}));
    transaction.lot_add("a", "S1", -10, 0);
    EXPECT_EQ(drawn(transaction.reading(), "S1", "paper.occ"), (Strings{"b"}));
    transaction.lot_add("a", "S1", 1, 0);
    EXPECT_EQ(transaction.reading().drawable(kCity, "S1", "paper.occ"), 11);
  });
}

TEST_F(Stock, a_draw_sees_what_is_stored_and_what_is_new_as_one) {
  write([](store::Transaction& transaction) {
    put_lot(transaction, made("used", "S1", "paper.occ", 1000), 10);
    put_lot(transaction, made("kept", "S1", "paper.occ", 1200), 10);
    put_lot(transaction, made("less", "S1", "paper.occ", 1400), 10);
    put_lot(transaction, made("away", "S1", "paper.occ", 1600), 10);
    put_lot(transaction, made("other", "S1", "metal.al", 1800), 10);
    put_lot(transaction, made("empty", "S1", "paper.occ", 1900), 0);
  });
  write([](store::Transaction& transaction) {
    auto& reading = transaction.reading();
    const auto all = [&reading] { return drawn(reading, "S1", "paper.occ"); };
    transaction.lot_add("used", "S1", -10, 0);
    put_lot(transaction, made("first", "S1", "paper.occ", 900), 3, 2);
    put_lot(transaction, made("between", "S1", "paper.occ", 1300), 3, 2);
    transaction.savepoint();
    transaction.lot_add("less", "S1", -4, 0);
    transaction.lot_add("empty", "S1", 2, 0);
    transaction.lot_made(made("away", "S2", "paper.occ", 1600), 3);
    transaction.lot_made(made("other", "S1", "paper.occ", 1800), 3);
    put_lot(transaction, made("last", "S1", "paper.occ", 2000), 3, 3);
    EXPECT_EQ(all(), (Strings{"first", "kept", "between", "less", "other", "empty", "last"}));
    transaction.rollback_to();
    EXPECT_EQ(all(), (Strings{"first", "kept", "between", "less", "away"}));
    transaction.lot_made(made("other", "S1", "paper.occ", 1800), 4);
    transaction.lot_made(made("other", "S1", "metal.al", 1800), 5);
    transaction.lot_made(made("other", "S1", "paper.occ", 1800), 6);
    EXPECT_EQ(all(), (Strings{"first", "kept", "between", "less", "away", "other"}));
    std::int64_t less = 0;
    reading.draw(kCity, "S1", "paper.occ", {1350}, [&less](const LotState& state) {
      less += state.raw_g;
      return state.lot != "between";
    });
    EXPECT_EQ(less, 3 + 10 + 3);
  });
  EXPECT_EQ(drawn(*store().snapshot(), "S1", "paper.occ"),
            (Strings{"first", "kept", "between", "less", "away", "other"}));
}

TEST_F(Stock, lots_are_listed_in_binary_order_page_by_page) {
  write([](store::Transaction& transaction) {
    for (const auto* lot : {"B", "a", "A", "a-1", "a1", "~", "0"}) {
      put_lot(transaction, made(lot, "S1"), 1);
    }
    put_lot(transaction, made("gone", "S1"), 0);
    put_lot(transaction, made("x", "S2", "metal.al"), 1);
  });
  const auto snapshot = store().snapshot();
  Strings all;
  store::Page page{.after = "", .limit = 3};
  for (;;) {
    const auto rows = snapshot->lots(kCity, {}, page);
    if (rows.empty()) {
      break;
    }
    EXPECT_LE(rows.size(), 3U);
    for (const auto& row : rows) {
      all.push_back(row.state.lot);
    }
    page.after = rows.back().key();
  }
  EXPECT_EQ(all, (Strings{"0", "A", "B", "a", "a-1", "a1", "x", "~"}));
  EXPECT_EQ(names(snapshot->lots(kCity, {.place = "S2"}, {})), Strings{"x S2"});
  EXPECT_EQ(names(snapshot->lots(kCity, {.place = "S1", .material = "metal.al"}, {})), Strings{});
  EXPECT_EQ(names(snapshot->lots(kCity, {.place = "S1"}, {.after = "a1 S1", .limit = 9})),
            Strings{"~ S1"});
  EXPECT_EQ(names(snapshot->lots(kCity, {.place = "S1", .with_stock = false}, {.after = "a1 S1"})),
            (Strings{"gone S1", "~ S1"}));
}

TEST_F(Stock, is_summed_by_place_and_material) {
  write([](store::Transaction& transaction) {
    put_lot(transaction, made("a", "S1"), 10);
    transaction.lot_made({"b", "S1", "paper.occ", {1}, true}, 1);
    transaction.lot_add("b", "S1", 5, 2);
    put_lot(transaction, made("c", "S1", "metal.al"), 7);
    put_lot(transaction, made("d", "S0"), 1);
    put_lot(transaction, made("short", "S1"), -100);
  });
  const auto snapshot = store().snapshot();
  const auto shown = [&](const store::LotFilter& filter, const store::Page& page) {
    Strings rows;
    for (const auto& row : snapshot->stock(kCity, filter, page)) {
      rows.push_back(row.key() + " " + std::to_string(row.mass_g) + "g " +
                     std::to_string(row.pieces) + "p " + std::to_string(row.lots));
    }
    return rows;
  };
  EXPECT_EQ(shown({}, {}),
            (Strings{"S0 paper.occ 1g 0p 1", "S1 metal.al 7g 0p 1", "S1 paper.occ 15g 2p 2"}));
  EXPECT_EQ(shown({}, {.after = "S0 paper.occ", .limit = 1}), Strings{"S1 metal.al 7g 0p 1"});
  EXPECT_EQ(shown({.place = "S1"}, {.after = "S1 metal.al"}), Strings{"S1 paper.occ 15g 2p 2"});
  EXPECT_EQ(shown({.place = "S1"}, {.after = "S0 paper.occ", .limit = 1}),
            Strings{"S1 metal.al 7g 0p 1"});
  EXPECT_EQ(shown({.place = "S0"}, {.after = "S1 metal.al"}), Strings{});
  EXPECT_EQ(shown({.place = "", .material = "paper.occ"}, {}),
            (Strings{"S0 paper.occ 1g 0p 1", "S1 paper.occ 15g 2p 2"}));
}

TEST_F(Stock, shipments_keep_their_first_names_and_their_finals) {
  write([](store::Transaction& transaction) {
    transaction.shipment({"H1", "S1", "C1", "", 0}, 4, {100});
    transaction.shipment({"H2", "S1", "C1", "x-far", 0}, 5, {101});
    transaction.shipment({"H1", "", "", "", 1}, 6, {102});
    EXPECT_EQ(transaction.reading().shipment(kCity, "H1")->finals, 1);
  });
  const auto snapshot = store().snapshot();
  const auto shown = [&](store::ShipmentFilter filter, const store::Page& page) {
    Strings rows;
    for (const auto& row : snapshot->shipments(kCity, {filter}, page)) {
      rows.push_back(row.shipment + " #" + std::to_string(row.seq) + " t" +
                     std::to_string(row.time.s) + " " + row.state.from_place + ">" +
                     row.state.to_place + row.state.to_city + " " +
                     std::to_string(row.state.finals));
    }
    return rows;
  };
  const std::string first = "H1 #4 t100 S1>C1 1";
  const std::string second = "H2 #5 t101 S1>C1x-far 0";
  EXPECT_EQ(shown(store::ShipmentFilter::all, {}), (Strings{first, second}));
  EXPECT_EQ(shown(store::ShipmentFilter::all, {.after = "H1"}), Strings{second});
  EXPECT_EQ(shown(store::ShipmentFilter::all, {.after = "", .limit = 1}), Strings{first});
  EXPECT_EQ(shown(store::ShipmentFilter::open, {}), Strings{second});
  EXPECT_EQ(shown(store::ShipmentFilter::closed, {}), Strings{first});
  EXPECT_FALSE(snapshot->shipment(kCity, "H3"));
  write([](store::Transaction& transaction) {
    transaction.shipment({"H1", "", "C2", "", -1}, 7, {103});
  });
  EXPECT_EQ(store().snapshot()->shipment(kCity, "H1")->finals, 0);
  EXPECT_EQ(store().snapshot()->shipment(kCity, "H1")->to_place, "C2");
}

TEST_F(Stock, lines_add_up) {
  write([](store::Transaction& transaction) {
    transaction.line_add("H1", {"L2", "paper.occ", 100, 100, 5});
    transaction.line_add("H1", {"%metal.al", "metal.al", 0, -3, 0});
    transaction.line_add("H1", {"L2", "", 0, -40, -5});
    transaction.line_add("H10", {"L2", "glass", 1, 1, 0});
    EXPECT_EQ(transaction.reading().lines(kCity, "H1").size(), 2U);
    transaction.line_add("H1", {"L2", "paper.occ", 10, 10, 0});
  });
  const auto lines = store().snapshot()->lines(kCity, "H1");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].line, "%metal.al");
  EXPECT_EQ(lines[0].raw_g, -3);
  EXPECT_EQ(lines[1].line, "L2");
  EXPECT_EQ(lines[1].material, "paper.occ");
  EXPECT_EQ(lines[1].shipped_g, 110);
  EXPECT_EQ(lines[1].raw_g, 70);
  EXPECT_EQ(lines[1].raw_pieces, 0);
}

TEST_F(Stock, runs_add_up) {
  write([](store::Transaction& transaction) {
    transaction.run({"R1", "S1", "sort", 0});
    transaction.run_add("R1", 500, 2);
    transaction.run_add("R1", -600, 0);
    transaction.run({"R1", "", "", 1});
    EXPECT_EQ(transaction.reading().run(kCity, "R1")->raw_g, -100);
  });
  const auto run = store().snapshot()->run(kCity, "R1");
  ASSERT_TRUE(run);
  EXPECT_EQ(run->place, "S1");
  EXPECT_EQ(run->process, "sort");
  EXPECT_EQ(run->closes, 1);
  EXPECT_EQ(run->raw_g, -100);
  EXPECT_EQ(run->raw_pieces, 2);
  EXPECT_FALSE(store().snapshot()->run(kCity, "R2"));
}

TEST_F(Stock, balances_add_up_by_account_and_unit) {
  const ledger::Account party{AccountKind::party, "P1", ""};
  const ledger::Account till{AccountKind::till, "S1", ""};
  write([&](store::Transaction& transaction) {
    transaction.balance_add(party, Unit::point, 10);
    transaction.balance_add(party, Unit::point, -3);
    transaction.balance_add(party, Unit::money, 1);
    transaction.balance_add(till, Unit::money, INT64_MAX);
    EXPECT_EQ(transaction.reading().balance(kCity, party, Unit::point), 7);
  });
  write([&](store::Transaction& transaction) {
    transaction.balance_add(party, Unit::point, -7);
    EXPECT_EQ(transaction.reading().balance(kCity, party, Unit::point), 0);
    EXPECT_EQ(transaction.reading().balance(kCity, till, Unit::money), INT64_MAX);
  });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(snapshot->balance(kCity, {AccountKind::party, "P2", ""}, Unit::point), 0);
  Strings all;
  snapshot->balances(kCity, [&all](const store::Balance& balance) {
    all.push_back(balance.account.a + " " + std::to_string(static_cast<int>(balance.unit)) + " " +
                  std::to_string(balance.amount));
    return true;
  });
  EXPECT_EQ(all, (Strings{"S1 2 9223372036854775807", "P1 2 1", "P1 3 0"}));
}

TEST_F(Stock, what_stands_below_zero_is_named) {
  const auto shown = [this] {
    Strings rows;
    store().snapshot()->imbalances(kCity, [&rows](const store::ImbalanceRow& row) {
      rows.push_back(std::to_string(static_cast<int>(row.account.kind)) + " " + row.account.a +
                     " " + row.account.b + " " + std::to_string(row.amount) +
                     (row.unit == Unit::mass ? "g" : ""));
      return true;
    });
    return rows;
  };
  EXPECT_EQ(shown(), Strings{});
  write([](store::Transaction& transaction) {
    put_lot(transaction, made("b", "S1"), -5);
    put_lot(transaction, made("a", "S2"), 5);
    transaction.lot_add("a", "S2", 0, -1);
    transaction.shipment({"H1", "S1", "C1", "", 0}, 1, {1});
    transaction.shipment({"H2", "S1", "C1", "", 1}, 1, {1});
    transaction.line_add("H1", {"L", "paper.occ", 1, -2, 0});
    transaction.line_add("H2", {"L", "paper.occ", 1, -2, 0});
    transaction.run({"R1", "S1", "sort", 0});
    transaction.run_add("R1", -7, -1);
    transaction.run({"R2", "S1", "sort", 1});
    transaction.run_add("R2", -7, 0);
    transaction.balance_add({AccountKind::party, "P1", ""}, Unit::point, -9);
    transaction.balance_add({AccountKind::party, "P2", ""}, Unit::money, -9);
    transaction.balance_add({AccountKind::issued, "", ""}, Unit::point, -9);
  });
  EXPECT_EQ(shown(), (Strings{"1 S1 b -5g", "1 S2 a -1", "2 H1 L -2g", "4 R1  -7g", "4 R1  -1",
                              "13 P1  -9"}));
}

TEST_F(Stock, items_are_where_their_last_move_put_them) {
  const ledger::ItemMove in{"BAT-1", "battery", "VIN-1", "", "L1"};
  const ledger::ItemMove on{"BAT-1", "battery", "VIN-1", "L1", "L2"};
  const ledger::ItemMove out{"BAT-2", "battery", "", "L1", ""};
  write([&](store::Transaction& transaction) {
    transaction.item_move(1, in);
    transaction.item_move(1, {"BAT-2", "battery", "", "", "L1"});
    EXPECT_EQ(transaction.reading().items_of(kCity, "L1"), (Strings{"BAT-1", "BAT-2"}));
    transaction.item_move(2, on);
    transaction.item_move(3, out);
  });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(snapshot->item(kCity, "BAT-1")->lot, "L2");
  EXPECT_EQ(snapshot->item(kCity, "BAT-1")->parent, "VIN-1");
  EXPECT_EQ(snapshot->item(kCity, "BAT-1")->seq, 2U);
  EXPECT_EQ(snapshot->item(kCity, "BAT-2")->lot, "");
  EXPECT_FALSE(snapshot->item(kCity, "BAT-3"));
  EXPECT_EQ(snapshot->items_of(kCity, "L1"), Strings{});
  EXPECT_EQ(snapshot->items_of(kCity, ""), Strings{});
  EXPECT_EQ(snapshot->items_of(kCity, "L2"), Strings{"BAT-1"});
  const auto history = snapshot->item_history(kCity, "BAT-1");
  ASSERT_EQ(history.size(), 2U);
  EXPECT_EQ(history[0].seq, 1U);
  EXPECT_EQ(history[1].move.lot_before, "L1");
  EXPECT_EQ(history[1].move.lot_after, "L2");
  const auto moves = snapshot->item_moves(kCity, 1);
  ASSERT_EQ(moves.size(), 2U);
  EXPECT_EQ(moves[0].code, "BAT-1");
  EXPECT_EQ(moves[1].code, "BAT-2");
}

TEST_F(Stock, tickets_are_found_by_device_and_by_number) {
  write([](store::Transaction& transaction) {
    transaction.ticket({"D1", 9}, 1);
    transaction.ticket({"D1", 10}, 2);
    transaction.ticket({"D2", 9}, 3);
    transaction.ticket({"D2", -1}, 4);
    EXPECT_EQ(transaction.reading().ticket_last(kCity, "D1"), 10);
  });
  write([](store::Transaction& transaction) { transaction.ticket({"D1", 9}, 5); });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(snapshot->ticket(kCity, "D1", 9), store::Seq{5});
  EXPECT_FALSE(snapshot->ticket(kCity, "D1", 11));
  EXPECT_EQ(snapshot->ticket_last(kCity, "D2"), 9);
  EXPECT_FALSE(snapshot->ticket_last(kCity, "D3"));
  const auto found = snapshot->tickets(kCity, 9);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].device, "D1");
  EXPECT_EQ(found[1].device, "D2");
  EXPECT_EQ(found[1].seq, 3U);
}

TEST_F(Stock, whole_tables_stream_in_key_order) {
  write([](store::Transaction& transaction) {
    put_lot(transaction, made("b", "S1"), 0);
    put_lot(transaction, made("a", "S2"), 1);
    put_lot(transaction, made("a", "S1"), 2);
    transaction.line_add("H2", {"L1", "m", 1, 1, 0});
    transaction.line_add("H1", {"L2", "m", 1, 1, 0});
    transaction.shipment({"H2", "S1", "C1", "", 0}, 1, {1});
    transaction.shipment({"H1", "S1", "C1", "", 0}, 1, {1});
    transaction.run({"R2", "S1", "sort", 0});
    transaction.run({"R1", "S1", "sort", 0});
    transaction.item_move(1, {"c2", "", "", "", "a"});
    transaction.item_move(1, {"c1", "", "", "", "a"});
  });
  const auto snapshot = store().snapshot();
  std::string seen;
  snapshot->all_lots(kCity, [&](const store::LotRow& row) {
    seen += row.key() + (row.current ? ";" : " left;");
    return true;
  });
  snapshot->all_lines(kCity, [&](std::string_view shipment, const ledger::LineState& line) {
    seen += std::string(shipment) + " " + line.line + ";";
    return true;
  });
  snapshot->all_shipments(kCity, [&](const store::ShipmentRow& row) {
    seen += row.shipment + ";";
    return true;
  });
  snapshot->all_runs(kCity, [&](const store::RunRow& row) {
    seen += row.run + ";";
    return true;
  });
  snapshot->all_items(kCity, [&](const store::ItemRow& row) {
    seen += row.code + ";";
    return false;
  });
  EXPECT_EQ(seen, "a S1;a S2 left;b S1;H1 L2;H2 L1;H1;H2;R1;R2;c1;");
}

}  // namespace

}  // namespace huan::contract
