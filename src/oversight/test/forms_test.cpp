// SPDX-License-Identifier: Apache-2.0
// Forms over a store: what is filled in equals a fold of the raw rows, county and city agree to the
// gram, due days and reporters are as the pack says.
#include "huan/oversight/forms.hpp"

#include <gtest/gtest.h>

#include <random>

#include "huan/declarations/moves.hpp"
#include "huan/declarations/reconcile.hpp"
#include "huan/oversight/credit_proposals.hpp"
#include "huan/oversight/declaration_text.hpp"
#include "small_city.hpp"

namespace huan::oversight {
namespace {

using declarations::CellRule;
using declarations::CellSource;
using declarations::ReporterKind;
using testing::SmallCity;

CellRule rule(const std::string& code, CellSource source, indicators::MeasureSource from) {
  CellRule out;
  out.code = code;
  out.zh = code;
  out.en = code;
  out.unit = *indicators::unit_from(from == indicators::MeasureSource::registry ? "个" : "吨");
  out.source = source;
  out.measure.source = from;
  return out;
}

/// Two counties and a zone, a form of counties and zones, one of firms.
class FormsTest : public ::testing::Test {
 protected:
  FormsTest() {
    city_.pack.name = "x";
    city_.pack.version = "1";
    for (const auto& [code, level] :
         {std::pair{"130102", "district"}, {"130104", "district"}, {"130171", "zone"}}) {
      registry::District district;
      district.code = code;
      district.zh = code;
      district.level = level;
      city_.pack.districts.push_back(district);
    }
    city_.pack.schemes.push_back(
        {{"ten", "十种", "ten"}, {{"steel", "废钢铁", "steel"}, {"paper", "废纸", "paper"}}, ""});
    city_.put("material", "metal", R"({"en":"metal","source":"[M]","zh":"金属"})");
    city_.put("material", "metal.steel",
              R"({"en":"steel","schemes":{"ten":"steel"},"source":"[M]","zh":"废钢"})");
    city_.put("material", "paper",
              R"({"en":"paper","schemes":{"ten":"paper"},"source":"[M]","zh":"废纸"})");
    city_.put("material", "paper.occ", R"({"en":"occ","source":"[M]","zh":"纸箱"})");
    duties_.units = {{"counties", "各县", "counties", duties::UnitKind::districts, "x"},
                     {"bureau", "局", "bureau", duties::UnitKind::authority, "x"},
                     {"firms", "企业", "firms", duties::UnitKind::enterprises, "x"}};
    duties::Form quarterly;
    quarterly.row = {"quarterly", "1", "季报", "quarterly", "", "x"};
    quarterly.period = duties::Period::quarter;
    quarterly.reporters = {"counties", "bureau"};
    quarterly.scheme = "ten";
    quarterly.due.day = 10;
    quarterly.due.reason = "month not said";
    duties::Form book = quarterly;
    book.row.code = "book";
    book.reporters = {"firms"};
    duties_.forms = {quarterly, book};
    CellRule collected = rule("collected", CellSource::measure, indicators::MeasureSource::ledger);
    collected.measure.flows = {"receive"};
    collected.each_item = true;
    CellRule all = rule("all", CellSource::total, indicators::MeasureSource::declared);
    all.unit = collected.unit;
    all.parts = {"collected"};
    CellRule stations = rule("stations", CellSource::measure, indicators::MeasureSource::registry);
    stations.measure.quantity = indicators::Quantity::number;
    stations.measure.place_kinds = {"station"};
    cells_ = {{"x", "quarterly", {collected, all, stations}}, {"x", "book", {collected, all}}};
  }

  void row(const std::string& day, const std::string& district, const std::string& firm,
           const std::string& material, std::int64_t mass_g) {
    ledger::RollupDelta delta;
    delta.day = *base::parse_day(day);
    delta.district = district;
    delta.operator_id = firm;
    delta.place = "S-" + district;
    delta.material = material;
    delta.flow = "receive";
    delta.cls = "household";
    delta.mass_g = mass_g;
    delta.count = 1;
    city_.rollup(delta);
  }
  FormBook book() { return {city_.pack, duties_, cells_, {}}; }

  SmallCity city_;
  duties::Duties duties_;
  std::vector<declarations::FormCells> cells_;
};

TEST_F(FormsTest, FilledCellsEqualAFoldAndAddUpToTheCity) {
  std::mt19937_64 random(3);
  const std::vector<std::string> days{"2025-01-01", "2025-02-14", "2025-03-31", "2025-04-01",
                                      "2024-12-31"};
  const std::vector<std::string> districts{"130102", "130104", "130171"};
  const std::vector<std::string> materials{"metal.steel", "paper.occ"};
  std::map<std::string, std::int64_t> expected;  // "district cell"
  for (int i = 0; i < 120; ++i) {
    const auto& day = days[random() % days.size()];
    const auto& district = districts[random() % districts.size()];
    const auto& material = materials[random() % materials.size()];
    const auto mass = static_cast<std::int64_t>(random() % 10'000'000);
    row(day, district, "E-" + std::to_string(random() % 2), material, mass);
    if (day >= "2025-01-01" && day <= "2025-03-31") {
      const std::string cell = material == "paper.occ" ? "collected.paper" : "collected.steel";
      expected[district + " " + cell] += mass;
      expected[district + " all"] += mass;
      expected[" " + cell] += mass;
      expected[" all"] += mass;
    }
  }
  const auto reading = city_.read();
  FormDesk desk{*reading, city_.name, book()};
  const duties::Form& form = **desk.form("quarterly");
  const auto term = *desk.term(form, "2025-Q1", {});
  const auto reporters = desk.reporters(form, term);
  ASSERT_EQ(reporters.size(), 4U);
  const auto cells = desk.cells(form);
  const FormFigures figures = desk.figures(form, term, reporters);
  std::vector<declarations::Part> parts;
  for (const auto& reporter : reporters) {
    const bool office = reporter.kind == ReporterKind::unit;
    const auto& values = figures.values.at(reporter.id);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].code != "stations") {
        EXPECT_EQ(values[i], expected[(office ? "" : reporter.id) + " " + cells[i].code]);
      }
    }
    if (!office) {
      parts.push_back({reporter.id, reporter.name, std::nullopt, values});
    }
  }
  for (const auto& sum : declarations::reconcile(cells, parts, figures.city)) {
    EXPECT_EQ(sum.difference, 0) << cells[sum.cell].code;
  }
}

TEST_F(FormsTest, FirmsReportTheirOwn) {
  city_.put("place", "S-1",
            R"({"district":"130102","kind":"station","name":"s","operator":"E-1"})");
  city_.put("party", "E-1", R"({"district":"130102","kind":"enterprise","name":"某公司"})");
  row("2025-02-01", "130102", "E-1", "paper.occ", 700);
  row("2025-02-01", "130102", "E-2", "paper.occ", 40);
  const auto reading = city_.read();
  FormDesk desk{*reading, city_.name, book()};
  const duties::Form& form = **desk.form("x.book");
  const auto term = *desk.term(form, "", *base::parse_day("2025-04-02"));
  const auto reporters = desk.reporters(form, term);
  ASSERT_EQ(reporters.size(), 1U);
  EXPECT_EQ(reporters[0].name, "某公司");
  EXPECT_EQ(desk.figures(form, term, reporters).values.at("E-1").back(), 700);
  const auto blank = desk.blank(form, term, reporters[0]);
  EXPECT_EQ(blank.party, "E-1");
  EXPECT_EQ(blank.district, "130102");
}

TEST_F(FormsTest, BeforeTheLedgerBeginsNothingIsKnown) {
  row("2025-02-01", "130102", "E-1", "paper.occ", 700);
  const auto reading = city_.read();
  FormDesk desk{*reading, city_.name, book()};
  const duties::Form& form = **desk.form("quarterly");
  const auto term = *desk.term(form, "2024-Q4", {});
  const auto figures = desk.figures(form, term, desk.reporters(form, term));
  EXPECT_FALSE(figures.values.at("130102")[0]);
  EXPECT_EQ(figures.values.at("130102").back(), 0) << "the registry counts on any day";
}

TEST_F(FormsTest, DueDaysAreTheTextsUntilTheOperatorSaysMore) {
  const auto due = [&] {
    const auto reading = city_.read();
    FormDesk desk{*reading, city_.name, book()};
    const duties::Form& form = **desk.form("quarterly");
    const auto term = *desk.term(form, "2025-Q3", {});
    return desk.blank(form, term, {ReporterKind::district, "130102", "甲"});
  };
  EXPECT_FALSE(due().due);
  EXPECT_EQ(due().due_reason, "month not said");
  city_.put("setting", "due.x.quarterly", R"({"month":1})");
  EXPECT_EQ(due().due, base::parse_day("2025-10-10"));
  EXPECT_EQ(due().due_reason, "");
  city_.put("setting", "due.x.quarterly",
            R"({"holidays":["2025-10-10"],"month":1,"move_to_working_day":true})");
  EXPECT_EQ(due().due, base::parse_day("2025-10-13")) << "past the holiday and the weekend";
}

TEST_F(FormsTest, DeclarationsOnRecordAreReadWithTheirHistory) {
  const auto write = [&](std::int64_t confirmed, declarations::State state) {
    const auto reading = city_.read();
    FormDesk desk{*reading, city_.name, book()};
    const duties::Form& form = **desk.form("quarterly");
    const auto term = *desk.term(form, "2025-Q1", {});
    auto d = desk.blank(form, term, {ReporterKind::district, "130102", "甲"});
    d.lines = {{"all", "合计", "all", "吨", 1'500'000, confirmed, "加秤", {}}};
    d.state = state;
    city_.put("declaration", declarations::key_of(d), declarations::to_json(d));
  };
  write(1, declarations::State::draft);
  write(2'000'000, declarations::State::submitted);
  const auto reading = city_.read();
  const std::string key = "x.quarterly.2025-Q1.130102";
  const auto kept = read_declaration(*reading, city_.name, key);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->version, 2);
  EXPECT_EQ(declaration_history(*reading, city_.name, key).size(), 2U);
  EXPECT_EQ(read_declarations(*reading, city_.name, "", "2025-Q1").size(), 1U);
  EXPECT_TRUE(read_declarations(*reading, city_.name, "", "2025-Q2").empty());
  const auto rows = line_rows(kept->declaration);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[1],
            (std::vector<std::string>{"all", "合计", "all", "吨", "1.5", "2", "0.5", "加秤"}));
}

TEST_F(FormsTest, WhatWasLateOrRefusedIsProposedForCreditUntilItIsEntered) {
  city_.put("place", "S-1",
            R"({"district":"130102","kind":"station","name":"s","operator":"E-1"})");
  city_.put("party", "E-1", R"({"district":"130102","kind":"enterprise","name":"某公司"})");
  const auto rule = [&](const std::string& kind) {
    duties::CreditRule out;
    out.row.code = kind;
    out.dossier = "credit_event";
    out.when_field = "kind";
    out.when = kind;
    duties_.credit_rules.push_back(out);
  };
  const auto proposed = [&](std::string_view first, std::string_view last) {
    const auto reading = city_.read();
    return propose_credit(
        *reading, city_.name, book(),
        {*base::parse_day(first), *base::parse_day(last), *base::parse_day("2025-05-02")});
  };
  const auto april = [&] { return proposed("2025-04-01", "2025-04-30"); };
  rule("late_declaration");
  EXPECT_TRUE(april().empty()) << "no due day is laid down";
  city_.put("setting", "due.x.book", R"({"month":1})");
  ASSERT_EQ(april().size(), 1U);
  EXPECT_EQ(april()[0].key, "CE.late_declaration.x.book.2025-Q1.E-1");
  EXPECT_EQ(april()[0].party, "E-1");
  EXPECT_EQ(april()[0].day, base::parse_day("2025-04-10"));
  EXPECT_EQ(april()[0].records, (std::vector<std::string>{"party:E-1", "setting:due.x.book"}));
  EXPECT_NE(april()[0].what.en.find("22 days"), std::string::npos) << april()[0].what.en;
  EXPECT_TRUE(proposed("2025-03-01", "2025-03-31").empty());
  const auto hand_in = [&](std::string_view day) {
    const auto reading = city_.read();
    FormDesk desk{*reading, city_.name, book()};
    const duties::Form& form = **desk.form("x.book");
    auto d = desk.blank(form, *desk.term(form, "2025-Q1", {}),
                        {ReporterKind::enterprise, "E-1", "某公司"});
    d.state = declarations::State::submitted;
    d.submitted = base::parse_day(day);
    city_.put("declaration", declarations::key_of(d), declarations::to_json(d));
  };
  hand_in("2025-04-12");
  EXPECT_EQ(april()[0].records[0], "declaration:x.book.2025-Q1.E-1");
  EXPECT_NE(april()[0].what.en.find("2 days late"), std::string::npos) << april()[0].what.en;
  hand_in("2025-04-10");
  EXPECT_TRUE(april().empty()) << "in time";
  hand_in("2025-04-12");
  const auto visited = [&](const std::string& result) {
    city_.put("dossier", "D-1:1",
              R"({"about":{"id":"S-1","kind":"place"},"fields":{"refusal":"甲见证","result":")" +
                  result +
                  R"(","visited":"2025-04-03"},"party":"E-1","state":"signed_without",)"
                  R"("title":"s","type":"inspection"})");
  };
  visited("wanting");
  EXPECT_EQ(april().size(), 1U) << "no rule of the pack names refusals";
  rule("refusal");
  ASSERT_EQ(april().size(), 2U);
  EXPECT_EQ(april()[1].records, std::vector<std::string>{"dossier:D-1:1"});
  EXPECT_EQ(april()[1].what.zh.find("甲"), std::string::npos) << "no witness is copied";
  const auto enter = [&](const std::string& key, const std::string& fields) {
    city_.put("dossier", key,
              R"({"about":{"id":"E-1","kind":"enterprise"},"fields":)" + fields +
                  R"(,"party":"E-1","state":"noted","title":"s","type":"credit_event"})");
  };
  enter("CE-typed", R"({"kind":"refusal","records":["dossier:D-1:1"]})");
  EXPECT_EQ(april().size(), 1U) << "typed by hand under another key";
  const auto typed = [&](const std::string& day, const std::string& what,
                         const std::string& records) {
    enter("CE-late", R"({"day":")" + day + R"(","kind":"late_declaration","records":[)" + records +
                         R"(],"what":")" + what + R"("})");
    return april().size();
  };
  EXPECT_EQ(typed("2025-04-11", "逾期申报", R"("party:E-1")"), 0U) << "the only form then";
  EXPECT_EQ(typed("2025-03-11", "逾期申报", R"("party:E-1")"), 1U) << "before it was due";
  EXPECT_EQ(typed("2025-08-11", "", R"("declaration:x.book.2025-Q1.E-1")"), 0U)
      << "it names the declaration";
  EXPECT_EQ(typed("2025-04-11", "", R"("declaration:x.book.2024-Q4.E-1")"), 1U) << "another term";
  EXPECT_EQ(april()[0].size, 2) << "days late";
  enter(april()[0].key, R"({"kind":"late_declaration"})");
  EXPECT_TRUE(april().empty());
}

TEST_F(FormsTest, FiguresAreReadInTheCellsUnit) {
  declarations::Declaration d;
  d.lines = {{"all", "合计", "all", "吨", {}, {}, "", {}}};
  EXPECT_EQ(confirmation_of(d, "all", "12.5", "")->value, 12'500'000);
  EXPECT_EQ(confirmation_of(d, "all", "12,5", "").error().code, base::ErrorCode::bad_number);
  EXPECT_EQ(confirmation_of(d, "none", "1", "").error().at, "/cells/none");
  EXPECT_FALSE(confirmation_of(d, "all", "", "why")->value);
}

}  // namespace
}  // namespace huan::oversight
