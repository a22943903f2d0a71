// SPDX-License-Identifier: Apache-2.0
#include "huan/oversight/credit_proposals.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "huan/declarations/term.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"
#include "huan/oversight/dossiers.hpp"

namespace huan::oversight {
namespace {

constexpr std::string_view kLate = "late_declaration";
constexpr std::string_view kDiscrepancy = "discrepancy";
constexpr std::string_view kRefusal = "refusal";
constexpr std::string_view kEvent = "credit_event";
constexpr std::int64_t kDayS = 86'400;
/// A term's due day is at most a period after its end: a year and a half covers a yearly form.
constexpr std::int32_t kTermDays = 750;
/// Records named in one proposal; the text says how many there are.
constexpr std::size_t kNamedMax = 200;
constexpr std::int64_t kGramsInKg = 1'000;

using Found = std::vector<CreditProposal>;

std::string key_of(std::string_view kind, const std::string& rest) {
  return "CE." + std::string(kind) + "." + rest;
}

/// A late form that an officer typed by hand.
struct TypedLate {
  std::string party;
  base::Day day;
  std::string what;
  std::vector<std::string> records;
};

/// What was entered already, whoever typed it.
struct OnRecord {
  std::set<std::string> keys;
  std::set<std::string> records;  ///< "kind record"
  std::vector<TypedLate> typed_late;

  OnRecord(store::RegistryReading& reading, const CityName& city) {
    for (const KeyedDossier& one :
         read_dossiers(reading, city, {.type = std::string(kEvent), .scope = {}, .day = {}})) {
      keys.insert(one.key);
      const std::string kind = dossiers::text_in(one.dossier, "kind");
      const auto list = one.dossier.fields.find("records");
      const auto* texts = list == one.dossier.fields.end()
                              ? nullptr
                              : std::get_if<std::vector<std::string>>(&list->second);
      for (const std::string& record : texts == nullptr ? std::vector<std::string>{} : *texts) {
        records.insert(kind + " " + record);
      }
      const auto day = dossiers::day_in(one.dossier, "day");
      if (kind == kLate && day && !one.key.starts_with(key_of(kLate, ""))) {
        typed_late.push_back({one.dossier.party.empty() ? one.dossier.about : one.dossier.party,
                              *day, dossiers::text_in(one.dossier, "what"),
                              texts == nullptr ? std::vector<std::string>{} : *texts});
      }
    }
  }
  [[nodiscard]] bool has(std::string_view kind, const std::string& record) const {
    return records.contains(std::string(kind) + " " + record);
  }
};

/// Terms of the form that fall due within the days.
std::vector<duties::Term> due_terms(const duties::Form& form, const duties::OperatorChoice& choice,
                                    const ProposalDays& days) {
  std::vector<duties::Term> out;
  if (form.period == duties::Period::once) {
    return out;  // its deadline is a duty's, not a term's
  }
  auto term = duties::term_of(form.period, base::Day{days.first.n - kTermDays});
  for (; term.first.n <= days.last.n; term = duties::next_term(form.period, term)) {
    const auto due = duties::due_of(form, term, choice).day;
    if (due && due->n >= days.first.n && due->n <= days.last.n) {
      out.push_back(term);
    }
  }
  return out;
}

CreditProposal late_one(const duties::Form& form, const KeptDeclaration& kept, base::Day today) {
  const declarations::Declaration& d = kept.declaration;
  const std::string of = declarations::key_of(d);
  const std::string due = base::format_day(*d.due);
  const std::string late = std::to_string(declarations::days_late(d, today));
  CreditProposal out{key_of(kLate, of), std::string(kLate), d.party, *d.due, {}, {}, {}};
  const std::string zh = form.row.zh + " " + d.term + "：应于 " + due + " 前报送，";
  const std::string en = form.row.en + " " + d.term + ": due by " + due + ", ";
  if (d.submitted) {
    const std::string day = base::format_day(*d.submitted);
    out.what = {zh + "于 " + day + " 报送，逾期 " + late + " 天",
                en + "handed in on " + day + ", " + late + " days late"};
  } else {
    const std::string day = base::format_day(today);
    out.what = {zh + "至 " + day + " 未报送，已逾期 " + late + " 天",
                en + "not handed in by " + day + ", " + late + " days late"};
  }
  const bool ours = form.row.clause.empty() || form.row.clause == "ours";
  out.basis = {(ours ? "" : form.row.clause + " ") + form.row.zh,
               (ours ? "" : form.row.clause + " ") + form.row.en};
  out.size = declarations::days_late(d, today);
  out.records.push_back(kept.version > 0 ? "declaration:" + of : "party:" + d.party);
  return out;
}

bool names(const std::string& text, const duties::Form& form) {
  const auto holds = [&](const std::string& name) { return text.find(name) != std::string::npos; };
  return (!form.row.zh.empty() && holds(form.row.zh)) ||
         (!form.row.en.empty() && holds(form.row.en)) || holds(FormDesk::id_of(form));
}

/// Whether what was typed is about this form: by the declaration that it names, else by its firm
/// and its day, unless its words name another form.
bool is_about(const TypedLate& typed, const duties::Form& form, const CreditProposal& late,
              const std::string& declaration, const std::vector<duties::Form>& forms) {
  constexpr std::int32_t kNoticedDays = 31;
  const auto is_declaration = [](const std::string& record) {
    return record.starts_with("declaration:");
  };
  if (std::ranges::any_of(typed.records, is_declaration)) {
    return std::ranges::find(typed.records, declaration) != typed.records.end();
  }
  const bool then = typed.party == late.party && typed.day.n >= late.day.n &&
                    typed.day.n <= late.day.n + kNoticedDays;
  return then && (names(typed.what, form) ||
                  std::ranges::none_of(
                      forms, [&](const duties::Form& other) { return names(typed.what, other); }));
}

void add_late(store::Reading& reading, const CityName& city, const FormBook& book,
              const ProposalDays& days, const OnRecord& entered, Found& found) {
  FormDesk desk{reading, city, book};
  for (const duties::Form& form : book.duties.forms) {
    const std::string setting = "due." + FormDesk::id_of(form);
    const auto choice = choice_on_record(reading, city, FormDesk::id_of(form));
    const bool chosen = reading.registered(city.code, "setting", setting).has_value();
    for (const duties::Term& term : due_terms(form, choice, days)) {
      for (const auto& reporter : desk.reporters(form, term)) {
        if (reporter.kind != declarations::ReporterKind::enterprise) {
          continue;
        }
        KeptDeclaration one{desk.blank(form, term, reporter), 0, "", ""};
        if (auto kept = read_declaration(reading, city, declarations::key_of(one.declaration))) {
          one = std::move(*kept);
        }
        if (declarations::days_late(one.declaration, days.today) <= 0) {
          continue;
        }
        CreditProposal late = late_one(form, one, days.today);
        const std::string declaration = "declaration:" + declarations::key_of(one.declaration);
        const bool typed = std::ranges::any_of(entered.typed_late, [&](const TypedLate& other) {
          return is_about(other, form, late, declaration, book.duties.forms);
        });
        if (!typed) {
          found.push_back(std::move(late));
          if (chosen) {
            found.back().records.push_back("setting:" + setting);
          }
        }
      }
    }
  }
}

/// The first record that was written down at the time or later.
store::Seq first_written(store::RecordReading& reading, const CityName& city, base::Instant time) {
  store::Seq low = 1;
  store::Seq high = reading.last(city.code).seq + 1;
  while (low < high) {
    const store::Seq middle = low + (high - low) / 2;
    const auto record = reading.record(city.code, middle);
    if (record && record->recorded_at.s < time.s) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

bool is_two_ends(json::Value raised) {
  const auto code = raised.is_object() ? raised.find("code") : std::nullopt;
  return code && code->is_string() && code->string() == "two_ends";
}

bool has_two_ends(json::Value drawn) {
  if (!drawn.is_object()) {
    return false;
  }
  if (const auto raised = drawn.find("raised"); raised && raised->is_array()) {
    const auto all = raised->elements();
    return std::any_of(all.begin(), all.end(), is_two_ends);
  }
  return false;
}

/// The acceptance's shipment where its ends differed beyond the tolerance when it closed.
std::optional<std::string> differing_shipment(const store::Record& record) {
  const auto document = json::Document::parse(record.body, json::kStored);
  if (!document || !document->root().is_object()) {
    return std::nullopt;
  }
  const auto drawn = document->root().find("drawn");
  const auto event = document->root().find("event");
  if (!drawn || !has_two_ends(*drawn) || !event || !event->is_object()) {
    return std::nullopt;
  }
  const auto shipment = event->find("shipment");
  return shipment && shipment->is_string() ? std::optional(std::string(shipment->string()))
                                           : std::nullopt;
}

struct Difference {
  std::string event;
  std::int64_t grams{0};
};
struct Differing {
  std::vector<Difference> events;
  std::int64_t grams{0};
  base::Instant last{};
};

/// How far both ends were apart when the acceptance closed them, line by line, whichever was the
/// heavier.
std::int64_t grams_apart(store::RecordReading& reading, const CityName& city, store::Seq seq) {
  std::int64_t sum = 0;
  for (const ledger::Leg& leg : reading.legs(city.code, seq)) {
    const bool rest =
        leg.account.kind == ledger::AccountKind::variance && leg.unit == ledger::Unit::mass;
    sum += rest ? std::abs(leg.amount) : 0;
  }
  return sum;
}

std::string shipper_of(store::Reading& reading, const CityName& city, const std::string& shipment,
                       base::Instant at) {
  const auto state = reading.shipment(city.code, shipment);
  const auto place = state && !state->from_place.empty()
                         ? reading.registered_at(city.code, "place", state->from_place, at)
                         : std::nullopt;
  return place ? place->party : "";
}

std::map<std::string, Differing> differing_by_firm(store::Reading& reading, const CityName& city,
                                                   const ProposalDays& days,
                                                   const OnRecord& entered) {
  const base::Instant from{days.first.n * kDayS - city.offset_s};
  const base::Instant end{(days.last.n + 1) * kDayS - city.offset_s};
  std::vector<store::Seq> accepted;
  // A clock that is ahead may write an event down before its time; none is ahead by a day.
  const store::Seq first = first_written(reading, city, {from.s - kDayS});
  reading.record_heads(city.code, {first - 1}, [&](const store::RecordView& head) {
    if (head.klass == store::RecordClass::event && head.type == "accept" && head.time.s >= from.s &&
        head.time.s < end.s) {
      accepted.push_back(head.seq);
    }
    return true;
  });
  std::map<std::string, Differing> firms;
  for (const store::Seq seq : accepted) {
    const auto record = reading.record(city.code, seq);
    const auto shipment = record && reading.superseded_by(city.code, seq) == 0
                              ? differing_shipment(*record)
                              : std::nullopt;
    if (!shipment || entered.has(kDiscrepancy, record->id.text())) {
      continue;
    }
    const std::string firm = shipper_of(reading, city, *shipment, record->time);
    Differing& of = firms[firm];
    const std::int64_t apart = grams_apart(reading, city, seq);
    of.events.push_back({record->id.text(), apart});
    of.grams += apart;
    of.last.s = std::max(of.last.s, record->time.s);
  }
  firms.erase("");  // shipped from nowhere on record, or by nobody
  return firms;
}

void add_discrepancies(store::Reading& reading, const CityName& city, const ProposalDays& days,
                       const OnRecord& entered, Found& found) {
  constexpr std::size_t kMonthText = 7;
  const std::string month = base::format_day(days.first).substr(0, kMonthText);
  for (auto& [firm, of] : differing_by_firm(reading, city, days, entered)) {
    const std::string n = std::to_string(of.events.size());
    CreditProposal one{key_of(kDiscrepancy, month + "." + firm),
                       std::string(kDiscrepancy),
                       firm,
                       base::day_of(of.last, city.offset_s),
                       {},
                       {},
                       {}};
    const std::string kg = std::to_string(of.grams / kGramsInKg);
    one.what = {month + " 发出的货物有 " + n + " 次收货与发货重量之差超出该品种允差，合计相差 " +
                    kg + " kg",
                n + " acceptances of " + month +
                    " in which what arrived differs from what was shipped beyond the material's "
                    "tolerance, " +
                    kg + " kg in all"};
    one.size = of.grams;
    one.basis = {"收发两端重量允差", "tolerance between both ends"};
    std::ranges::stable_sort(of.events, std::greater{}, &Difference::grams);
    of.events.resize(std::min(of.events.size(), kNamedMax));
    for (Difference& difference : of.events) {
      one.records.push_back(std::move(difference.event));
    }
    found.push_back(std::move(one));
  }
}

/// A visit that was refused counts by itself; here are those made whose subject would not sign.
void add_refusals(store::Reading& reading, const CityName& city, const ProposalDays& days,
                  const OnRecord& entered, Found& found) {
  for (const KeyedDossier& one :
       read_dossiers(reading, city, {.type = "inspection", .scope = {}, .day = {}})) {
    const registry::Dossier& visit = one.dossier;
    const auto day = dossiers::day_in(visit, "visited");
    const std::string why = dossiers::text_in(visit, "refusal");
    const bool made = visit.state == "signed_without" || visit.state == "published";
    if (!made || why.empty() || visit.party.empty() || !day || day->n < days.first.n ||
        day->n > days.last.n || dossiers::text_in(visit, "result") == "refused" ||
        entered.has(kRefusal, "dossier:" + one.key)) {
      continue;
    }
    found.push_back(
        {key_of(kRefusal, one.key),
         std::string(kRefusal),
         visit.party,
         *day,
         {"检查记录拒签，拒签说明见检查记录", "would not sign the visit's record, which says why"},
         {"检查记录签字", "signature of a visit's record"},
         {"dossier:" + one.key}});
  }
}

bool has_rule(const duties::Duties& duties, std::string_view kind) {
  return std::ranges::any_of(duties.credit_rules, [&](const duties::CreditRule& rule) {
    return rule.dossier == kEvent && rule.when_field == "kind" && rule.when == kind;
  });
}

}  // namespace

std::vector<CreditProposal> propose_credit(store::Reading& reading, const CityName& city,
                                           const FormBook& book, const ProposalDays& days) {
  const OnRecord entered(reading, city);
  Found found;
  if (has_rule(book.duties, kLate)) {
    add_late(reading, city, book, days, entered, found);
  }
  if (has_rule(book.duties, kDiscrepancy)) {
    add_discrepancies(reading, city, days, entered, found);
  }
  if (has_rule(book.duties, kRefusal)) {
    add_refusals(reading, city, days, entered, found);
  }
  std::erase_if(found, [&](const auto& one) { return entered.keys.contains(one.key); });
  std::ranges::sort(found, [](const CreditProposal& a, const CreditProposal& b) {
    return std::tie(a.kind, b.size, a.key) < std::tie(b.kind, a.size, b.key);
  });
  return found;
}

namespace {

void write_words(json::Writer& w, std::string_view name, const ProposalWords& words) {
  w.key(name).begin_object().member("en", words.en).member("zh", words.zh).end_object();
}

}  // namespace

void write_proposal(json::Writer& w, const CreditProposal& one) {
  w.begin_object();
  write_words(w, "basis", one.basis);
  w.member("day", base::format_day(one.day)).member("key", one.key).member("kind", one.kind);
  w.member("party", one.party).key("records").begin_array();
  for (const std::string& record : one.records) {
    w.string(record);
  }
  w.end_array().member("size", one.size);
  write_words(w, "what", one.what);
  w.end_object();
}

}  // namespace huan::oversight
