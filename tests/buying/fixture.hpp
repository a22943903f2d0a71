// SPDX-License-Identifier: Apache-2.0
// Two small cities on one store, a recycler in each, sellers whom the vault knows.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "huan/app/init_city.hpp"
#include "huan/app/personal.hpp"
#include "huan/app/verify.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/store_sqlite/store.hpp"
#include "huan/store_sqlite/vault_store.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan::app {

class BuyingTest : public ::testing::Test {
 protected:
  BuyingTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "huan-buying-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    store_ = store_sqlite::open({.path = folder_ + "/a.db", .create = true});
    recorder_ = std::make_unique<Recorder>(*store_, clock_, ids_);
    for (const char* city : {kCity, kOther}) {
      auto pack = rules_.pack;
      pack.city.code = city;
      EXPECT_TRUE(init_city(*recorder_, pack, {}));
      firm(city, "E-1");
    }
    const VaultStores vaults{[](store::Transaction& t) { return store_sqlite::vault_store(t); },
                             [](store::Reading& r) { return store_sqlite::vault_store(r); }};
    personal_ = Personal::open({*recorder_, vaults, clock_}, crypto::Key::generate()).value();
  }
  ~BuyingTest() override {
    recorder_->stop();
    std::filesystem::remove_all(folder_);
  }

  void put(const char* city, const char* kind, const std::string& key, const std::string& data) {
    RegistryPut one;
    one.kind = kind;
    one.key = key;
    one.data = data;
    one.time = "2020-01-01T00:00:00Z";
    const auto outcome = recorder_->put(city, one, {"test"});
    EXPECT_EQ(outcome.status, Status::posted)
        << kind << " " << key << " " << outcome.error.at << " " << outcome.error.detail;
  }
  /// A firm with all papers and a place of its own, "W-" and its name.
  void firm(const char* city, const std::string& id) {
    put(city, "party", id,
        R"({"kind":"enterprise","name":"firm","qualifications":[{"kind":"commerce_filing","number":"1","from":"2020-01-01"},{"kind":"police_filing","number":"2","from":"2020-01-01"}]})");
    put(city, "place", "W-" + id,
        R"({"kind":"station","name":"station","district":"B1","operator":")" + id +
            R"(","status":"active"})");
    put(city, "dossier", "right-" + id,
        R"({"about":{"id":")" + id +
            R"(","kind":"enterprise"},"evidence":[{"source":"form"}],"fields":{"method":"simple"},"from":"2024-05-01","party":")" +
            id + R"(","state":"granted","type":"invoicing_right"})");
  }
  void seller(const char* city, const std::string& id, const std::string& id_number) {
    put(city, "party", id, R"({"kind":"natural_person"})");
    PersonalPut what;
    what.values = {{vault::Field::id_number, id_number}, {vault::Field::phone, "13812341234"}};
    const auto done = personal_->put({"test", "registration"}, {city, id}, what);
    EXPECT_TRUE(done) << done.error().detail;
  }
  void consent(const char* city, const std::string& seller, const std::string& buyer) {
    put(city, "dossier", "consent-" + seller + "-" + buyer,
        R"({"about":{"id":")" + seller +
            R"(","kind":"person"},"evidence":[{"source":"paper"}],"from":"2024-05-01","party":")" +
            buyer + R"(","state":"given","type":"invoice_consent"})");
  }
  /// `money`: fen; a tonne a fen so that any sum can be bought.
  std::string receive(const std::string& buyer, const std::string& seller, const std::string& day,
                      std::int64_t money, const std::string& more = "") {
    last_ = ids_.next().text();
    return R"({"from":{"origin":"household","party":")" + seller + R"("},"id":")" + last_ +
           R"(","outputs":[{"mass_g":1000,"material":"paper.occ","per":"kg","price_fen":)" +
           std::to_string(money) + R"(}],"place":"W-)" + buyer + R"(","time":")" + day +
           R"(T10:00:00-05:00","type":"receive")" + more + "}";
  }
  /// The id of what was posted.
  std::string post(const char* city, const std::string& event) {
    std::vector<PreparedEvent> events;
    events.push_back(prepare(event));
    const std::string id = events.back().id;
    const auto result = recorder_->post(city, std::move(events), Mode::atomic, {"test"});
    EXPECT_TRUE(result.kept) << result.outcomes[0].error.at << " "
                             << result.outcomes[0].error.detail;
    return id;
  }
  [[nodiscard]] base::Day day(const std::string& text) const { return *base::parse_day(text); }

  static constexpr const char* kCity = "x-nyc";
  static constexpr const char* kOther = "x-two";

  wire_pack::City rules_ = wire_pack::load("packs/x-nyc").value();
  std::string folder_;
  std::unique_ptr<store::Store> store_;
  base::ManualClock clock_{*base::parse_time("2026-10-20T12:00:00-05:00")};
  crypto::SeededIdSource ids_{1, clock_};
  std::unique_ptr<Recorder> recorder_;
  std::unique_ptr<Personal> personal_;
  std::string last_;
};

}  // namespace huan::app
