// SPDX-License-Identifier: Apache-2.0
#include "history.hpp"

#include "contract.hpp"

namespace huan::contract {

namespace {

using ledger::AccountKind;
using ledger::Unit;
using store::Transaction;

std::string text(const ledger::Account& account) {
  return std::to_string(static_cast<int>(account.kind)) + ":" + account.a + ":" + account.b;
}

class Dump {
 public:
  Dump(store::Reading& reading, std::string_view city) : reading_(reading), city_(city) {}

  std::string all() {
    records();
    stock();
    accounts();
    statistics();
    return std::move(out_);
  }

 private:
  template <class... Parts>
  bool line(const Parts&... parts) {
    ((out_ += as_text(parts), out_ += '|'), ...);
    out_ += '\n';
    return true;
  }
  static std::string as_text(std::string_view part) { return std::string(part); }
  template <class Number>
    requires std::is_integral_v<Number>
  static std::string as_text(Number number) {
    return std::to_string(number);
  }

  void records() {
    reading_.records(city_, {}, [this](const store::RecordView& record) {
      line("record", record.seq, record.id.text(), record.body, record.supersedes,
           reading_.superseded_by(city_, record.seq), reading_.seq_of(city_, record.id));
      for (const auto& move : reading_.item_moves(city_, record.seq)) {
        line("move", move.code, move.lot_before, move.lot_after);
      }
      return true;
    });
    reading_.legs(city_, store::SeqRange{}, [this](const store::LegView& leg) {
      return line("leg", leg.seq, leg.a, leg.b, leg.amount, leg.material, leg.day.n);
    });
    for (const auto& row : reading_.registry(city_, "places", {}, {.after = "", .limit = 1000})) {
      line("place", row.key, row.version, row.body);
    }
    line("log", reading_.log_state(city_));
  }
  void stock() {
    reading_.all_lots(city_, [this](const store::LotRow& row) {
      return line("lot", show(row.state), row.current,
                  show(reading_.lot(city_, row.state.lot).value()));
    });
    for (const auto& row : reading_.stock(city_, {}, {.after = "", .limit = 1000})) {
      line("stock", row.key(), row.mass_g, row.pieces, row.lots,
           reading_.drawable(city_, row.place, row.material));
      reading_.draw(city_, row.place, row.material, {1'000'000},
                    [this](const ledger::LotState& state) { return line("draw", show(state)); });
    }
    for (const auto& row : reading_.lots(city_, {}, {.after = "", .limit = 1000})) {
      line("held", row.key());
    }
    reading_.all_items(city_, [this](const store::ItemRow& row) {
      return line("item", row.code, row.lot, row.seq, reading_.items_of(city_, row.lot).size());
    });
  }
  void accounts() {
    reading_.all_shipments(city_, [this](const store::ShipmentRow& row) {
      return line("shipment", row.shipment, row.seq, row.state.to_place, row.state.finals);
    });
    reading_.all_lines(city_, [this](std::string_view shipment, const ledger::LineState& row) {
      return line("line", shipment, row.line, row.material, row.shipped_g, row.raw_g,
                  row.raw_pieces);
    });
    reading_.all_runs(city_, [this](const store::RunRow& row) {
      return line("run", row.run, row.state.raw_g, row.state.closes);
    });
    reading_.balances(city_, [this](const store::Balance& row) {
      return line("balance", text(row.account), static_cast<int>(row.unit), row.amount);
    });
    reading_.imbalances(city_, [this](const store::ImbalanceRow& row) {
      return line("short", text(row.account), static_cast<int>(row.unit), row.amount);
    });
    for (std::int64_t number = 0; number < 5; ++number) {
      for (const auto& row : reading_.tickets(city_, number)) {
        line("ticket", row.device, row.number, row.seq,
             reading_.ticket_last(city_, row.device).value_or(-1));
      }
    }
  }
  void statistics() {
    const auto sums = [this](const store::StatisticsRow& row) {
      return line("sum", row.day.n, row.district, row.place, row.operator_id, row.material,
                  row.flow, row.mass_g, row.count);
    };
    reading_.rollup_days(city_, sums);
    reading_.rollup_months(city_, sums);
    reading_.rollup_operators(city_, sums);
    store::StatisticsQuery query;
    query.by = {store::Axis::month, store::Axis::material};
    reading_.statistics(city_, query, sums);
  }

  store::Reading& reading_;
  std::string city_;
  std::string out_;
};

}  // namespace

std::string dump(store::Reading& reading) {
  return Dump(reading, kCity).all() + Dump(reading, kOther).all();
}

History::Step History::lot_step() {
  const auto lot = one_of("L", 12);
  const auto place = one_of("S", 3);
  const auto material = one_of("m", 2);
  const auto time_s = static_cast<std::int64_t>(below(50));
  const auto g = amount();
  const bool items = below(4) == 0;
  const bool again = below(5) == 0;
  const auto seq = seq_;
  const auto city = city_;
  return [=](Transaction& transaction) {
    if (again || !transaction.reading().lot_at(city, lot, place)) {
      transaction.lot_made({lot, place, material, {time_s}, items}, seq);
    }
    transaction.lot_add(lot, place, g, g / 10);
  };
}

History::Step History::account_step() {
  const auto name = one_of("A", 6);
  const auto other = one_of("B", 3);
  const auto g = amount();
  const auto seq = seq_;
  switch (below(4)) {
    case 0:
      return [=](Transaction& transaction) {
        transaction.balance_add({AccountKind::party, name, ""}, Unit::point, g);
        transaction.balance_add({AccountKind::till, other, ""}, Unit::money, -g);
      };
    case 1:
      return [=](Transaction& transaction) {
        transaction.shipment({name, "S1", other, "", g > 60 ? 1 : 0}, seq, {g});
        transaction.line_add(name, {other, g > 0 ? "m1" : "", g, g, 0});
      };
    case 2:
      return [=](Transaction& transaction) {
        transaction.run({name, "S1", other, g > 60 ? 1 : 0});
        transaction.run_add(name, g, 0);
      };
    default:
      return [=](Transaction& transaction) {
        ledger::RollupDelta delta;
        delta.day = {static_cast<std::int32_t>(20'000 + g)};
        delta.place = name;
        delta.district = other;
        delta.operator_id = g % 3 == 0 ? "op1" : "op2";
        delta.material = g % 2 == 0 ? "m0" : "m1";
        delta.flow = "sell";
        delta.mass_g = g;
        delta.count = 1;
        transaction.rollup(delta);
      };
  }
}

History::Step History::identity_step() {
  const auto code = one_of("C", 6);
  const auto lot = below(3) == 0 ? std::string() : one_of("L", 4);
  const auto number = static_cast<std::int64_t>(below(5));
  const auto seq = seq_;
  return [=](Transaction& transaction) {
    transaction.item_move(seq, {code, "battery", "", "", lot});
    transaction.ticket({"D" + code, number}, seq);
    transaction.log_state(code + lot);
  };
}

History::Step History::record_step() {
  const auto seq = ++seq_;
  const auto key = one_of("S", 3);
  const bool place = below(3) == 0;
  return [=](Transaction& transaction) {
    auto record = event(seq);
    record.supersedes = seq % 5 == 0 ? seq - 1 : 0;
    transaction.append(record.view());
    const ledger::Leg leg{{AccountKind::stock, key, "L1"}, Unit::mass, 5, "m", {}, {}};
    transaction.legs(seq, {&leg, 1});
    if (place) {
      transaction.registry(
          {"places", key, static_cast<std::int64_t>(seq), {1}, seq, "", "", "", ""});
    }
  };
}

History::Step History::look() {
  const auto place = one_of("S", 3);
  const auto material = one_of("m", 2);
  const auto what = below(4);
  return [=](Transaction& transaction) {
    auto& reading = transaction.reading();
    if (what == 0) {
      reading.draw(kCity, place, material, {50}, [](const ledger::LotState&) { return true; });
    } else if (what == 1) {
      (void)dump(reading);
    } else if (what == 2) {
      (void)reading.lines(kOther, "A1");
    } else {
      (void)reading.lot(kCity, "L3");
    }
  };
}

History::Step History::step() {
  switch (below(8)) {
    case 0:
    case 1:
    case 2:
      return lot_step();
    case 3:
    case 4:
      return account_step();
    case 5:
      return identity_step();
    case 6:
      return look();
    default:
      return record_step();
  }
}

Plan History::next_transaction() {
  Plan plan;
  city_ = below(3) == 0 ? kOther : kCity;
  plan.city = city_;
  plan.commit = below(4) != 0;
  bool saved = false;
  plan.steps.push_back(record_step());
  for (auto left = below(60); left > 0; --left) {
    if (below(5) == 0) {
      if (!saved) {
        plan.steps.push_back([](Transaction& transaction) { transaction.savepoint(); });
      } else if (below(2) == 0) {
        plan.steps.push_back([](Transaction& transaction) { transaction.release(); });
      } else {
        plan.steps.push_back([](Transaction& transaction) { transaction.rollback_to(); });
      }
      saved = !saved;
    } else {
      plan.steps.push_back(step());
    }
  }
  if (saved) {
    plan.steps.push_back([](Transaction& transaction) { transaction.release(); });
  }
  return plan;
}

}  // namespace huan::contract
