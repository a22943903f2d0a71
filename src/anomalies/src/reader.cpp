// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "book.hpp"

namespace huan::anomalies {
namespace {

constexpr std::int64_t kPriceMax = 1'000'000'000;

std::int64_t whole(json::Value object, std::string_view key, std::int64_t otherwise) {
  const auto value = object.is_object() ? object.find(key) : std::nullopt;
  return value && value->is_integer() ? value->integer() : otherwise;
}

bool flag(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  return value && value->is_boolean() && value->boolean();
}

template <class Visit>
void each(json::Value event, std::string_view key, const Visit& visit) {
  const auto list = event.find(key);
  if (!list || !list->is_array()) {
    return;
  }
  for (const json::Value one : list->elements()) {
    if (one.is_object()) {
      visit(one);
    }
  }
}

}  // namespace

Number Names::of(std::string_view text) {
  if (const auto found = numbers_.find(text); found != numbers_.end()) {
    return found->second;
  }
  const auto n = static_cast<Number>(texts_.size());
  numbers_.emplace(text, n);
  texts_.emplace_back(text);
  return n;
}

std::string_view Reader::text(json::Value object, std::string_view key) const {
  const auto value = object.is_object() ? object.find(key) : std::nullopt;
  return value && value->is_string() ? value->string() : std::string_view{};
}

void Reader::read(json::Value event) {
  if (!event.is_object()) {
    return;
  }
  const auto time = base::parse_time(text(event, "time"));
  const auto id = base::Uuid::parse(text(event, "id"));
  if (!time || !id) {
    return;
  }
  time_ = *time;
  at_ = {*id, book_.names.of(text(event, "place")), base::day_of(*time, book_.rules.offset_s).n};
  book_.first_day = std::min(book_.first_day, at_.day);
  book_.last_day = std::max(book_.last_day, at_.day);
  ++book_.events;
  const std::string_view type = text(event, "type");
  if (type == "receive") {
    receive(event);
  } else if (type == "ship") {
    ship(event);
  } else if (type == "accept") {
    accept(event);
  } else if (type == "transform") {
    transform(event);
  } else if (type == "sell" || type == "dispose") {
    take(event);
  } else if (type == "correct") {
    book_.corrections.push_back(at_);
  }
}

void Reader::receive(json::Value event) {
  const auto from = event.find("from");
  const std::string_view origin = from ? text(*from, "origin") : std::string_view{};
  Line line;
  line.event = at_.event;
  line.day = at_.day;
  line.place = at_.place;
  line.seller = book_.names.of(from ? text(*from, "party") : std::string_view{});
  line.person = origin == "household";
  Standing& here = book_.places[at_.place];
  each(event, "outputs", [&](json::Value output) {
    line.material = book_.names.of(text(output, "material"));
    line.mass_g = whole(output, "mass_g", 0);
    const bool by_piece = text(output, "per") == "piece";
    const std::int64_t price = whole(output, "price_fen", -1);
    line.price_fen = by_piece || price > kPriceMax ? -1 : static_cast<std::int32_t>(price);
    here.stock_g += line.mass_g;
    here.in_g += line.mass_g;
    if (whole(output, "pieces", 0) == 0) {  // what is counted has no ticket's weight
      book_.lines.push_back(line);
    } else if (here.may_hoard()) {
      move(line.mass_g, true);
    }
  });
}

void Reader::move(std::int64_t mass_g, bool came_in) {
  book_.moves.push_back({at_.event, at_.place, mass_g, came_in});
}

/// What goes out of a place's stock.
void Reader::take(json::Value event) {
  Standing& here = book_.places[at_.place];
  each(event, "inputs", [&](json::Value input) {
    const std::int64_t mass = whole(input, "mass_g", 0);
    here.stock_g -= mass;
    if (here.may_hoard()) {
      move(-mass, false);
    }
  });
}

void Reader::ship(json::Value event) {
  take(event);
  const auto to = event.find("to");
  const std::string_view shipment = text(event, "shipment");
  const bool away = !to || !text(*to, "city").empty();
  Trip& trip = book_.open[std::string(shipment)];
  const std::int64_t before = trip.shipped_g;
  if (trip.from == kNobody) {
    trip.event = at_.event;
    trip.from = at_.place;
    trip.to = book_.names.of(to ? text(*to, "place") : std::string_view{});
    trip.day = at_.day;
  }
  each(event, "inputs", [&](json::Value input) {
    const std::int64_t mass = whole(input, "mass_g", -1);
    trip.whole = trip.whole && mass >= 0;
    trip.shipped_g += std::max<std::int64_t>(mass, 0);
  });
  if (away) {
    book_.open.erase(std::string(shipment));
    return;
  }
  Trip leg = trip;
  leg.from = at_.place;
  leg.event = at_.event;
  leg.shipped_g = trip.shipped_g - before;
  book_.left.push_back(leg);
  const std::string_view vehicle = text(event, "vehicle");
  if (vehicle.empty() && text(event, "seal").empty()) {
    book_.bare.push_back(at_);
  } else if (!vehicle.empty() && book_.beside.silent &&
             book_.beside.silent(vehicle, base::Day{at_.day})) {
    book_.silent.emplace_back(at_, book_.names.of(vehicle));
  }
}

void Reader::accept(json::Value event) {
  const auto found = book_.open.find(text(event, "shipment"));
  std::int64_t arrived = whole(event, "total_g", 0);
  std::int64_t kept = arrived - whole(event, "refused_g", 0);
  each(event, "lines", [&](json::Value line) {
    const std::int64_t accepted = whole(line, "accepted_g", 0);
    arrived += accepted + whole(line, "refused_g", 0);
    kept += accepted;
  });
  Standing& here = book_.places[at_.place];
  here.stock_g += kept;
  here.in_g += kept;
  if (here.may_hoard()) {
    move(kept, true);
  }
  if (found == book_.open.end()) {
    return;  // a return, or from another city
  }
  Trip& trip = found->second;
  trip.arrived_g += arrived;
  const bool by_total = event.find("total_g").has_value();
  if (by_total || flag(event, "final")) {
    trip.to = at_.place;
    book_.trips.push_back(trip);
    book_.open.erase(found);
  }
}

/// By the qualifications of that day; what was received rightly may be worked on elsewhere.
void Reader::judge_licence(json::Value input, Work& work) {
  if (!book_.beside.licensed) {
    return;
  }
  std::string material{text(input, "material")};
  if (material.empty() && book_.beside.material_of) {
    material = book_.beside.material_of(text(input, "lot"));
  }
  if (!material.empty() && !book_.beside.licensed(book_.names.text(at_.place), material, time_)) {
    work.unlicensed = book_.names.of(material);
  }
}

void Reader::transform(json::Value event) {
  take(event);
  const std::string_view run = text(event, "run");
  Work single;
  Work& work = run.empty() ? single : book_.runs[std::string(run)];
  work.event = at_.event;
  work.place = at_.place;
  work.process = book_.names.of(text(event, "process"));
  each(event, "inputs", [&](json::Value input) {
    const std::int64_t mass = whole(input, "mass_g", -1);
    work.whole = work.whole && mass >= 0;
    work.in_g += std::max<std::int64_t>(mass, 0);
    judge_licence(input, work);
  });
  Standing& here = book_.places[at_.place];
  each(event, "outputs", [&](json::Value output) {
    const std::string_view material = text(output, "material");
    const std::int64_t mass = whole(output, "mass_g", 0);
    here.stock_g += mass;
    if (here.may_hoard()) {
      move(mass, false);
    }
    if (!material.starts_with("residue") && !material.starts_with("hazardous")) {
      work.good_g += mass;
    }
    if (mass > work.largest_g) {
      work.largest_g = mass;
      work.product = book_.names.of(material);
    }
  });
  if (run.empty()) {
    book_.works.push_back(work);
  } else if (flag(event, "close")) {
    book_.works.push_back(work);
    book_.runs.erase(std::string(run));
  }
}

}  // namespace huan::anomalies
