// SPDX-License-Identifier: Apache-2.0
#include "huan/app/vehicle_passes.hpp"

#include <algorithm>

#include "huan/app/file_dossier.hpp"
#include "order_shelf.hpp"
#include "round_shelf.hpp"

namespace huan::app {
namespace {

using rounds::Pass;

std::string standing_of(const Pass& pass, const PassesAsked& asked) {
  if (pass.state != "listed" && pass.state != "confirmed") {
    return pass.state;
  }
  if (pass.to && *pass.to < asked.day) {
    return "expired";
  }
  if (pass.state == "confirmed") {
    return "confirmed";
  }
  if (pass.from && asked.day < *pass.from) {
    return "early";
  }
  return pass.to && pass.to->n - asked.day.n < asked.soon_days ? "expiring" : "in_force";
}

/// What is over says nothing where something newer does.
bool is_over(const PassStanding& one) {
  return one.standing == "expired" || one.standing == "revoked" || one.standing == "refused";
}

}  // namespace

PassBook pass_book(store::RegistryReading& reading, const std::string& city) {
  constexpr std::size_t kPage = 500;
  PassBook book;
  store::RegistryFilter filter;
  filter.subkind = rounds::kPassType;
  store::Page page{"", kPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, "dossier", filter, page);
    for (const store::RegistryRow& row : rows) {
      const auto dossier = data_of<registry::Dossier>(
          row, [](json::Value data) { return registry::parse_dossier(data, "/data"); });
      auto pass = dossier ? rounds::pass_of(row.key, *dossier) : base::Error{};
      if (pass) {
        book[pass->vehicle].push_back(std::move(*pass));
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return book;
}

std::vector<Pass> passes_of(const PassBook& book, const std::string& key,
                            const registry::Asset& vehicle) {
  const auto found = book.find(key);
  std::vector<Pass> all = found == book.end() ? std::vector<Pass>{} : found->second;
  for (const registry::Term& term : vehicle.passes) {
    all.push_back(
        {term.kind, key, vehicle.party, "listed", term.number, term.from, term.to, {}, {}});
  }
  return all;
}

std::vector<PassStanding> pass_standings(store::RegistryReading& reading, const std::string& city,
                                         const PassesAsked& asked) {
  const PassBook book = pass_book(reading, city);
  std::vector<PassStanding> all;
  each_registered(reading, city, "asset", "", [&](const store::RegistryRow& row) {
    const bool ours = asked.party.empty() || row.party == asked.party;
    const auto vehicle =
        row.subkind == "vehicle" && ours
            ? data_of<registry::Asset>(
                  row, [](json::Value data) { return registry::parse_asset(data, "/data"); })
            : std::nullopt;
    if (!vehicle || !vehicle->active) {
      return;
    }
    const PassStanding bare{row.key, vehicle->party, vehicle->plate, vehicle->number, {}, "none",
                            0};
    std::vector<PassStanding> own;
    for (Pass& pass : passes_of(book, row.key, *vehicle)) {
      PassStanding one = bare;
      one.standing = standing_of(pass, asked);
      one.days_left =
          rounds::in_force(pass, asked.day) && pass.to ? pass.to->n - asked.day.n + 1 : 0;
      one.pass = std::move(pass);
      own.push_back(std::move(one));
    }
    if (own.empty()) {
      own.push_back(bare);
    } else if (!std::ranges::all_of(own, is_over)) {
      std::erase_if(own, is_over);
    } else {  // the one that ended last says it
      std::ranges::stable_sort(own, std::greater<>{}, [](const PassStanding& one) {
        return one.pass.to ? one.pass.to->n : INT32_MAX;
      });
      own.resize(1);
    }
    all.insert(all.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  });
  return all;
}

}  // namespace huan::app
