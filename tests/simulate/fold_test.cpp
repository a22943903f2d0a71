// SPDX-License-Identifier: Apache-2.0
// Every formula of every pack that sums the ledger, and every ledger cell of every form, against a
// fold of the raw events as they are exported: corrections resolved, each event's own legs added up
// one by one. The fold shares nothing with roll-ups, statistics and forms but the catalogue and the
// places on record.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "huan/oversight/forms.hpp"
#include "huan/oversight/standings.hpp"
#include "huan/store_sqlite/store.hpp"
#include "huan/wire_pack/rules.hpp"

namespace huan {
namespace {

using indicators::Measure;
using indicators::MeasureSource;
using Event = nlohmann::json;

constexpr const char* kCity = "130100";
constexpr std::array kPacks{"yangquan", "pingdingshan", "liaocheng", "shijiazhuang", "shanxi"};

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen((std::string{HUAN_BINARY} + " " + command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) {
    return out;
  }
  std::array<char, 1U << 16U> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    out.append(buffer.data(), n);
  }
  EXPECT_EQ(pclose(pipe), 0) << command;
  return out;
}

/// One leg of an event, as the event itself says it.
struct RawRow {
  std::string day;
  std::string place;
  std::string flow;
  std::string material;
  std::string cls;
  std::int64_t mass_g{0};
};

class RawLedger {
 public:
  RawLedger(const std::string& ndjson, store::Reading& reading) : reading_(reading) {
    std::istringstream lines(ndjson);
    for (std::string line; std::getline(lines, line);) {
      const Event record = Event::parse(line);
      if (record.contains("event")) {
        take(record);
      }
    }
    for (const auto& [id, record] : in_force_) {
      legs(record);
    }
  }
  [[nodiscard]] const std::vector<RawRow>& rows() const { return rows_; }
  [[nodiscard]] std::size_t corrected() const { return corrected_; }

 private:
  void take(const Event& record) {
    const Event& event = record.at("event");
    if (event.at("type") != "correct") {
      in_force_[event.at("id")] = record;
      return;
    }
    EXPECT_EQ(in_force_.erase(event.at("corrects")), 1U) << event;
    ++corrected_;
    if (event.contains("replacement") && !event.at("replacement").is_null()) {
      Event again = record;
      again["event"] = event.at("replacement");
      in_force_[event.at("id")] = std::move(again);
    }
  }
  [[nodiscard]] std::string material_of(const std::string& lot, const std::string& place) {
    const auto row = reading_.lot_at(kCity, lot, place);
    EXPECT_TRUE(row) << lot << " at " << place;
    return row ? row->state.material : std::string();
  }
  void legs(const Event& record) {
    const Event& event = record.at("event");
    const std::string type = event.at("type");
    RawRow row;
    row.day = event.at("time").get<std::string>().substr(0, 10);
    row.place = event.value("place", "");
    if (type == "receive") {
      row.flow = "receive";
      row.cls = event.at("from").at("origin");
      for (const Event& line : event.at("outputs")) {
        row.material = line.at("material");
        row.mass_g = line.at("mass_g");
        rows_.push_back(row);
      }
    } else if (type == "transform" || type == "sell" || type == "dispose") {
      row.flow = type == "transform" ? "in" : type;
      for (const Event& line : event.value("inputs", Event::array())) {
        row.material = material_of(line.at("lot"), row.place);
        row.mass_g = line.at("mass_g");
        rows_.push_back(row);
      }
    }
  }

  store::Reading& reading_;
  std::map<std::string, Event> in_force_;
  std::vector<RawRow> rows_;
  std::size_t corrected_{0};
};

class EveryFormula : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path{testing::TempDir()} / ("huan-fold-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    const std::string path = (folder_ / "city.db").string();
    const std::string at = " --store sqlite:" + path;
    output_of("init --pack packs/shijiazhuang" + at);
    output_of("simulate --days 9 --scale 0.004 --seed 4 --from 2025-03-24" + at);
    store_ = store_sqlite::open({.path = path, .access = store_sqlite::Access::read});
    reading_ = store_->snapshot();
    ledger_ = std::make_unique<RawLedger>(output_of("export" + at), *reading_);
    picture_ = oversight::read_city(*reading_, name_, *base::parse_day("2025-04-30"));
    rules_ = wire_pack::load("packs/shijiazhuang").value();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] const registry::Place* place(const std::string& id) const {
    const auto found = picture_.places.find(id);
    return found == picture_.places.end() ? nullptr : &found->second;
  }
  [[nodiscard]] static bool among(const std::vector<std::string>& list, std::string_view one) {
    return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
  }
  [[nodiscard]] bool counts(const Measure& m, const RawRow& row) const {
    const registry::Place* at = place(row.place);
    const bool below = m.materials.empty() ||
                       std::any_of(m.materials.begin(), m.materials.end(), [&](const auto& branch) {
                         return row.material == branch || row.material.starts_with(branch + ".");
                       });
    const bool left_out =
        std::any_of(m.not_classes.begin(), m.not_classes.end(), [&](const std::string& no) {
          return no.ends_with('*') ? row.cls.starts_with(no.substr(0, no.size() - 1))
                                   : row.cls == no;
        });
    const auto item = rules_.pack.catalogue.item(row.material, m.scheme);
    return below && !left_out && at != nullptr && among(m.flows, row.flow) &&
           among(m.classes, row.cls) && among(m.districts, at->district) &&
           among(m.place_kinds, registry::info(at->kind).code) &&
           among(m.forms, registry::name(at->form)) &&
           (m.scheme.empty() || (!item.empty() && among(m.items, item)));
  }
  /// Of a county, of a firm, or of the city.
  [[nodiscard]] static bool is_of(const registry::Place* at, const declarations::Reporter& whose) {
    switch (whose.kind) {
      case declarations::ReporterKind::district:
        return at != nullptr && at->district == whose.id;
      case declarations::ReporterKind::enterprise:
        return at != nullptr && at->operator_id == whose.id;
      default:
        return true;
    }
  }
  [[nodiscard]] std::int64_t fold(const Measure& m, const std::string& from, const std::string& to,
                                  const declarations::Reporter& whose = {
                                      declarations::ReporterKind::city, "", ""}) const {
    EXPECT_EQ(m.quantity, indicators::Quantity::mass) << "a quantity that this fold does not know";
    for (const std::string& flow : m.flows) {
      EXPECT_TRUE(among({"receive", "in", "sell", "dispose"}, flow)) << flow;
    }
    std::int64_t sum = 0;
    for (const RawRow& row : ledger_->rows()) {
      const bool here = is_of(place(row.place), whose);
      sum += here && row.day >= from && row.day <= to && counts(m, row) ? row.mass_g : 0;
    }
    return sum;
  }

  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<store::Reading> reading_;
  std::unique_ptr<RawLedger> ledger_;
  oversight::CityOnDay picture_;
  wire_pack::City rules_;
  const oversight::CityName name_{kCity, 8 * 3'600};
};

TEST_F(EveryFormula, EqualsAFoldOverTheRawEvents) {
  EXPECT_GT(ledger_->corrected(), 0U);
  int formulas = 0;
  int with_mass = 0;
  const auto compare = [&](const std::string& id, const Measure& measure) {
    if (measure.source != MeasureSource::ledger) {
      return;
    }
    ++formulas;
    for (const auto& [from, to] : {std::pair{"2025-03-01", "2025-03-31"},
                                   {"2025-03-26", "2025-04-01"},
                                   {"2025-01-01", "2025-12-31"}}) {
      const auto expected = fold(measure, from, to);
      const auto sum = oversight::sum_measure(*reading_, name_, measure, *base::parse_day(from),
                                              *base::parse_day(to));
      EXPECT_EQ(sum.value_or(0), expected) << id << " " << from << " to " << to;
      with_mass += expected > 0 ? 1 : 0;
    }
  };
  for (const char* name : kPacks) {
    const auto city = wire_pack::load(std::string("packs/") + name);
    ASSERT_TRUE(city);
    for (const indicators::Indicator& one : city->rules.indicators) {
      compare(one.id, one.formula.measure);
      if (one.formula.denominator) {
        compare(one.id + " of", *one.formula.denominator);
      }
    }
  }
  EXPECT_GE(formulas, 6);
  EXPECT_GE(with_mass, 12);
}

TEST_F(EveryFormula, AndSoDoesEveryCellOfEveryFormByCountyAndFirm) {
  const auto& rules = rules_.rules;
  oversight::FormDesk desk{
      *reading_, name_, {rules_.pack, rules.duties, rules.cells, rules.indicators}};
  int cells_seen = 0;
  int firms_seen = 0;
  int with_mass = 0;
  for (const duties::Form& form : rules.duties.forms) {
    const auto period = form.period;
    const std::string text = period == duties::Period::year      ? "2025"
                             : period == duties::Period::quarter ? "2025-Q1"
                             : period == duties::Period::month   ? "2025-03"
                                                                 : "";
    const auto term = text.empty() ? base::Result<duties::Term>(base::Error{})
                                   : desk.term(form, text, *base::parse_day("2026-01-01"));
    if (!term) {
      continue;
    }
    const auto cells = desk.cells(form);
    const auto reporters = desk.reporters(form, *term);
    const auto figures = desk.figures(form, *term, reporters);
    const std::string from = base::format_day(term->first);
    const std::string to = base::format_day(term->last);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].source != declarations::CellSource::measure ||
          cells[i].measure.source != MeasureSource::ledger) {
        continue;
      }
      ++cells_seen;
      const std::int64_t whole = fold(cells[i].measure, from, to);
      EXPECT_EQ(figures.city.at(i).value_or(0), whole) << form.row.code << " " << cells[i].code;
      with_mass += whole > 0 ? 1 : 0;
      for (const auto& reporter : reporters) {
        const std::int64_t part = fold(cells[i].measure, from, to, reporter);
        EXPECT_EQ(figures.values.at(reporter.id).at(i).value_or(0), part)
            << form.row.code << " " << cells[i].code << " " << reporter.id;
        firms_seen += reporter.kind == declarations::ReporterKind::enterprise && part > 0 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(cells_seen, 40);
  EXPECT_GT(with_mass, 20);
  EXPECT_GT(firms_seen, 100);
}

}  // namespace
}  // namespace huan
