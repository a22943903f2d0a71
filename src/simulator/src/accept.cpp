// SPDX-License-Identifier: Apache-2.0
// 接收: what arrives is weighed again, on a coarser scale; a part may be refused and goes back.
#include <algorithm>

#include "flows.hpp"

namespace huan::simulator {
namespace {

constexpr std::int64_t kCoarseG = 10'000;
constexpr std::int64_t kFineG = 100;

/// The other end's scale: ±0.35 %, now and then much more.
std::int64_t noisy(World& world, SiteId site, std::int64_t mass_g) {
  Random& random = world.random;
  const std::int64_t scale_ppm =
      world.commits(site, Fraud::short_scale) ? -world.of_fraud(20'000) : 0;
  const std::int64_t ppm = scale_ppm + (random.chance(8) ? random.between(-50'000, 20'000)
                                                         : random.between(-3'500, 3'000));
  return std::max<std::int64_t>(1, mass_g + mass_g * ppm / 1'000'000);
}

struct Part {
  MaterialId material{};
  std::int64_t accepted_g{0};
  std::int64_t refused_g{0};
  std::int64_t shipped_g{0};
  std::int64_t pieces{0};
  bool items{false};
};

/// By material, in the order of the lines.
std::vector<Part> by_material(const std::vector<Lot>& lines) {
  std::vector<Part> parts;
  for (const Lot& line : lines) {
    auto part = std::find_if(parts.begin(), parts.end(),
                             [&](const Part& p) { return p.material == line.material; });
    if (part == parts.end()) {
      part = parts.insert(part, Part{line.material, 0, 0, 0, 0, false});
    }
    part->shipped_g += line.mass_g;
    part->pieces += line.pieces;
    part->items = part->items || line.items;
  }
  return parts;
}

class Arrival {
 public:
  Arrival(World& world, Shipment shipment)
      : world_(world), shipment_(std::move(shipment)), parts_(by_material(shipment_.lines)) {
    plain_ = std::all_of(parts_.begin(), parts_.end(),
                         [](const Part& p) { return p.pieces == 0 && !p.items; });
    for (const Part& part : parts_) {
      shipped_g_ += part.shipped_g;
    }
  }

  void take_in() {
    time_s_ = world_.time_at(shipment_.to, world_.now_s);
    const Site& site = world_.site(shipment_.to);
    const bool truck_scale = site.interval_g >= kCoarseG && shipped_g_ >= 1'500'000;
    if (truck_scale && world_.random.chance(700)) {
      by_total();
    } else if (shipment_.lines.size() <= 12 && plain_ && world_.random.chance(400)) {
      by_line();
    } else {
      by_kind();
    }
    if (world_.random.rare(1'500)) {
      again_by_mistake();
    }
  }

 private:
  Lot lot(std::string id, const Part& part) const {
    return {std::move(id), part.material, part.accepted_g, part.pieces, part.items, time_s_};
  }
  void by_total();
  void by_kind();
  void by_line();
  void some_lines(std::size_t from, std::size_t to, bool final);
  void send_back(const std::string& accept_id);
  void again_by_mistake();

  World& world_;
  Shipment shipment_;
  std::vector<Part> parts_;
  std::int64_t shipped_g_{0};
  bool plain_{true};
  std::int64_t time_s_{0};
};

void Arrival::by_total() {
  const Site& site = world_.site(shipment_.to);
  Random& random = world_.random;
  const std::int64_t total = round_to(noisy(world_, shipment_.to, shipped_g_), site.interval_g);
  const bool refuses = plain_ && random.chance(15);
  const std::int64_t back =
      refuses ? round_to(total * random.between(50, 200) / 1'000, site.interval_g) : 0;
  json::Writer w = world_.begin("accept", shipment_.to, time_s_);
  const std::string accept_id = world_.id();
  w.member("shipment", shipment_.id).member("total_g", total);
  if (refuses) {
    w.member("refused_g", back);
  }
  const std::int64_t tare = random.between(90, 600) * 20'000;
  w.key("weighings").begin_array().begin_object();
  w.member("gross_g", total + tare).member("scale", site.scale).member("stable", true);
  w.member("tare_g", tare).end_object().end_array();
  world_.send(w);

  // The ledger splits the total over the lines as they are on record: by name.
  std::vector<Lot>& lines = shipment_.lines;
  std::sort(lines.begin(), lines.end(), [](const Lot& a, const Lot& b) { return a.id < b.id; });
  std::vector<std::int64_t> weights;
  weights.reserve(lines.size());
  for (const Lot& line : lines) {
    weights.push_back(line.mass_g);
  }
  const auto taken = shares(total, weights);
  const auto refused = refuses ? shares(back, taken) : std::vector<std::int64_t>(taken.size(), 0);
  parts_ = by_material(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Part& part = *std::find_if(parts_.begin(), parts_.end(),
                               [&](const Part& p) { return p.material == lines[i].material; });
    part.accepted_g += taken[i] - refused[i];
    part.refused_g += refused[i];
  }
  std::size_t n = 0;
  for (const Part& part : parts_) {
    if (part.accepted_g > 0) {
      world_.state(shipment_.to).raw.add(lot(accept_id + "." + std::to_string(++n), part));
    }
  }
  send_back(accept_id);
}

void Arrival::by_kind() {
  Random& random = world_.random;
  for (Part& part : parts_) {
    part.accepted_g = round_to(noisy(world_, shipment_.to, part.shipped_g), kFineG);
  }
  Part& doubtful = random.of(parts_);
  if (random.chance(25) && doubtful.pieces == 0 && !doubtful.items &&
      doubtful.accepted_g > 10 * kFineG) {
    doubtful.refused_g = round_to(doubtful.accepted_g * random.between(50, 400) / 1'000, kFineG);
    doubtful.accepted_g -= doubtful.refused_g;
  }
  json::Writer w = world_.begin("accept", shipment_.to, time_s_);
  const std::string accept_id = world_.id();
  w.member("final", true).key("lines").begin_array();
  for (const Part& part : parts_) {
    const std::string id = world_.new_name(shipment_.to, 'A');
    w.begin_object().member("accepted_g", part.accepted_g).member("lot", id);
    w.member("material", info(part.material).code);
    if (part.refused_g > 0) {
      w.member("refused_g", part.refused_g);
    }
    w.end_object();
    world_.state(shipment_.to).raw.add(lot(id, part));
  }
  w.end_array().member("shipment", shipment_.id);
  world_.send(w);
  send_back(accept_id);
}

/// A lorry unloaded in two goes is accepted in two events; the last one is final.
void Arrival::by_line() {
  const std::size_t all = shipment_.lines.size();
  const std::size_t first = all >= 4 && world_.random.chance(150) ? all / 2 : 0;
  if (first > 0) {
    some_lines(0, first, false);
    time_s_ = world_.time_at(shipment_.to, world_.now_s);
  }
  some_lines(first, all, true);
}

void Arrival::some_lines(std::size_t from, std::size_t to, bool final) {
  json::Writer w = world_.begin("accept", shipment_.to, time_s_);
  w.member("final", final).key("lines").begin_array();
  for (std::size_t i = from; i < to; ++i) {
    const Lot& line = shipment_.lines[i];
    Lot arrived = line;
    arrived.id = world_.new_name(shipment_.to, 'A');
    arrived.time_s = time_s_;
    arrived.mass_g = round_to(noisy(world_, shipment_.to, line.mass_g), kFineG);
    if (!final) {  // before the last one nothing can be more than was on the way
      arrived.mass_g = std::min(arrived.mass_g, line.mass_g);
    }
    w.begin_object().member("accepted_g", arrived.mass_g).member("line", line.id);
    w.member("lot", arrived.id).end_object();
    world_.state(shipment_.to).raw.add(std::move(arrived));
  }
  w.end_array().member("shipment", shipment_.id);
  world_.send(w);
}

void Arrival::send_back(const std::string& accept_id) {
  Shipment back;
  for (const Part& part : parts_) {
    if (part.refused_g > 0) {
      back.lines.push_back({"", part.material, part.refused_g, 0, false, 0});
    }
  }
  if (back.lines.empty()) {
    return;
  }
  back.id = accept_id;
  back.from = shipment_.to;
  back.to = shipment_.from;
  const std::int64_t morning = world_.midnight(base::Day{world_.today().n + 1}) + 31'000;
  const std::int64_t wait = world_.lasting(morning - world_.now_s + world_.random.below(3'600));
  world_.push(world_.now_s + wait, TaskKind::come_back, world_.shipments.put(std::move(back)));
}

/// The gate sends its paper once more under another id: the shipment is closed already.
void Arrival::again_by_mistake() {
  json::Writer w = world_.begin("accept", shipment_.to, time_s_ + 1);
  w.member("shipment", shipment_.id).member("total_g", shipped_g_);
  world_.send(w, Expect::refused);
}

}  // namespace

void arrive(World& world, Shipment shipment) {
  if (!shipment.lines.empty()) {
    Arrival{world, std::move(shipment)}.take_in();
  }
}

void come_back(World& world, const Shipment& shipment) {
  const std::int64_t now = world.time_at(shipment.to, world.now_s);
  json::Writer w = world.begin("accept", shipment.to, now);
  w.member("final", true).key("lines").begin_array();
  for (const Lot& line : shipment.lines) {
    const std::string id = world.new_name(shipment.to, 'B');
    w.begin_object().member("accepted_g", line.mass_g).member("lot", id);
    w.member("material", info(line.material).code).end_object();
    world.state(shipment.to).raw.add({id, line.material, line.mass_g, 0, false, now});
  }
  w.end_array().member("shipment", shipment.id);
  world.send(w);
}

void import_load(World& world, SiteId site) {
  static const std::array<MaterialId, 4> kLoads{material("paper.occ"), material("metal.steel"),
                                                material("plastic.pet"),
                                                material("metal.aluminium")};
  Random& random = world.random;
  const std::int64_t now = world.time_at(site, world.now_s);
  const MaterialId load = random.of(kLoads);
  const std::int64_t declared = random.between(80, 260) * 100'000;
  const std::int64_t arrived = round_to(noisy(world, site, declared), 20'000);
  const std::string shipment = "130600." + world.new_name(site, 'X');
  json::Writer w = world.begin("accept", site, now);
  const std::string lot = world.new_name(site, 'A');
  w.member("final", true).member("from_city", "130600").key("lines").begin_array();
  w.begin_object().member("accepted_g", arrived).member("declared_g", declared);
  w.member("line", shipment + ".1").member("lot", lot);
  w.member("material", info(load).code).end_object().end_array();
  w.member("shipment", shipment);
  world.send(w);
  world.state(site).raw.add({lot, load, arrived, 0, false, now});
}

}  // namespace huan::simulator
