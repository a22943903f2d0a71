// SPDX-License-Identifier: Apache-2.0
#include "stock.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "huan/base/assert.hpp"

namespace huan::simulator {

Pile& Stock::pile(MaterialId material) {
  for (Pile& p : piles_) {
    if (p.material == material) {
      return p;
    }
  }
  return piles_.emplace_back(Pile{material, {}, 0});
}

void Stock::add(Lot lot) {
  Pile& p = pile(lot.material);
  p.mass_g += lot.mass_g;
  mass_g_ += lot.mass_g;
  auto at = p.lots.end();
  while (at != p.lots.begin() && std::prev(at)->time_s > lot.time_s) {
    --at;
  }
  p.lots.insert(at, std::move(lot));
}

std::int64_t Stock::oldest_s() const {
  std::int64_t oldest = std::numeric_limits<std::int64_t>::max();
  for (const Pile& p : piles_) {
    if (!p.lots.empty()) {
      oldest = std::min(oldest, p.lots.front().time_s);
    }
  }
  return oldest;
}

std::int64_t Stock::mass_of(const std::function<bool(const Material&)>& wanted) const {
  std::int64_t mass = 0;
  for (const Pile& p : piles_) {
    mass += wanted(info(p.material)) ? p.mass_g : 0;
  }
  return mass;
}

std::vector<Lot> Stock::take(MaterialId material, const Order& order) {
  Pile& p = pile(material);
  std::vector<Lot> taken;
  std::int64_t room = order.mass_max_g;
  std::size_t n = 0;
  while (n < p.lots.size() && n < order.lots_max && p.lots[n].mass_g <= room) {
    room -= p.lots[n].mass_g;
    ++n;
  }
  std::move(p.lots.begin(), p.lots.begin() + static_cast<std::ptrdiff_t>(n),
            std::back_inserter(taken));
  p.lots.erase(p.lots.begin(), p.lots.begin() + static_cast<std::ptrdiff_t>(n));
  if (order.may_split && room > 0 && n < order.lots_max && !p.lots.empty()) {
    Lot& next = p.lots.front();
    if (next.pieces == 0 && !next.items && next.mass_g > room) {
      Lot part = next;
      part.mass_g = room;
      next.mass_g -= room;
      taken.push_back(std::move(part));
      room = 0;
    }
  }
  p.mass_g -= order.mass_max_g - room;
  mass_g_ -= order.mass_max_g - room;
  return taken;
}

void Stock::change(const Lot& lot, std::int64_t difference_g) {
  Pile& p = pile(lot.material);
  const auto found =
      std::find_if(p.lots.begin(), p.lots.end(), [&](const Lot& l) { return l.id == lot.id; });
  if (found == p.lots.end()) {
    if (difference_g > 0) {
      Lot back = lot;
      back.mass_g = difference_g;
      back.pieces = 0;
      add(std::move(back));
    }
    return;
  }
  const std::int64_t change = std::max(difference_g, -found->mass_g);
  found->mass_g += change;
  p.mass_g += change;
  mass_g_ += change;
  if (found->mass_g == 0) {
    p.lots.erase(found);
  }
}

std::vector<std::int64_t> shares(std::int64_t total, const std::vector<std::int64_t>& weights) {
  __extension__ using Wide = unsigned __int128;
  std::int64_t sum = 0;
  for (const std::int64_t w : weights) {
    sum += w;
  }
  HUAN_ASSERT(sum > 0);
  std::vector<std::int64_t> parts;
  std::vector<std::int64_t> rest;
  std::int64_t given = 0;
  for (const std::int64_t w : weights) {
    const Wide product = static_cast<Wide>(total) * static_cast<Wide>(w);
    parts.push_back(static_cast<std::int64_t>(product / static_cast<Wide>(sum)));
    rest.push_back(static_cast<std::int64_t>(product % static_cast<Wide>(sum)));
    given += parts.back();
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return rest[a] != rest[b] ? rest[a] > rest[b] : a < b;
  });
  for (std::size_t i = 0; given < total; ++i, ++given) {
    ++parts[order[i]];
  }
  return parts;
}

}  // namespace huan::simulator
