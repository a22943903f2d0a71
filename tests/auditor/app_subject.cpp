// SPDX-License-Identifier: Apache-2.0
#include "app_subject.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "describe.hpp"
#include "huan/app/recorder.hpp"
#include "huan/app/sum_events.hpp"
#include "huan/app/verify.hpp"

namespace huan::auditor {
namespace {

constexpr const char* kCity = "130100";

class CountedIds final : public base::IdSource {
 public:
  base::Uuid next() override { return base::make_uuid_v7(1'700'000'000'000, 7, ++n_); }

 private:
  std::uint64_t n_{0};
};

/// What events add to the statistics, one by one, is what the roll-ups say.
std::string parts_differ(store::Reading& reading) {
  std::map<std::string, std::array<std::int64_t, 4>> sums;
  const auto add = [&](const auto& row, std::int64_t sign) {
    auto& sum = sums[base::format_day(row.day) + " " + row.place + " " + row.operator_id + " " +
                     row.district + " " + row.material + " " + row.flow + " " + row.cls];
    const std::array<std::int64_t, 4> amounts{row.mass_g, row.pieces, row.money_fen, row.count};
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      sum.at(i) += sign * amounts.at(i);
    }
    return true;
  };
  std::vector<store::Record> records;
  reading.records(kCity, {}, [&](const store::RecordView& record) {
    records.emplace_back(record);
    return true;
  });
  for (const store::Record& record : records) {
    static_cast<void>(
        app::sum_part(reading, kCity, record, [&](const auto& row) { return add(row, 1); }));
  }
  reading.rollup_days(kCity, [&](const store::StatisticsRow& row) { return add(row, -1); });
  for (const auto& [row, sum] : sums) {
    if (sum != std::array<std::int64_t, 4>{}) {
      return "events do not add up to the row " + row + "\n";
    }
  }
  return "";
}

/// The world as registry records.
std::vector<app::RegistryPut> records_of(const World& world) {
  std::vector<app::RegistryPut> puts;
  const std::string early = rfc3339(world.start - 400 * 86'400);
  const auto put = [&](const char* kind, const std::string& key, const Json& data,
                       const std::string& time) {
    puts.push_back({kind, key, data.dump(), "", time, -1});
  };
  for (const auto& [id, party] : world.parties) {
    Json data{{"kind", "enterprise"}, {"name", id}, {"qualifications", Json::array()}};
    for (const std::string& kind : party.qualifications) {
      data["qualifications"].push_back({{"kind", kind}, {"number", "N-1"}});
    }
    if (!party.destination.empty()) {
      data["destination"] = party.destination;
    }
    put("party", id, data, rfc3339(party.span.from));
    if (party.span.ended < INT64_MAX) {
      data["status"] = "ended";
      put("party", id, data, rfc3339(party.span.ended));
    }
  }
  for (const auto& [code, material] : world.materials) {
    const std::string branch = code.substr(0, code.find('.'));
    put("material", branch, {{"zh", branch}, {"en", branch}}, early);
    Json data{{"zh", code},
              {"en", code},
              {"prohibited", material.prohibited},
              {"tolerance",
               {{"per_mille", material.tolerance_permille}, {"absolute_g", material.tolerance_g}}}};
    if (!material.needs.empty()) {
      data["requires"] = {material.needs};
    }
    put("material", code, data, early);
  }
  for (const auto& [id, versions] : world.places) {
    for (const PlaceVersion& version : versions) {
      Json data{{"kind", "smart-bin"},
                {"name", id},
                {"district", version.district},
                {"status", version.state}};
      if (!version.operator_id.empty()) {
        data["operator"] = version.operator_id;
      }
      if (const auto only = world.takes_only.find(id); only != world.takes_only.end()) {
        data["materials"] = only->second;
      }
      put("place", id, data, rfc3339(version.from));
    }
  }
  for (const auto& [id, span] : world.vehicles) {
    Json data{{"kind", "vehicle"}, {"plate", "冀A12345"}};
    put("asset", id, data, rfc3339(span.from));
    if (span.ended < INT64_MAX) {
      data["status"] = "ended";
      put("asset", id, data, rfc3339(span.ended));
    }
  }
  for (const auto& [lot, from] : world.held_from) {
    put("hold", lot, {{"reason", "inspection"}}, rfc3339(from));
  }
  return puts;
}

Reply reply_of(const app::Outcome& outcome) {
  if (outcome.status == app::Status::refused) {
    return {"refused", std::string{base::name(outcome.error.code)}, outcome.error.at, {}};
  }
  Reply reply{std::string{app::name(outcome.status)}, "", "", {}};
  for (const ledger::Raised& raised : outcome.raised) {
    reply.raised.push_back(raised.code);
  }
  return reply;
}

class AppSubject final : public Subject {
 public:
  AppSubject(const World& world, const AppOptions& options)
      : options_(options), shelf_(options.shelf()), clock_({world.start}) {
    {
      auto transaction = shelf_->store().begin("");
      transaction->city({kCity, world.offset_s, "city", "test"});
      transaction->commit();
    }
    setting_ = {kCity, world.offset_s, world.tolerance_s};
    open();
    const auto puts = records_of(world);
    write([&](app::CityWriter& writer) {
      for (const app::RegistryPut& put : puts) {
        const app::Outcome outcome = writer.put(put, {"auditor"});
        if (outcome.status != app::Status::posted) {
          throw std::runtime_error(put.kind + " " + put.key + ": " +
                                   base::describe(outcome.error, base::Language::en));
        }
      }
      return true;
    });
  }

  std::vector<Reply> post(const std::vector<std::string>& texts, bool each,
                          std::int64_t now) override {
    clock_.set({now});
    std::vector<app::PreparedEvent> events;
    for (const std::string& text : texts) {
      events.push_back(app::prepare(text));
    }
    ++posts_;
    if (options_.faults && posts_ % 7 == 0) {
      break_off(events, each);
    }
    if (options_.faults && posts_ % 11 == 0 && shelf_->reopen()) {
      open();
    }
    app::BatchResult result;
    write([&](app::CityWriter& writer) {
      result =
          app::post_batch(writer, events, each ? app::Mode::each : app::Mode::atomic, {"auditor"});
      return result.kept;
    });
    std::vector<Reply> replies;
    for (const app::Outcome& outcome : result.outcomes) {
      replies.push_back(reply_of(outcome));
    }
    return replies;
  }

  Dump dump() override {
    Dump dump;
    Sums sums;
    const auto reading = shelf_->store().snapshot();
    reading->legs(kCity, {}, [&](const store::LegView& l) {
      sums.add({{l.kind, std::string{l.a}, std::string{l.b}},
                l.unit,
                l.amount,
                std::string{l.material},
                l.cls,
                l.day});
      return true;
    });
    const auto row_of = [](const store::StatisticsRow& r) {
      return ledger::RollupDelta{r.day, r.place,  r.operator_id, r.district,  r.material, r.flow,
                                 r.cls, r.mass_g, r.pieces,      r.money_fen, r.count};
    };
    reading->rollup_days(kCity, [&](const store::StatisticsRow& row) {
      sums.add_day(std::to_string(row.day.n), row_of(row));
      return true;
    });
    reading->rollup_months(kCity, [&](const store::StatisticsRow& row) {
      sums.add_month(base::format_month(row.day), row_of(row));
      return true;
    });
    sums.write(dump);
    dump_state(*reading, dump);
    return dump;
  }

  std::string broken() override {
    const auto reading = shelf_->store().snapshot();
    Sums sums;
    const store::Seq last = reading->last(kCity).seq;
    for (store::Seq seq = 1; seq <= last; ++seq) {
      const auto legs = reading->legs(kCity, seq);
      if (auto why = Sums::unbalanced(legs); !why.empty()) {
        return why;
      }
      for (const ledger::Leg& leg : legs) {
        sums.add(leg);
      }
      if (auto why = sums.negative(); !why.empty()) {
        return why;
      }
    }
    if (!options_.verify) {
      return "";
    }
    const app::VerifyReport report = app::verify(shelf_->store(), {});
    std::string text = report.ok ? "" : "verify is not ok\n";
    text += parts_differ(*reading);
    for (const app::Difference& difference : report.differences) {
      text += "verify: record " + std::to_string(difference.seq) + ": " + difference.what + "\n";
    }
    return text;
  }

 private:
  void open() { writer_ = std::make_unique<app::CityWriter>(setting_, clock_, ids_); }

  void write(const std::function<bool(app::CityWriter&)>& work) {
    auto transaction = shelf_->store().begin(kCity);
    writer_->enter(*transaction);
    writer_->savepoint();
    if (work(*writer_)) {
      writer_->release();
    } else {
      writer_->rollback();
    }
    writer_->leave();
    transaction->commit();
  }

  /// All is written but nothing committed: as if the power had failed.
  void break_off(const std::vector<app::PreparedEvent>& events, bool each) {
    {
      auto transaction = shelf_->store().begin(kCity);
      writer_->enter(*transaction);
      writer_->savepoint();
      static_cast<void>(app::post_batch(*writer_, events,
                                        each ? app::Mode::each : app::Mode::atomic, {"auditor"}));
      writer_->release();
      writer_->leave();
    }
    writer_->forget();
  }

  static void dump_state(store::Reading& reading, Dump& dump) {
    reading.all_lots(kCity, [&](const store::LotRow& row) {
      describe_lot(row.state, row.current, dump);
      return true;
    });
    reading.all_lines(kCity, [&](std::string_view shipment, const ledger::LineState& line) {
      describe_line(std::string{shipment}, line, dump);
      return true;
    });
    reading.all_shipments(kCity, [&](const store::ShipmentRow& row) {
      describe_shipment(row.shipment, row.state, dump);
      return true;
    });
    reading.all_runs(kCity, [&](const store::RunRow& row) {
      describe_run(row.run, row.state, dump);
      return true;
    });
    reading.all_items(kCity, [&](const store::ItemRow& row) {
      dump["item " + row.code] = row.lot;
      return true;
    });
    reading.balances(kCity, [&](const store::Balance& balance) {
      const bool points =
          balance.account.kind == ledger::AccountKind::party && balance.unit == ledger::Unit::point;
      if (points && balance.amount != 0) {
        dump["raw " + describe(balance.account, balance.unit)] = std::to_string(balance.amount);
      }
      return true;
    });
  }

  AppOptions options_;
  std::unique_ptr<Shelf> shelf_;
  base::ManualClock clock_;
  CountedIds ids_;
  app::CitySetting setting_;
  std::unique_ptr<app::CityWriter> writer_;
  int posts_{0};
};

}  // namespace

MakeSubject app_subject(AppOptions options) {
  return [options](const World& world) { return std::make_unique<AppSubject>(world, options); };
}

}  // namespace huan::auditor
