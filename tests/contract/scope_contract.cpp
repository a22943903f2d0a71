// SPDX-License-Identifier: Apache-2.0
// Who sees which rows, and who they are: every list with a scope leaves out what is another's,
// before its pages are cut.
#include <string>
#include <vector>

#include "contract.hpp"

namespace huan::contract {

namespace {

using store::RowScope;
using Strings = std::vector<std::string>;

store::RegistryRow thing(const std::string& kind, const std::string& key, store::Seq seq) {
  store::RegistryRow row;
  row.kind = kind;
  row.key = key;
  row.time = {1};
  row.seq = seq;
  return row;
}

class Scope : public Contract {
 protected:
  void SetUp() override {
    write([this](store::Transaction& transaction) {
      place(transaction, "S1", "130102001", "e1");
      place(transaction, "S2", "130102", "e2");
      place(transaction, "S3", "130104", "e1");
      place(transaction, "S4", "B1", "e2");
      place(transaction, "S5", "B10", "e3");
      auto party = thing("party", "e1", ++seq_);
      party.district = "130104";
      add(transaction, party);
      auto asset = thing("asset", "V1", ++seq_);
      asset.party = "e1";
      add(transaction, asset);
      for (const char* at : {"S1", "S2", "S3", "S4", "S5"}) {
        put_lot(transaction, made(std::string("L-") + at, at), 5, 1);
      }
      transaction.shipment({"H1", "S1", "S2", "", 0}, 1, {1});
      transaction.shipment({"H2", "S3", "S4", "", 1}, 2, {1});
      transaction.shipment({"H3", "S5", "S1", "x-far", 0}, 3, {1});
      for (const char* at : {"S1", "S2", "S3", "S4", "S5"}) {
        sum(transaction, at);
      }
    });
  }

  void place(store::Transaction& transaction, const std::string& key, const std::string& district,
             const std::string& party) {
    auto row = thing("place", key, ++seq_);
    row.district = district;
    row.party = party;
    add(transaction, row);
  }
  static void add(store::Transaction& transaction, const store::RegistryRow& row) {
    auto record = event(row.seq);
    record.klass = store::RecordClass::registry;
    transaction.append(record.view());
    transaction.registry(row);
  }
  static void sum(store::Transaction& transaction, const std::string& place) {
    const auto row = transaction.reading().registered(kCity, "place", place);
    ledger::RollupDelta delta;
    delta.day = *base::parse_day("2026-01-05");
    delta.place = place;
    delta.operator_id = row->party;
    delta.district = row->district;
    delta.material = "paper.occ";
    delta.flow = "receive";
    delta.mass_g = 1 + (place[1] - '0');
    transaction.rollup(delta);
  }

  /// lots, stock, shipments, places, mass of the statistics.
  Strings seen(const RowScope& scope, const store::Page& page = {}) {
    const auto snapshot = store().snapshot();
    Strings all(4);
    for (const auto& row : snapshot->lots(kCity, {.scope = scope}, page)) {
      all[0] += row.state.place + " ";
    }
    for (const auto& row : snapshot->stock(kCity, {.scope = scope}, page)) {
      all[1] += row.place + " ";
    }
    for (const auto& row : snapshot->shipments(kCity, {.scope = scope}, page)) {
      all[2] += row.shipment + " ";
    }
    for (const auto& row : snapshot->registry(kCity, "place", {.scope = scope}, page)) {
      all[3] += row.key + " ";
    }
    return all;
  }
  std::int64_t mass(const RowScope& scope, std::vector<store::Axis> by) {
    std::int64_t sum = 0;
    store::StatisticsQuery query;
    query.by = std::move(by);
    query.scope = scope;
    store().snapshot()->statistics(kCity, query, [&sum](const store::StatisticsRow& row) {
      sum += row.mass_g;
      return true;
    });
    return sum;
  }
  std::string keys(const std::string& kind, const RowScope& scope) {
    std::string found;
    for (const auto& row : store().snapshot()->registry(kCity, kind, {.scope = scope}, {})) {
      found += row.key + " ";
    }
    return found;
  }

 private:
  store::Seq seq_{0};
};

TEST_F(Scope, nothing_said_means_everything) {
  EXPECT_EQ(seen({}),
            (Strings{"S1 S2 S3 S4 S5 ", "S1 S2 S3 S4 S5 ", "H1 H2 H3 ", "S1 S2 S3 S4 S5 "}));
}

TEST_F(Scope, a_district_holds_what_its_code_begins) {
  EXPECT_EQ(seen({.district = "130102"}), (Strings{"S1 S2 ", "S1 S2 ", "H1 ", "S1 S2 "}));
  EXPECT_EQ(seen({.district = "130102001"}), (Strings{"S1 ", "S1 ", "H1 ", "S1 "}));
  EXPECT_EQ(seen({.district = "B1"}), (Strings{"S4 ", "S4 ", "H2 ", "S4 "}));
  EXPECT_EQ(seen({.district = "13010"}), Strings(4)) << "no code has five digits";
  EXPECT_EQ(seen({.district = "%"}), Strings(4));
}

TEST_F(Scope, an_organisation_sees_what_it_operates) {
  EXPECT_EQ(seen({.party = "e1"}), (Strings{"S1 S3 ", "S1 S3 ", "H1 H2 ", "S1 S3 "}));
  EXPECT_EQ(seen({.party = "e3"}), (Strings{"S5 ", "S5 ", "H3 ", "S5 "}));
  EXPECT_EQ(seen({.party = "nobody"}), Strings(4));
  EXPECT_EQ(seen({.party = "e1", .place = "S3"}), (Strings{"S3 ", "S3 ", "H2 ", "S3 "}));
  EXPECT_EQ(seen({.party = "e2", .place = "S3"}), Strings(4)) << "all that is given has to hold";
  EXPECT_EQ(seen({.district = "130104", .party = "e1"}), (Strings{"S3 ", "S3 ", "H2 ", "S3 "}));
}

TEST_F(Scope, pages_are_cut_after_the_scope) {
  EXPECT_EQ(seen({.party = "e1"}, {.after = "", .limit = 1}),
            (Strings{"S1 ", "S1 ", "H1 ", "S1 "}));
  EXPECT_EQ(seen({.party = "e2"}, {.after = "", .limit = 1}),
            (Strings{"S2 ", "S2 ", "H1 ", "S2 "}));
  const auto snapshot = store().snapshot();
  EXPECT_EQ(snapshot->lots(kCity, {.scope = {.party = "e1"}}, {.after = "L-S1 S1"}).size(), 1U);
  EXPECT_EQ(snapshot->lots(kCity, {.place = "S2", .scope = {.party = "e1"}}, {}).size(), 0U);
  EXPECT_EQ(snapshot->stock(kCity, {.place = "S2", .scope = {.party = "e1"}}, {}).size(), 0U);
  using store::ShipmentFilter;
  EXPECT_EQ(snapshot->shipments(kCity, {ShipmentFilter::closed, {.party = "e1"}}, {}).size(), 1U);
  EXPECT_EQ(snapshot->shipments(kCity, {ShipmentFilter::open, {.party = "e1"}}, {}).size(), 1U);
}

TEST_F(Scope, sums_are_of_ones_own) {
  using store::Axis;
  for (const auto& by : {std::vector<Axis>{}, {Axis::month}, {Axis::day, Axis::place}}) {
    EXPECT_EQ(mass({}, by), 20);
    EXPECT_EQ(mass({.district = "130102"}, by), 5);
    EXPECT_EQ(mass({.district = "B1"}, by), 5);
    EXPECT_EQ(mass({.party = "e1"}, by), 6);
    EXPECT_EQ(mass({.party = "e1", .place = "S3"}, by), 4);
    EXPECT_EQ(mass({.party = "nobody"}, by), 0);
  }
}

TEST_F(Scope, things_without_a_district_have_their_partys) {
  EXPECT_EQ(keys("asset", {.district = "130104"}), "V1 ");
  EXPECT_EQ(keys("asset", {.district = "130102"}), "");
  EXPECT_EQ(keys("asset", {.party = "e1"}), "V1 ");
  EXPECT_EQ(keys("asset", {.party = "e2"}), "");
  EXPECT_EQ(keys("party", {.party = "e1"}), "e1 ");
  EXPECT_EQ(keys("party", {.party = "e2"}), "");
}

TEST_F(Scope, accounts_are_kept_whole_and_can_be_taken_away) {
  store::AccountRow row;
  row.account = "wang";
  row.name = "王";
  row.roles = "station_clerk auditor";
  row.city = "130100";
  row.district = "130102";
  row.organisation = "e1";
  row.place = "S1";
  row.password = "$argon2id$";
  row.must_change = true;
  row.disabled = true;
  row.totp = std::string("\0\xff", 2);
  row.totp_step = -1;
  row.generation = 3;
  row.failures = 4;
  row.locked_until = {5};
  row.created = {6};
  row.password_set = {7};
  auto other = row;
  other.account = "an";
  write(
      [&](store::Transaction& transaction) {
        transaction.account(row);
        transaction.account(other);
        EXPECT_EQ(transaction.reading().account("wang"), row);
      },
      "");
  EXPECT_EQ(store().snapshot()->account("wang"), row);
  EXPECT_EQ(store().snapshot()->accounts(), (std::vector{other, row}));
  EXPECT_FALSE(store().snapshot()->account("nobody"));
  row.generation = 4;
  write(
      [&](store::Transaction& transaction) {
        transaction.account(row);
        transaction.forget_account("an");
        transaction.forget_account("nobody");
      },
      "");
  EXPECT_EQ(store().snapshot()->accounts(), std::vector{row});
  write(
      [&](store::Transaction& transaction) {
        transaction.savepoint();
        transaction.forget_account("wang");
        EXPECT_FALSE(transaction.reading().account("wang"));
        transaction.rollback_to();
      },
      "");
  EXPECT_EQ(store().snapshot()->account("wang"), row);
}

}  // namespace

}  // namespace huan::contract
