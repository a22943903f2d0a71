// SPDX-License-Identifier: Apache-2.0
// What it takes to ask whether a seller is within the limit, and to issue an invoice in reverse: on
// a store where each person sells as several parties and has sold for years.
#include "huan/app/invoices.hpp"

#include <algorithm>
#include <array>

#include "benches.hpp"
#include "huan/app/init_city.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/invoicing/turnover.hpp"
#include "huan/vault/field.hpp"
#include "huan/wire_pack/rules.hpp"
#include "machine.hpp"

namespace huan::bench {
namespace {

constexpr int kPersons = 300;
constexpr int kPartiesEach = 3;
constexpr int kMonthsBack = 36;
constexpr std::int64_t kMonthFen = 10'000'000;
constexpr std::int64_t kSellerNumberFirst = 100;
constexpr double kQuotaBoundMs = 1;
constexpr double kMilliseconds = 1'000;

/// GB 11643: a number of somebody born on 1 January 1980.
std::string id_number(int n) {
  constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  std::string text =
      "11010519800101" + std::to_string(kSellerNumberFirst + n);  // three digits of a serial
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    sum += kWeights[i] * (text[i] - '0');
  }
  return text + "10X98765432"[sum % 11];
}

class InvoicesBench {
 public:
  InvoicesBench(const Bench& bench, wire_pack::City rules)
      : rules_(std::move(rules)),
        city_(rules_.pack.city.code),
        store_(bench.parts.open_store(bench.folder + "/invoices.db")),
        recorder_(*store_, clock_, ids_),
        personal_(
            app::Personal::open({recorder_, bench.parts.vaults, clock_}, crypto::Key::generate())
                .value()) {}

  base::Result<Report> run() {
    HUAN_TRY(init, app::init_city(recorder_, rules_.pack, {}));
    report_.figures.push_back({"records_before", static_cast<double>(init.recorded)});
    HUAN_CHECK(people());
    HUAN_CHECK(ask_for_room());
    HUAN_CHECK(issue());
    return std::move(report_);
  }

 private:
  static std::string seller(int person, int party) {
    return "P-" + std::to_string(person) + "-" + std::to_string(party);
  }

  base::Result<void> put(const char* kind, const std::string& key, const std::string& data) {
    app::RegistryPut one;
    one.kind = kind;
    one.key = key;
    one.data = data;
    one.time = "2025-01-01T00:00:00Z";
    const auto outcome = recorder_.put(city_, one, {"bench"});
    return outcome.status == app::Status::posted ? base::Result<void>() : outcome.error;
  }

  base::Result<void> people() {
    HUAN_CHECK(put(
        "party", "B-1",
        R"({"kind":"enterprise","name":"firm","qualifications":[{"kind":"commerce_filing","number":"1","from":"2020-01-01"}]})"));
    HUAN_CHECK(put("place", "W-1",
                   R"({"kind":"station","name":"station","district":")" +
                       rules_.pack.districts.front().code +
                       R"(","operator":"B-1","status":"active"})"));
    HUAN_CHECK(put(
        "dossier", "right",
        R"({"about":{"id":"B-1","kind":"enterprise"},"evidence":[{"source":"form"}],"fields":{"method":"simple"},"from":"2025-01-01","party":"B-1","state":"granted","type":"invoicing_right"})"));
    invoicing::Turnover sold;
    for (int back = 1; back <= kMonthsBack; ++back) {
      sold.add(invoicing::month_of(today()) + -back, base::Money{kMonthFen});
    }
    for (int person = 0; person < kPersons; ++person) {
      for (int party = 0; party < kPartiesEach; ++party) {
        HUAN_CHECK(put("party", seller(person, party), R"({"kind":"natural_person"})"));
        app::PersonalPut what;
        what.values = {{vault::Field::id_number, id_number(person)}};
        HUAN_TRY(done, personal_->put({"bench", "bench"}, {city_, seller(person, party)}, what));
        static_cast<void>(done);
      }
      HUAN_CHECK(put(
          "dossier", "consent.B-1." + seller(person, 0),
          R"({"about":{"id":")" + seller(person, 0) +
              R"(","kind":"person"},"evidence":[{"source":"paper"}],"from":"2025-01-01","party":"B-1","state":"given","type":"invoice_consent"})"));
    }
    recorder_.run(city_, 1, [&](app::CityWriter& writer) {
      for (int person = 0; person < kPersons; ++person) {
        for (int party = 0; party < kPartiesEach; ++party) {
          writer.transaction().setting("reverse_invoiced/" + seller(person, party), sold.text());
        }
      }
      return true;
    });
    return {};
  }

  [[nodiscard]] base::Day today() { return base::day_of(clock_.now(), rules_.pack.utc_offset_s); }

  base::Result<void> ask_for_room() {
    std::vector<double> cpu_ms;
    const auto snapshot = store_->snapshot();
    for (int person = 0; person < kPersons; ++person) {
      const Watch watch;
      HUAN_TRY(room, app::seller_room(*snapshot, *personal_, {city_, seller(person, 0)},
                                      rules_.rules.invoicing, today()));
      cpu_ms.push_back(watch.cpu() * kMilliseconds);
      // eleven months before this one, three parties
      if (room.room.used != base::Money{11 * kMonthFen * kPartiesEach}) {
        report_.wrong.emplace_back("the sum over a person's parties and months is another");
      }
    }
    std::sort(cpu_ms.begin(), cpu_ms.end());
    const double p99 = cpu_ms[cpu_ms.size() * 99 / 100];
    report_.figures.push_back({"quota_check_cpu_ms", median(cpu_ms)});
    report_.figures.push_back({"quota_check_p99_cpu_ms", p99});
    report_.ratios.push_back({"quota_check_p99_cpu_ms", p99, kQuotaBoundMs, false});
    return {};
  }

  std::string bought(int person) {
    return R"({"from":{"origin":"household","party":")" + seller(person, 0) + R"("},"id":")" +
           ids_.next().text() +
           R"(","outputs":[{"mass_g":1000,"material":"paper.occ","per":"kg","price_fen":101}],"place":"W-1","time":")" +
           base::format_time({clock_.now().s - 1}, rules_.pack.utc_offset_s) +
           R"(","type":"receive"})";
  }

  base::Result<void> issue() {
    invoicing::SimulatedGateway gateway;
    app::Invoices invoices({recorder_, *personal_, clock_, gateway}, rules_.rules.invoicing,
                           "bench");
    std::vector<double> cpu_ms;
    std::vector<double> wall_ms;
    for (int person = 0; person < kPersons; ++person) {
      std::vector<app::PreparedEvent> one;
      one.push_back(app::prepare(bought(person)));
      const std::string id = one.front().id;
      const auto posted = recorder_.post(city_, std::move(one), app::Mode::atomic, {"bench"});
      if (!posted.kept) {
        return posted.outcomes.front().error;
      }
      app::InvoiceAsk ask;
      ask.city = city_;
      ask.key = "I-" + std::to_string(person);
      ask.buyer = "B-1";
      ask.events = {id};
      ask.by = {"bench"};
      const Watch watch;
      HUAN_TRY(kept, invoices.request(ask));
      cpu_ms.push_back(watch.cpu() * kMilliseconds);
      wall_ms.push_back(watch.wall() * kMilliseconds);
      if (kept.invoice.state != invoicing::State::issued) {
        report_.wrong.emplace_back("an invoice was not issued");
      }
    }
    report_.figures.push_back({"invoices", static_cast<double>(gateway.issued())});
    report_.figures.push_back({"invoice_cpu_ms", median(cpu_ms)});
    report_.figures.push_back({"invoice_wall_ms", median(wall_ms)});
    return {};
  }

  wire_pack::City rules_;
  std::string city_;
  std::unique_ptr<store::Store> store_;
  base::SystemClock clock_;
  crypto::SystemIdSource ids_;
  app::Recorder recorder_;
  std::unique_ptr<app::Personal> personal_;
  Report report_;
};

}  // namespace

base::Result<Report> bench_invoices(const Bench& bench) {
  HUAN_TRY(rules, wire_pack::load(bench.options.pack));
  return InvoicesBench(bench, std::move(rules)).run();
}

}  // namespace huan::bench
