// SPDX-License-Identifier: Apache-2.0
// What is due with which authority, and the file of a vehicle.
#include "huan/app/filings.hpp"

#include "fixture.hpp"
#include "huan/app/item_file.hpp"

namespace huan::app {
namespace {

class FilingsTest : public BuyingTest {
 protected:
  std::string state_of(const std::string& party, const std::string& code, const std::string& on) {
    const auto all = filings_due(
        *store_->snapshot(), {kCity, rules_.pack.utc_offset_s, day(on), {}}, rules_.rules.buying);
    for (const FilingDue& one : all) {
      if (one.party == party && one.code == code) {
        last_due_ = base::format_day(one.due);
        return std::string(name(one.state));
      }
    }
    return "none";
  }
  void opens(const std::string& id, const std::string& papers, const std::string& materials) {
    put(kCity, "party", id,
        R"({"kind":"enterprise","name":"firm","qualifications":[)" + papers + "]}");
    RegistryPut place;
    place.kind = "place";
    place.key = "W-" + id;
    place.data = R"({"kind":"station","materials":[)" + materials +
                 R"(],"name":"s","district":"B1","operator":")" + id + R"(","status":"active"})";
    place.time = "2026-03-01T00:00:00-05:00";
    EXPECT_EQ(recorder_->put(kCity, place, {"test"}).status, Status::posted);
  }
  std::string last_due_;
};

TEST_F(FilingsTest, CountFromTheFirstPlaceThatOpened) {
  opens("late", "", R"("metal.copper")");
  EXPECT_EQ(state_of("late", "police", "2026-02-28"), "none") << "nothing is open yet";
  EXPECT_EQ(state_of("late", "police", "2026-03-16"), "due");
  EXPECT_EQ(last_due_, "2026-03-16");
  EXPECT_EQ(state_of("late", "police", "2026-03-17"), "overdue");
  EXPECT_EQ(state_of("late", "commerce", "2026-03-31"), "due");
  opens("paper", "", R"("paper")");
  EXPECT_EQ(state_of("paper", "police", "2026-04-01"), "none") << "it takes no metal";
  opens("filed",
        R"({"kind":"police_filing","number":"7","from":"2026-03-16","to":"2026-12-31"},)"
        R"({"kind":"commerce_filing","number":"8","from":"2026-04-01"})",
        "");
  EXPECT_EQ(state_of("filed", "police", "2026-03-15"), "due") << "the paper is of tomorrow";
  EXPECT_EQ(state_of("filed", "police", "2026-12-31"), "filed");
  EXPECT_EQ(state_of("filed", "police", "2027-01-01"), "ended");
  EXPECT_EQ(state_of("filed", "commerce", "2026-12-31"), "filed_late");
  EXPECT_EQ(state_of("E-1", "commerce", "2026-12-31"), "filed") << "the fixture's firm";
}

TEST_F(FilingsTest, AVehicleHasItsFile) {
  put(kCity, "party", "E-1",
      R"({"kind":"enterprise","name":"firm","qualifications":[{"kind":"elv","number":"1","from":"2020-01-01"}]})");
  put(kCity, "party", "maker", R"({"kind":"enterprise","name":"maker"})");
  const std::string vin = "1M8GDM9AXKP042788";
  const auto id = [&] { return ids_.next().text(); };
  post(kCity, R"({"from":{"origin":"household"},"id":")" + id() +
                  R"(","outputs":[{"items":[{"code":")" + vin +
                  R"(","kind":"vehicle"}],"lot":"E","mass_g":1000,"material":"vehicle.elv"}],)"
                  R"("place":"W-E-1","time":"2026-03-01T10:00:00-05:00","type":"receive"})");
  const ItemAsked asked{kCity, rules_.pack.utc_offset_s, {}};
  auto file = item_file(*store_->snapshot(), asked, vin, rules_.rules.buying);
  ASSERT_TRUE(file) << file.error().detail;
  EXPECT_EQ(file->number_ok, true);
  EXPECT_EQ(file->place, "W-E-1");
  EXPECT_EQ(file->missing.size(), 6U) << "five assemblies and the certificate";
  post(
      kCity,
      R"({"id":")" + id() +
          R"(","inputs":[{"lot":"E","mass_g":1000}],"outputs":[{"items":[{"code":"EN-1","kind":"engine","parent":")" +
          vin +
          R"("}],"lot":"E.1","mass_g":900,"material":"metal.steel"},{"items":[{"code":"X-1","kind":"engine"}],"lot":"E.2","mass_g":100,"material":"metal.iron"}],"place":"W-E-1","process":"dismantle","time":"2026-03-02T10:00:00-05:00","type":"transform"})");
  post(
      kCity,
      R"({"id":")" + id() +
          R"(","inputs":[{"lot":"E.1","mass_g":900}],"place":"W-E-1","time":"2026-03-03T10:00:00-05:00","to":{"class":"reuse","party":"maker"},"type":"sell"})");
  put(kCity, "dossier", "cert-1",
      R"({"about":{"id":"E-1","kind":"enterprise"},"evidence":[{"source":"paper"}],"fields":{"day":"2026-03-02","number":"7","vin":")" +
          vin + R"("},"state":"issued","type":"elv_certificate"})");
  file = item_file(*store_->snapshot(), asked, vin, rules_.rules.buying);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->lot.empty());
  ASSERT_EQ(file->steps.size(), 2U);
  EXPECT_EQ(file->steps[1].type, "transform");
  ASSERT_EQ(file->parts.size(), 1U) << "only what names it as its parent";
  EXPECT_EQ(file->parts[0].left_by, "sell");
  EXPECT_EQ(file->parts[0].taker, "maker");
  EXPECT_EQ(file->papers, (std::vector<std::string>{"cert-1"}));
  EXPECT_EQ(file->missing, (std::vector<std::string>{"steering_gear", "transmission", "axle",
                                                     "frame", "mark EN-1"}));
  ItemAsked stranger = asked;
  stranger.scope.party = "maker";
  EXPECT_EQ(item_file(*store_->snapshot(), stranger, vin, rules_.rules.buying).error().code,
            base::ErrorCode::unknown_item);
  EXPECT_EQ(item_file(*store_->snapshot(), asked, "none", rules_.rules.buying).error().code,
            base::ErrorCode::unknown_item);
}

}  // namespace
}  // namespace huan::app
