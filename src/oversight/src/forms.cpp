// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/forms.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "huan/declarations/term.hpp"
#include "measures.hpp"

namespace huan::oversight {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using declarations::Cell;
using declarations::CellSource;
using declarations::Filler;
using declarations::Reporter;
using declarations::ReporterKind;
using store::Axis;

const std::string kWholeCity;

/// Under which name the figures of a reporter are summed: an office reports the city's.
const std::string& sum_key(const Reporter& reporter) {
  const bool of_city = reporter.kind == ReporterKind::unit || reporter.kind == ReporterKind::city;
  return of_city ? kWholeCity : reporter.id;
}

bool has_kind(std::span<const Reporter> reporters, ReporterKind kind) {
  return std::ranges::any_of(reporters, [&](const Reporter& one) { return one.kind == kind; });
}

void add_districts(const registry::Pack& pack, const duties::Unit& unit, bool zones_apart,
                   std::vector<Reporter>& into) {
  for (const registry::District& district : pack.districts) {
    const bool zone = district.level == "zone";
    if ((unit.code == "zones" && !zone) || (unit.code == "counties" && zone && zones_apart)) {
      continue;
    }
    into.push_back({ReporterKind::district, district.code, district.zh});
  }
}

void add_firms(const CityOnDay& picture, std::vector<Reporter>& into) {
  std::set<std::string> running;
  for (const auto& [id, place] : picture.places) {
    if (!place.operator_id.empty()) {
      running.insert(place.operator_id);
    }
  }
  for (const std::string& id : running) {
    const auto party = picture.parties.find(id);
    const bool named = party != picture.parties.end() && !party->second.name.empty();
    into.push_back({ReporterKind::enterprise, id, named ? party->second.name : id});
  }
}

bool from_registry(const Cell& cell) {
  return cell.source == CellSource::measure &&
         cell.measure.source == indicators::MeasureSource::registry;
}

bool from_ledger(const Cell& cell) {
  return cell.source == CellSource::measure &&
         cell.measure.source == indicators::MeasureSource::ledger;
}

/// Which cells look at the kind or form of a place.
std::vector<bool> looking_at_places(const std::vector<Cell>& cells) {
  std::vector<bool> looking;
  looking.reserve(cells.size());
  for (const Cell& cell : cells) {
    looking.push_back(declarations::asks_for_places({cell}));
  }
  return looking;
}

/// Above so many places rows are read by place instead.
constexpr std::size_t kFormPlacesMax = 10'000;

/// Places that any of the cells looks at.
std::vector<std::string> places_of(const std::vector<Cell>& cells, const CityOnDay& picture) {
  std::vector<std::string> ids;
  for (const auto& [id, place] : picture.places) {
    const bool looked_at = std::ranges::any_of(cells, [&](const Cell& cell) {
      const indicators::Measure& m = cell.measure;
      return from_ledger(cell) && declarations::asks_for_places({cell}) &&
             (m.place_kinds.empty() ||
              std::ranges::count(m.place_kinds, registry::info(place.kind).code) > 0) &&
             (m.forms.empty() || std::ranges::count(m.forms, registry::name(place.form)) > 0);
    });
    if (looked_at) {
      ids.push_back(id);
    }
  }
  return ids;
}

/// Cells that look at the kind of place are summed from the days of those places; the rest from the
/// months, by district or by operator, which are short however many events there are.
struct LedgerPass {
  std::vector<Cell> cells;  ///< those of the other pass stand as declared
  store::StatisticsQuery query;
  bool asks{false};
};

LedgerPass pass_of(const std::vector<Cell>& cells, const duties::Term& term, bool by_place) {
  LedgerPass pass{cells, {}, false};
  const std::vector<bool> placed = looking_at_places(cells);
  std::set<std::string> flows;
  bool any_flow = false;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const indicators::Measure& measure = cells[i].measure;
    if (from_ledger(cells[i]) && placed[i] != by_place) {
      pass.cells[i].source = CellSource::declared;
    } else if (from_ledger(cells[i])) {
      pass.asks = true;
      any_flow = any_flow || measure.flows.empty();
      flows.insert(measure.flows.begin(), measure.flows.end());
    }
  }
  pass.query.from = term.first;
  pass.query.to = term.last;
  pass.query.by = {Axis::material, Axis::flow, Axis::cls};
  if (by_place) {
    pass.query.by.push_back(Axis::place);
  }
  if (!any_flow) {
    pass.query.flows.assign(flows.begin(), flows.end());
  }
  return pass;
}

/// Has the ledger anything of the day or earlier?
bool begun_by(store::Reading& reading, const CityName& city, base::Day day) {
  const auto begins = ledger_begins(reading, city.code);
  return begins && *begins <= day;
}

void read_ledger(store::Reading& reading, const CityName& city, const LedgerPass& pass,
                 Axis reporter, Filler& filler) {
  const auto row_of = [](const store::StatisticsRow& row) {
    return declarations::LedgerRow{row.district, row.place,  row.material,  row.flow, row.cls,
                                   row.mass_g,   row.pieces, row.money_fen, row.count};
  };
  store::StatisticsQuery query = pass.query;
  query.by.insert(query.by.begin(), reporter);
  reading.statistics(city.code, query, [&](const store::StatisticsRow& row) {
    filler.add(reporter == Axis::operator_id ? row.operator_id : row.district, row_of(row));
    return true;
  });
  // The city is asked for by itself, so that its sum shares no row with those of its parts.
  reading.statistics(city.code, pass.query, [&](const store::StatisticsRow& row) {
    filler.add(kWholeCity, row_of(row));
    return true;
  });
}

}  // namespace

FormDesk::FormDesk(store::Reading& reading, CityName city, FormBook book)
    : reading_(reading), city_(std::move(city)), book_(book) {}

std::string FormDesk::id_of(const duties::Form& form) {
  return form.row.pack + "." + form.row.code;
}

Result<const duties::Form*> FormDesk::form(std::string_view code) const {
  const duties::Form* inherited = nullptr;
  for (const duties::Form& one : book_.duties.forms) {
    if (id_of(one) == code || (one.row.code == code && one.row.pack == book_.pack.name)) {
      return &one;
    }
    inherited = one.row.code == code ? &one : inherited;
  }
  if (inherited == nullptr) {
    return Error{ErrorCode::not_found, "form", std::string(code)};
  }
  return inherited;
}

Result<duties::Term> FormDesk::term(const duties::Form& form, std::string_view text,
                                    base::Day today) const {
  if (text.empty() || form.period == duties::Period::once) {
    return declarations::latest_term(form, today);
  }
  const auto term = declarations::parse_term(form.period, text);
  if (!term) {
    return Error{ErrorCode::bad_field, "term",
                 "2025-03 of a monthly form, 2025-Q1 of a quarterly, 2025 of a yearly one"};
  }
  return *term;
}

std::vector<Cell> FormDesk::cells(const duties::Form& form) const {
  const auto scheme = std::ranges::find_if(book_.pack.schemes, [&](const registry::Scheme& one) {
    return one.label.code == form.scheme;
  });
  const auto found = std::ranges::find_if(book_.cells, [&](const declarations::FormCells& one) {
    return one.pack == form.row.pack && one.form == form.row.code;
  });
  if (found == book_.cells.end()) {
    return {};
  }
  return declarations::expand(found->rules,
                              scheme == book_.pack.schemes.end() ? nullptr : &*scheme);
}

const CityOnDay& FormDesk::picture(base::Day day) {
  const auto found = pictures_.find(day);
  return found != pictures_.end()
             ? found->second
             : pictures_.emplace(day, read_city(reading_, city_, day)).first->second;
}

std::vector<Reporter> FormDesk::reporters(const duties::Form& form, const duties::Term& term) {
  const bool zones_apart = std::ranges::find(form.reporters, "zones") != form.reporters.end();
  std::vector<Reporter> out;
  for (const std::string& code : form.reporters) {
    const auto unit = std::ranges::find_if(book_.duties.units, [&](const duties::Unit& one) {
      return one.code == code && one.pack == form.row.pack;
    });
    if (unit == book_.duties.units.end()) {
      continue;
    }
    switch (unit->kind) {
      case duties::UnitKind::districts:
        add_districts(book_.pack, *unit, zones_apart, out);
        break;
      case duties::UnitKind::enterprises:
        add_firms(picture(term.last), out);
        break;
      default:
        out.push_back({ReporterKind::unit, unit->code, unit->zh});
        break;
    }
  }
  return out;
}

void FormDesk::add_registry(const duties::Term& term, std::span<const Cell> cells,
                            std::span<const Reporter> reporters, Filler& filler) {
  if (std::ranges::none_of(cells, from_registry)) {
    return;
  }
  const CityOnDay& then = picture(term.last);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (!from_registry(cells[i])) {
      continue;
    }
    filler.put(kWholeCity, i, count_registry(cells[i].measure, then, book_.pack));
    for (const Reporter& reporter : reporters) {
      if (reporter.kind == ReporterKind::district) {
        indicators::Measure local = cells[i].measure;
        local.districts = {reporter.id};
        filler.put(reporter.id, i, count_registry(local, then, book_.pack));
      }
    }
  }
}

void FormDesk::add_indicators(const duties::Term& term, std::span<const Cell> cells,
                              std::span<const Reporter> reporters, Filler& filler) {
  std::vector<indicators::Indicator> asked;
  std::vector<std::size_t> at;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto found =
        std::ranges::find(book_.indicators, cells[i].indicator, &indicators::Indicator::id);
    if (cells[i].source == CellSource::indicator && found != book_.indicators.end()) {
      asked.push_back(*found);
      at.push_back(i);
    }
  }
  if (asked.empty()) {
    return;
  }
  const auto put = [&](const std::string& key, const std::string& district) {
    const auto standings = stand(reading_, city_, {book_.pack, asked}, term.last, district);
    for (std::size_t k = 0; k < at.size(); ++k) {
      filler.put(key, at[k], standings[k].standing.value);
    }
  };
  put(kWholeCity, "");
  for (const Reporter& reporter : reporters) {
    if (reporter.kind == ReporterKind::district) {
      put(reporter.id, reporter.id);
    }
  }
}

FormFigures FormDesk::figures(const duties::Form& form, const duties::Term& term,
                              std::span<const Reporter> reporters) {
  const std::vector<Cell> asked = cells(form);
  const CityOnDay& then = picture(term.last);
  auto catalogue = registry::Catalogue::make(then.materials);
  const bool on_record = catalogue.has_value() && !then.materials.empty();
  const auto& materials = on_record ? *catalogue : book_.pack.catalogue;
  const auto place_of = [&](std::string_view id) -> const registry::Place* {
    const auto place = then.places.find(id);
    return place == then.places.end() ? nullptr : &place->second;
  };
  std::array<LedgerPass, 2> passes{pass_of(asked, term, false), pass_of(asked, term, true)};
  std::vector<std::string> places = places_of(asked, then);
  const bool nowhere = passes[1].asks && places.empty();
  if (places.size() <= kFormPlacesMax) {
    passes[1].query.places = std::move(places);
  }
  std::array<Filler, 2> fillers{Filler{passes[0].cells, materials, place_of},
                                Filler{passes[1].cells, materials, place_of}};
  const bool known = (passes[0].asks || passes[1].asks) && begun_by(reading_, city_, term.last);
  const Axis by =
      has_kind(reporters, ReporterKind::enterprise) ? Axis::operator_id : Axis::district;
  for (std::size_t i = 0; known && i < passes.size(); ++i) {
    if (!passes.at(i).asks) {
      continue;
    }
    fillers.at(i).know(kWholeCity);
    for (const Reporter& reporter : reporters) {
      fillers.at(i).know(sum_key(reporter));
    }
    if (i == 0 || !nowhere) {
      read_ledger(reading_, city_, passes.at(i), by, fillers.at(i));
    }
  }
  add_registry(term, asked, reporters, fillers[0]);
  add_indicators(term, asked, reporters, fillers[0]);
  const std::vector<bool> placed = looking_at_places(asked);
  const auto values = [&](const std::string& key) {
    declarations::Values out = fillers[0].values(key);
    const declarations::Values at_places = fillers[1].values(key);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      out[i] = placed[i] ? at_places[i] : out[i];
    }
    declarations::add_totals(asked, out);
    return out;
  };
  FormFigures out;
  out.read_at = reading_.last(city_.code).seq;
  out.city = values(kWholeCity);
  for (const Reporter& reporter : reporters) {
    out.values.emplace(reporter.id, values(sum_key(reporter)));
  }
  return out;
}

declarations::Declaration FormDesk::blank(const duties::Form& form, const duties::Term& term,
                                          const Reporter& reporter) {
  declarations::Declaration out;
  out.form = id_of(form);
  out.term = declarations::term_text(form.period, term);
  out.from = term.first;
  out.to = term.last;
  out.reporter = reporter;
  if (reporter.kind == ReporterKind::district) {
    out.district = reporter.id;
  } else if (reporter.kind == ReporterKind::enterprise) {
    out.party = reporter.id;
    const auto& parties = picture(term.last).parties;
    const auto party = parties.find(reporter.id);
    out.district = party == parties.end() ? "" : party->second.district;
  }
  out.rules = book_.pack.version;
  out.reconstructed = form.reconstructed;
  const auto due = duties::due_of(form, term, choice_on_record(reading_, city_, out.form));
  out.due = due.day;
  out.due_reason = due.day ? "" : due.reason;
  return out;
}

}  // namespace huan::oversight
