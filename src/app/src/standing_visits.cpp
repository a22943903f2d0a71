// SPDX-License-Identifier: Apache-2.0
// Standing contracts 定点定时: the visits of a day as orders, and which were missed.
#include <algorithm>
#include <set>

#include "huan/crypto/digest.hpp"
#include "missed_visits.hpp"
#include "order_shelf.hpp"

namespace huan::app {
namespace {

using booking::State;
using registry::Contract;

constexpr std::size_t kContractsPage = 500;
constexpr const char* kAnything = "mixed";  // where a contract names no kind

struct KeptContract {
  std::string key;
  Contract contract;
};

std::vector<KeptContract> contracts_of(store::RegistryReading& reading, const std::string& city) {
  std::vector<KeptContract> contracts;
  store::Page page{"", kContractsPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, "contract", {}, page);
    for (const store::RegistryRow& row : rows) {
      auto contract = data_of<Contract>(
          row, [](json::Value data) { return registry::parse_contract(data, "/data"); });
      if (contract) {
        contracts.push_back({row.key, std::move(*contract)});
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return contracts;
}

bool in_term(const Contract& contract, base::Day day) {
  return (!contract.from || *contract.from <= day) && (!contract.to || day <= *contract.to);
}

OrderRequest request_of(const std::string& city, const KeptContract& kept,
                        const booking::Slot& slot) {
  OrderRequest request;
  request.city = city;
  request.id = base::make_uuid_v8(crypto::sha256("visit " + city + " " + kept.key + " " +
                                                 base::format_day(slot.day) + " " +
                                                 booking::clock_text(slot.from_min)))
                   .text();
  request.customer = kept.contract.party;
  request.order.channel = "contract";
  request.order.contract = kept.key;
  request.order.place = kept.contract.place;
  request.order.slot = slot;
  for (const std::string& material : kept.contract.materials) {
    request.order.lines.push_back({material, {}, {}, ""});
  }
  if (request.order.lines.empty()) {
    request.order.lines.push_back({kAnything, {}, {}, ""});
  }
  return request;
}

constexpr std::int64_t kFirstOrder = 1'001;
constexpr std::int64_t kLatestLooked = 60;

std::string numbered_key(const std::string& customer, std::int64_t n) {
  return customer + "-" + std::to_string(kFirstOrder + n);
}

/// They are numbered without a gap: found in the logarithm of their number.
std::int64_t orders_count(store::RegistryReading& reading, const std::string& city,
                          const std::string& customer) {
  const auto has = [&](std::int64_t n) {
    return reading.registered(city, "order", numbered_key(customer, n)).has_value();
  };
  std::int64_t above = 1;
  while (has(above - 1)) {
    above *= 2;
  }
  std::int64_t count = above / 2;
  for (std::int64_t step = above / 4; step > 0; step /= 2) {
    count += has(count + step - 1) ? step : 0;
  }
  return count;
}

std::optional<KeptOrder> make_visit(const OrderParts& parts, OrderRequest request,
                                    const Principal& by, StandingVisits& out) {
  request.by = by;
  const std::string contract = request.order.contract;
  const auto kept = book_order(parts, std::move(request));
  if (!kept) {
    out.refused.push_back(contract + ": " + base::describe(kept.error(), base::Language::en));
    return std::nullopt;
  }
  const bool is_new = kept->version == 1 && kept->time == parts.clock.now();
  out.made += is_new ? 1 : 0;
  return *kept;
}

}  // namespace

StandingVisits standing_visits(const OrderParts& parts, const store::CityRow& city, base::Day day,
                               const Principal& by) {
  StandingVisits out;
  std::vector<OrderRequest> due;
  const auto service = [&] {
    std::optional<booking::Service> found;
    parts.recorder.run(city.city, 1, [&](CityWriter& writer) {
      found = service_of(writer.reading(), city.city, "");
      for (const KeptContract& kept : contracts_of(writer.reading(), city.city)) {
        for (const registry::OpeningHours& visit : kept.contract.visits) {
          const bool on_day =
              ((visit.days >> static_cast<unsigned>(booking::weekday_of(day))) & 1U) != 0;
          if (on_day && in_term(kept.contract, day)) {
            due.push_back(request_of(city.city, kept, {day, visit.from_min, visit.to_min}));
          }
        }
      }
      return false;
    });
    return found;
  }();
  const bool is_holiday =
      service && std::ranges::find(service->closed, day) != service->closed.end();
  std::vector<KeptOrder> made;
  for (OrderRequest& request : due) {
    if (is_holiday) {
      ++out.off;
    } else if (auto kept = make_visit(parts, std::move(request), by, out)) {
      made.push_back(std::move(*kept));
    }
  }
  const base::Day today = base::day_of(parts.clock.now(), city.offset_s);
  std::vector<KeptOrder> all;
  parts.recorder.run(city.city, 1, [&](CityWriter& writer) {
    all = orders_of_day(writer.reading(), city.city, day);
    return false;
  });
  for (KeptOrder& kept : made) {  // what was missed or called off is in no slot any more
    if (std::ranges::find(all, kept.key, &KeptOrder::key) == all.end()) {
      all.push_back(std::move(kept));
    }
  }
  for (KeptOrder& kept : all) {
    const bool waits = kept.order.state == State::booked || kept.order.state == State::planned;
    if (kept.order.channel != "contract") {
      continue;
    }
    if (waits && day < today) {
      OrderMove move;
      move.city = city.city;
      move.key = kept.key;
      move.to = State::missed;
      move.mover = booking::Mover::desk;
      move.by = by;
      if (auto moved = move_order(parts, move)) {
        kept = std::move(*moved);
      }
    }
    out.visits.push_back(std::move(kept));
  }
  return out;
}

std::vector<KeptOrder> missed_visits(store::RegistryReading& reading, const std::string& city,
                                     base::Day from, base::Day to) {
  std::set<std::string> parties;
  for (const KeptContract& kept : contracts_of(reading, city)) {
    parties.insert(kept.contract.party);
  }
  std::vector<KeptOrder> missed;
  for (const std::string& party : parties) {
    const std::int64_t count = orders_count(reading, city, party);
    for (std::int64_t n = std::max<std::int64_t>(0, count - kLatestLooked); n < count; ++n) {
      auto kept = order_on_record(reading, city, numbered_key(party, n));
      if (kept && kept->order.channel == "contract" && kept->order.state == State::missed &&
          from <= kept->order.slot.day && kept->order.slot.day <= to) {
        missed.push_back(std::move(*kept));
      }
    }
  }
  return missed;
}

}  // namespace huan::app
