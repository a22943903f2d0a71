// SPDX-License-Identifier: Apache-2.0
#include "generator.hpp"

#include <algorithm>

#include "judge.hpp"
#include "pick.hpp"

namespace huan::auditor {
namespace {

constexpr int kTypes = 8;

std::string hex(std::uint64_t value, int digits) {
  std::string text;
  for (int i = 0; i < digits; ++i, value >>= 4U) {
    text.push_back("0123456789abcdef"[value & 15U]);
  }
  return text;
}

}  // namespace

std::string text_of(const Sending& sending) {
  if (!sending.raw.empty()) {
    return sending.raw;
  }
  return sending.scrambled ? sending.event.dump(3) : sending.event.dump();
}

Generator::Generator(std::uint64_t seed) : random_(seed) {
  steps_ = static_cast<int>(chance(10) ? 60 + below(140) : 10 + below(50));
  for (int i = 0; i < kTypes; ++i) {
    weights_.push_back(static_cast<int>(1 + below(10)));
  }
}

std::int64_t Generator::below(std::int64_t n) {
  return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(n));
}

bool Generator::chance(int percent) { return below(100) < percent; }

std::int64_t Generator::mass() {
  switch (below(4)) {
    case 0:
      return 1 + below(9);
    case 1:
      return 1 + below(1'000);
    case 2:
      return 1'000 * (1 + below(50));
    default:
      return 1 + below(50'000);
  }
}

std::string Generator::uuid() {
  const std::string a = hex(random_(), 16), b = hex(random_(), 16);
  return a.substr(0, 8) + "-" + a.substr(8, 4) + "-7" + a.substr(12, 3) + "-8" + b.substr(0, 3) +
         "-" + b.substr(4, 12);
}

std::string Generator::place() {
  static const std::vector<std::string> kPlaces{"S1", "S1", "S1", "S2", "S2", "C1",
                                                "C1", "C1", "N1", "Z1", "P1", "U1"};
  return chance(1) ? "X9" : pick(kPlaces);
}

std::string Generator::material() {
  static const std::vector<std::string> kMaterials{"paper.occ",   "paper.occ",   "paper.occ",
                                                   "plastic.pet", "plastic.pet", "metal.cu",
                                                   "glass.mix",   "haz.oil"};
  return chance(1) ? "ban.x" : chance(1) ? "none.such" : pick(kMaterials);
}

std::string Generator::party() {
  static const std::vector<std::string> kParties{"A1", "A1", "A2", "A2", "A3", "A4"};
  return chance(2) ? "A9" : pick(kParties);
}

Step Generator::next(const Model& model) {
  model_ = &model;
  if (now_ == 0) {
    now_ = model.world().start;
  }
  now_ += chance(10) ? below(20 * 3'600) : below(1'200);
  Step step;
  step.now = now_;
  step.each = chance(30);
  if (!chance(15)) {
    step.sendings.push_back(sending());
    return step;
  }
  Model ahead = model;  // later events of a batch build on the earlier ones
  model_ = &ahead;
  for (std::int64_t i = 0, size = 2 + below(4); i < size; ++i) {
    const bool repeat = i > 0 && chance(15);
    step.sendings.push_back(repeat ? step.sendings.front() : sending());
    if (!step.sendings.back().form) {
      static_cast<void>(ahead.post(step.sendings.back().event, now_));
    }
  }
  model_ = &model;
  return step;
}

Sending Generator::sending() {
  const bool any = !model_->records().empty();
  if (any && chance(3)) {
    return again();
  }
  if (chance(4)) {
    return malformed();
  }
  if (any && chance(25)) {
    return {correct(), "", std::nullopt, false};
  }
  return {fresh(), "", std::nullopt, false};
}

/// An id that was used before, mostly with the same content.
Sending Generator::again() {
  const Record& old = pick(model_->records());
  Sending sending{old.as_sent, "", std::nullopt, true};
  if (chance(30)) {
    sending.event["note"] = "other";
  }
  return sending;
}

Json Generator::fresh() {
  Json event = body();
  event["id"] = uuid();
  return event;
}

Json Generator::body() {
  const bool stock = std::any_of(
      model_->state().raw.begin(), model_->state().raw.end(),
      [](const auto& entry) { return entry.first.kind == "stock" && entry.second > 0; });
  if (!stock && chance(90)) {
    return receive();
  }
  int sum = 0;
  for (const int weight : weights_) {
    sum += weight;
  }
  auto at = static_cast<int>(below(sum));
  int type = 0;
  while (at >= weights_[static_cast<std::size_t>(type)]) {
    at -= weights_[static_cast<std::size_t>(type++)];
  }
  switch (type) {
    case 0:
      return receive();
    case 1:
      return ship();
    case 2:
      return accept();
    case 3:
      return transform();
    case 4:
      return sell();
    case 5:
      return dispose();
    case 6:
      return adjust();
    default:
      return settle();
  }
}

Json Generator::header(const std::string& type, const std::string& at_place) {
  std::int64_t time = now_ - below(300);
  if (chance(10)) {
    time = now_ - below(3 * 86'400);  // kept off line
  } else if (chance(5)) {
    time = now_ + below(700);  // a clock that runs ahead
  }
  Json event{{"type", type}, {"place", at_place}, {"time", rfc3339(time)}};
  if (chance(15)) {
    event["ticket"] = chance(10) ? "free" + std::to_string(below(5))
                                 : "D" + std::to_string(below(2)) + "-" +
                                       std::to_string(chance(80) ? ++tickets_ : below(30));
  }
  if (chance(10)) {
    event["vehicle"] = chance(10) ? "V9" : "V" + std::to_string(1 + below(3));
  }
  if (chance(5)) {
    event["note"] = "说明";
    event["ext"] = {{"x", 1}};
    event["actor"] = "somebody";
    event["seal"] = "77";
    event["evidence"] = {"e-1"};
  }
  return event;
}

/// Weighings of the lines, mostly right.
void Generator::extras(Json& event, const char* list) {
  if (!chance(12)) {
    return;
  }
  Json weighings = Json::array();
  const Json& lines = event.at(list);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (chance(15)) {
      continue;
    }
    const std::int64_t net =
        lines[i].value("mass_g", number(lines[i], "accepted_g") + number(lines[i], "refused_g"));
    const std::int64_t tare = below(500);
    Json w{{"gross_g", net + tare + (chance(5) ? 1 : 0)}, {"scale", "B1"}, {"stable", true}};
    w["tare_g"] = tare;
    if (!chance(20)) {
      w["line"] = i + (chance(2) ? 9 : 0);
    }
    if (chance(30)) {
      w["deduct_g"] = below(net + 1);
    }
    if (chance(10)) {
      w["valid"] = false;
    }
    weighings.push_back(w);
  }
  if (!weighings.empty()) {
    event["weighings"] = weighings;
  }
}

Json Generator::correct() {
  const auto& records = model_->records();
  std::vector<const Record*> latest;
  for (const Record& record : records) {
    if (!record.superseded) {
      latest.push_back(&record);
    }
  }
  const Record* old = chance(4) ? &pick(records) : pick(latest);
  if (chance(40) && !latest.empty()) {
    old = latest.back();
  }
  Json event = header("correct", old->in_force.is_null() || chance(5)
                                     ? place()
                                     : old->in_force.at("place").get<std::string>());
  event["id"] = uuid();
  event["corrects"] = chance(1) ? uuid() : old->id;
  event["reason"] = "weighed wrongly";
  event["replacement"] = chance(25) ? Json() : replacement(*old);
  return event;
}

Json Generator::replacement(const Record& old) {
  Json event = old.in_force.is_null() || chance(30) ? body() : changed(old);
  if (event.contains("outputs") && !old.made.empty() && chance(70)) {
    Json& outputs = event.at("outputs");
    for (std::size_t i = 0; i < outputs.size() && i < old.made.size(); ++i) {
      outputs[i]["lot"] = old.made[i].lot;
    }
  }
  return event;
}

/// The same again with a few figures, names or times put right.
Json Generator::changed(const Record& old) {
  Json event = old.in_force;
  event.erase("id");
  std::vector<Json*> masses;
  for (const char* list : {"inputs", "outputs", "lines"}) {
    if (event.contains(list)) {
      for (Json& line : event.at(list)) {
        for (const char* key : {"mass_g", "accepted_g", "refused_g", "counted_g"}) {
          if (line.contains(key) && line.at(key) > 0) {
            masses.push_back(&line.at(key));
          }
        }
        if (line.contains("material") && chance(10)) {
          line["material"] = material();
        }
      }
    }
  }
  if (event.contains("total_g")) {
    masses.push_back(&event.at("total_g"));
  }
  for (Json* figure : masses) {
    if (chance(60)) {
      const auto value = figure->get<std::int64_t>();
      *figure = chance(50) ? 1 + below(2 * value) : value + (chance(50) ? 1 : 1'000);
    }
  }
  if (event.contains("refused_g")) {
    event["refused_g"] = below(number(event, "total_g") + 1);
  }
  if (event.at("type") == "transform" && !event.contains("run") && chance(80)) {
    std::int64_t in = 0, out = 0;
    for (const Json& line : event.at("inputs")) {
      in += number(line, "mass_g");
    }
    for (const Json& line : event.value("outputs", Json::array())) {
      out += number(line, "mass_g");
    }
    event["inputs"][0]["mass_g"] =
        std::max<std::int64_t>(1, number(event["inputs"][0], "mass_g") + out - in);
    event["loss_g"] = 0;
  }
  event.erase("weighings");
  if (chance(10)) {
    event["place"] = place();
  }
  if (chance(15)) {
    event["time"] = rfc3339(seconds(event.at("time")) + (chance(50) ? -90'000 : 300));
  }
  if (event.contains("final") && !event.contains("total_g") && chance(30)) {
    event["final"] = !event.at("final").get<bool>();
  }
  if (chance(10)) {
    event["ticket"] = "D0-" + std::to_string(chance(50) ? ++tickets_ : below(30));
  }
  return event;
}

}  // namespace huan::auditor
