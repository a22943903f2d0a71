// SPDX-License-Identifier: Apache-2.0
#include "huan/app/verify.hpp"

#include <fmt/core.h>

#include "huan/base/text.hpp"
#include "huan/json/writer.hpp"
#include "huan/ledger/account.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

void write_json(const app::VerifyReport& report) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("complete", report.complete).key("differences").begin_array();
  for (const app::Difference& d : report.differences) {
    w.begin_object().member("city", d.city).member("seq", static_cast<std::int64_t>(d.seq));
    w.member("what", d.what).end_object();
  }
  w.end_array()
      .member("events", static_cast<std::int64_t>(report.events))
      .key("imbalances")
      .begin_array();
  for (const store::ImbalanceRow& row : report.imbalances) {
    w.begin_object().member("account", ledger::describe(row.account)).member("amount", -row.amount);
    w.member("unit", std::string{ledger::name(row.unit)}).end_object();
  }
  w.end_array()
      .member("ok", report.ok)
      .member("records", static_cast<std::int64_t>(report.records));
  w.key("roots").begin_object();
  for (const app::CityRoot& root : report.roots) {
    w.key(root.city).begin_object().member("root", root.root);
    w.member("size", static_cast<std::int64_t>(root.size)).end_object();
  }
  w.end_object().member("shares", static_cast<std::int64_t>(report.shares)).end_object();
  fmt::print("{}\n", out);
}

void print_report(const app::VerifyReport& report) {
  for (const app::Difference& d : report.differences) {
    fmt::print("{} record {}: {}\n", d.city, d.seq, d.what);
  }
  for (const app::CityRoot& root : report.roots) {
    fmt::print("{}: {} records, root {}\n", root.city, root.size, root.root);
  }
  for (const store::ImbalanceRow& row : report.imbalances) {
    fmt::print("open imbalance: {} {} {}\n", ledger::describe(row.account), -row.amount,
               ledger::name(row.unit));
  }
  fmt::print("{}\n", report.ok ? "ok: everything kept follows from the records" : "NOT ok");
}

int verify(const Common& common, const std::string& shares) {
  const auto store = common.open(Open::read);
  Progress progress{"verify"};
  app::VerifyOptions options;
  if (shares == "all") {
    options.shares = app::kAllShares;
  } else {
    const auto n = base::parse_integer(shares);
    if (!n || *n < 0) {
      throw CLI::ValidationError("--shares", "a number or `all` is expected");
    }
    options.shares = static_cast<std::uint64_t>(*n);
  }
  options.progress = [&](std::uint64_t done, std::uint64_t all) {
    progress.at(done, all);
    return true;
  };
  const app::VerifyReport report = app::verify(*store, options);
  if (common.json) {
    write_json(report);
  } else {
    print_report(report);
  }
  return report.ok ? kDone : kWanting;
}

}  // namespace

void add_verify(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "verify", "derive everything again from the records and compare");
  auto shares = std::make_shared<std::string>("100");
  one->add_option("--shares", *shares, "how many lots' shares to add up, or `all`")
      ->capture_default_str();
  one->callback(
      [&common, &verb, shares] { verb = [&common, shares] { return verify(common, *shares); }; });
}

}  // namespace huan::cli
