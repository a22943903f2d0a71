// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>

#include "huan/app/draws.hpp"
#include "huan/app/evidence_bundle.hpp"
#include "huan/app/init_city.hpp"
#include "huan/app/inspections.hpp"
#include "huan/app/log_proofs.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/store/testing/memory_store.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan::app {
namespace {

class Draws : public ::testing::Test {
 protected:
  Draws() : rules_(wire_pack::load("packs/x-nyc").value()) {
    std::string pattern = (std::filesystem::temp_directory_path() / "huan-draw-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    clock_.set({rules_.pack.records_from.s + 86'400});
    EXPECT_TRUE(init_city(recorder_, rules_.pack, {}));
    put("party", "E-1", R"({"kind":"enterprise","name":"firm"})");
    for (int n = 1; n <= 8; ++n) {
      put("place", "Z-" + std::to_string(n),
          R"({"kind":"processor","name":"works","district":"B1","operator":"E-1","status":")" +
              std::string(n == 8 ? "closed" : "active") + "\"}");
    }
    for (const std::string who : {"a", "b", "c"}) {
      put("dossier", "I-" + who,
          R"({"type":"inspector","about":{"kind":"city","id":"x-nyc"},"state":"on_duty","fields":{"account":"insp.)" +
              who + R"("}})");
    }
  }
  ~Draws() override { std::filesystem::remove_all(folder_); }

  void put(const std::string& kind, const std::string& key, const std::string& data) {
    const auto outcome = recorder_.put("x-nyc", {kind, key, data, "", "", -1}, {"ann"});
    EXPECT_EQ(outcome.status, Status::posted) << key << " " << outcome.error.detail;
  }
  DrawDesk desk(const std::string& role = "operator", const std::string& who = "ann") {
    return {*store_,
            recorder_,
            clock_,
            files_,
            rules_.rules.duties,
            {"x-nyc", rules_.pack.utc_offset_s, "", ""},
            role,
            {who}};
  }
  std::string in_a_minute() {
    return base::format_time({clock_.now().s + 60}, rules_.pack.utc_offset_s);
  }
  DrawPlan plan(const std::string& key = "D-1") {
    return {key, "centre.order", "B1", 3, "lottery", in_a_minute()};
  }
  void wait_a_minute() { clock_.set({clock_.now().s + 60}); }
  void draw_it() {
    EXPECT_TRUE(commit_draw(desk(), plan()));
    wait_a_minute();
    EXPECT_TRUE(seed_draw(desk(), {"D-1", "03 07 11", "page"}));
    EXPECT_TRUE(run_draw(desk(), "D-1"));
  }
  base::Result<FiledDossier> sign(const std::string& who, const std::string& as,
                                  const std::string& state = "") {
    return sign_inspection(desk("operator", who), {"D-1:1", as, state});
  }

  wire_pack::City rules_;
  std::string folder_;
  base::ManualClock clock_{base::Instant{0}};
  std::unique_ptr<store::Store> store_ = store::testing::memory_store();
  crypto::SeededIdSource ids_{7, clock_};
  Recorder recorder_{*store_, clock_, ids_};
  Files files_{folder_};
};

TEST_F(Draws, PapersComeBeforeTheValueAndTheResultIsTheirs) {
  EXPECT_FALSE(commit_draw(desk("inspector"), plan()));
  DrawPlan past = plan();
  past.known_at = base::format_time(clock_.now(), 0);
  EXPECT_FALSE(commit_draw(desk(), past));
  ASSERT_TRUE(commit_draw(desk(), plan()));
  EXPECT_FALSE(commit_draw(desk(), plan()));
  EXPECT_FALSE(seed_draw(desk(), {"D-1", "03 07 11", "page"}));
  EXPECT_FALSE(run_draw(desk(), "D-1"));
  wait_a_minute();
  ASSERT_TRUE(seed_draw(desk(), {"D-1", "03 07 11", "page"}));
  EXPECT_FALSE(seed_draw(desk(), {"D-1", "03 07 12", "page"}));
  const auto outcome = run_draw(desk(), "D-1");
  ASSERT_TRUE(outcome) << outcome.error().at << " " << outcome.error().detail;
  EXPECT_EQ(outcome->drawn.size(), 3U);
  const auto reading = store_->snapshot();
  const auto verified = verify_draw(*reading, files_, desk().city, "D-1");
  ASSERT_TRUE(verified) << verified.error().at << " " << verified.error().detail;
  EXPECT_EQ(draw::to_text(*verified), draw::to_text(*outcome));
  for (const draw::Drawn& one : outcome->drawn) {
    EXPECT_NE(one.object, "Z-8") << "it is closed";
  }
  EXPECT_TRUE(run_draw(desk(), "D-1")) << "again is the same";
}

TEST_F(Draws, WhoEntersAnotherSeedIsFoundOut) {
  ASSERT_TRUE(commit_draw(desk(), plan()));
  wait_a_minute();
  ASSERT_TRUE(seed_draw(desk(), {"D-1", "03 07 11", "page"}));
  auto bent = dossier_on_record(*store_->snapshot(), "x-nyc", "D-1")->dossier;
  bent.state = "drawn";
  bent.fields["value"] = std::string("09 09 09");
  bent.fields["result"] = std::string(64, 'a');
  DossierPut put;
  put.city = "x-nyc";
  put.key = "D-1";
  put.data = registry::to_json(bent);
  put.role = "operator";
  put.by = {"ann"};
  ASSERT_TRUE(file_dossier(recorder_, rules_.rules.duties, put));
  EXPECT_FALSE(verify_draw(*store_->snapshot(), files_, desk().city, "D-1"));
}

TEST_F(Draws, AnInspectionGoesFromTheVisitToItsCredit) {
  draw_it();
  const auto found = dossier_on_record(*store_->snapshot(), "x-nyc", "D-1:1");
  ASSERT_TRUE(found);
  const auto people = std::get<std::vector<std::string>>(found->dossier.fields.at("inspectors"));
  ASSERT_EQ(people.size(), 2U);
  EXPECT_FALSE(inspection_for(desk("inspector", "insp.z"), "D-1:1"));
  EXPECT_TRUE(inspection_for(desk("inspector", people[0]), "D-1:1"));
  dossiers::Visit visit{base::day_of(clock_.now(), rules_.pack.utc_offset_s), {}, ""};
  visit.answers.push_back({"centre.order/1", dossiers::AnswerKind::fail, "", "no ledger"});
  auto photo = visit;
  photo.answers[0].photo = std::string(64, 'b');
  EXPECT_FALSE(visit_inspection(desk("inspector", people[0]), "D-1:1", photo));
  const auto done = visit_inspection(desk("inspector", people[0]), "D-1:1", visit);
  ASSERT_TRUE(done) << done.error().at << " " << done.error().detail;
  ASSERT_TRUE(done->order);
  EXPECT_EQ(done->order_key, "D-1:1:order");
  ASSERT_TRUE(sign(people[0], "inspector"));
  EXPECT_FALSE(sign("firm", "subject", "signed")) << "the second is missing";
  ASSERT_TRUE(sign(people[1], "second"));
  ASSERT_TRUE(sign_inspection(desk("enterprise_admin", "firm"), {"D-1:1", "subject", ""}));
  ASSERT_TRUE(sign(people[0], "", "signed"));
  ASSERT_TRUE(sign("ann", "", "published"));
  const auto day = base::day_of(clock_.now(), rules_.pack.utc_offset_s);
  const auto credit =
      credit_on(*store_->snapshot(), desk().city, rules_.rules.duties, day).of("E-1");
  ASSERT_EQ(credit.points.size(), 1U);
  EXPECT_EQ(credit.score, 70);
  ASSERT_TRUE(draft_bulletin(desk(), "B-1", {day, day}));
  // By itself: when the month is over, once; nothing where nothing was published.
  EXPECT_EQ(draft_bulletin_of_month(desk()).value(), "") << "the month is not over";
  clock_.set({clock_.now().s + std::int64_t{31} * 86'400});
  const std::string key = draft_bulletin_of_month(desk("operator", "huan/bulletin")).value();
  EXPECT_EQ(key, "bulletin." + base::format_month(day));
  const auto drafted = dossier_on_record(*store_->snapshot(), "x-nyc", key);
  ASSERT_TRUE(drafted);
  EXPECT_EQ(drafted->dossier.state, "drafted");
  EXPECT_EQ(draft_bulletin_of_month(desk()).value(), "") << "it is there";
  clock_.set({clock_.now().s + std::int64_t{31} * 86'400});
  EXPECT_EQ(draft_bulletin_of_month(desk()).value(), "") << "nothing was published since";
}

TEST_F(Draws, EvidenceStandsByItselfAndGivesAwayAnyChange) {
  draw_it();
  const auto signer = log::Signer::generate("huan/server").value();
  const auto key = signer.renamed(log_origin("x-nyc"))->verifier();
  put("dossier", "C-1",
      R"({"type":"case","about":{"kind":"place","id":"Z-1"},"title":"x","state":"opened","fields":{"day":"2026-01-01","number":"1","facts":["f"],"records":["dossier:D-1","place:Z-1"]}})");
  const auto text = evidence_bundle(*store_->snapshot(), "x-nyc", "C-1", signer);
  ASSERT_TRUE(text) << text.error().at << " " << text.error().detail;
  const auto checked = verify_bundle(*text, key);
  ASSERT_TRUE(checked) << checked.error().at << " " << checked.error().detail;
  EXPECT_EQ(checked->records, 5U);  // the case, three versions of the draw, the place
  EXPECT_FALSE(verify_bundle(*text, signer.verifier()));
  EXPECT_FALSE(verify_bundle(text->substr(0, text->rfind('\n', text->size() - 2) + 1), key));
  for (const char* part : {"works", "lottery", "03 07 11"}) {
    std::string changed = *text;
    const auto at = changed.find(part);
    ASSERT_NE(at, std::string::npos) << part;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(verify_bundle(changed, key)) << part;
  }
  EXPECT_FALSE(evidence_bundle(*store_->snapshot(), "x-nyc", "none", signer));
}

}  // namespace
}  // namespace huan::app
