// SPDX-License-Identifier: Apache-2.0
#include "huan/app/invoices.hpp"

#include <algorithm>
#include <set>

#include "huan/app/file_dossier.hpp"
#include "huan/invoicing/method.hpp"
#include "invoice_events.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using invoicing::GatewayAnswer;
using invoicing::Invoice;
using invoicing::State;

constexpr std::int64_t kInvoiceDayS = 86'400;

/// Of what is entered later than its day: its noon.
std::string holds_from(const CitySetting& city, base::Day day, base::Instant now) {
  if (day == base::day_of(now, city.offset_s)) {
    return {};
  }
  const std::int64_t noon = std::int64_t{day.n} * kInvoiceDayS + kInvoiceDayS / 2;
  return base::format_time({noon - city.offset_s}, city.offset_s);
}

invoicing::Turnover turnover_of(store::Reading& reading, const vault::Subject& subject) {
  const auto text = reading.setting(subject.city, turnover_key(subject.party)).value_or("");
  auto sold = invoicing::Turnover::parse(text);
  if (!sold) {
    throw store::Failure(ErrorCode::store_failed, "the sums of a seller are damaged");
  }
  return std::move(*sold);
}

/// The sums of a party's months change in the record's own transaction.
void move_turnover(CityWriter& writer, const Invoice& invoice, invoicing::Month month,
                   base::Money net) {
  auto sold = turnover_of(writer.reading(), {writer.setting().city, invoice.seller});
  sold.add(month, net);
  writer.transaction().setting(turnover_key(invoice.seller), sold.text());
}

void mark_events(CityWriter& writer, const Invoice& invoice, const std::string& key) {
  for (const auto& line : invoice.lines) {
    writer.transaction().setting(invoiced_key(line.event), key);
  }
}

bool holds_on(const registry::Dossier& dossier, base::Day day) {
  return (!dossier.from || *dossier.from <= day) && (!dossier.to || day <= *dossier.to);
}

/// Who buys may do so by this way at all (2024 No. 5, art. 2 and 4 by the pack's rows).
Result<invoicing::Method> check_buyer(store::Reading& reading, const InvoiceAsk& ask,
                                      const invoicing::Rules& rules, base::Day day) {
  const auto buyer = party_on_record(reading, ask.city, ask.buyer);
  if (!buyer) {
    return Error{ErrorCode::unknown_party, "/buyer", ask.buyer};
  }
  const bool qualified =
      rules.buyer_any.empty() ||
      std::any_of(rules.buyer_any.begin(), rules.buyer_any.end(),
                  [&](const std::string& one) { return registry::qualified(*buyer, one, day); });
  if (!qualified) {
    return Error{ErrorCode::not_qualified, "/buyer", ask.buyer + ": " + rules.buyer_source};
  }
  const auto rights = dossiers_about(reading, ask.city, {"invoicing_right", ask.buyer, ask.buyer});
  const bool granted = std::any_of(rights.begin(), rights.end(), [&](const registry::Dossier& one) {
    return one.state == "granted" && holds_on(one, day);
  });
  const auto method =
      invoicing::method_on(method_choices(reading, ask.city, ask.buyer), day, rules.method_months);
  if (!granted || !method) {
    return Error{ErrorCode::not_qualified, "/buyer",
                 "no dossier invoicing_right of " + ask.buyer + " is granted on that day"};
  }
  if (ask.special && *method != invoicing::Method::general) {
    return Error{ErrorCode::bad_field, "/special",
                 "a special invoice takes the general method of VAT"};
  }
  return *method;
}

Result<void> check_seller(store::Reading& reading, const InvoiceAsk& ask, const std::string& seller,
                          base::Day day) {
  const auto party = party_on_record(reading, ask.city, seller);
  if (!party || !registry::is_person(party->kind)) {
    return Error{ErrorCode::bad_field, "/events",
                 seller + " is no natural person and issues invoices itself"};
  }
  const auto agrees = [&](const registry::Dossier& one) {
    return one.type == "invoice_consent" && one.about == seller && one.party == ask.buyer &&
           one.state == "given" && holds_on(one, day);
  };
  // Under the key that they usually have, since a recycler has thousands of sellers.
  const auto usual = dossier_on_record(reading, ask.city, "consent." + ask.buyer + "." + seller);
  if (usual && agrees(usual->dossier)) {
    return {};
  }
  const auto consents = dossiers_about(reading, ask.city, {"invoice_consent", seller, ask.buyer});
  if (std::none_of(consents.begin(), consents.end(), agrees)) {
    return Error{ErrorCode::bad_field, "/events",
                 "no dossier invoice_consent of " + seller + " to " + ask.buyer + " holds"};
  }
  return {};
}

/// Lines and seller of the events, each of them to be invoiced for the first time.
Result<void> take_events(CityWriter& writer, const InvoiceAsk& ask, Invoice& invoice) {
  std::set<std::string, std::less<>> seen;
  for (const std::string& id : ask.events) {
    HUAN_TRY(bought, bought_event(writer.reading(), ask.city, id));
    const auto before = writer.reading().setting(ask.city, invoiced_key(bought.id)).value_or("");
    if (!before.empty() || !seen.insert(bought.id.text()).second) {
      return Error{ErrorCode::id_conflict, "/events", id + " is invoiced: " + before};
    }
    if (bought.operator_id != ask.buyer || bought.event.party.empty()) {
      return Error{ErrorCode::bad_field, "/events",
                   id + " is not bought by " + ask.buyer + " of somebody named"};
    }
    if (!invoice.seller.empty() && bought.event.party != invoice.seller) {
      return Error{ErrorCode::bad_field, "/events", "an invoice is of one seller"};
    }
    if (base::day_of(bought.event.time, writer.setting().offset_s) > invoice.day) {
      return Error{ErrorCode::bad_field, "/day", "before " + id + " happened"};
    }
    invoice.seller = bought.event.party;
    invoice.sums.paid += bought.paid;
    invoice.lines.insert(invoice.lines.end(), bought.lines.begin(), bought.lines.end());
  }
  if (invoice.lines.empty() || invoice.lines.size() > invoicing::kInvoiceLinesMax) {
    return Error{invoice.lines.empty() ? ErrorCode::bad_field : ErrorCode::too_large, "/events",
                 "1 to 1000 lines"};
  }
  return {};
}

Result<base::Day> day_of_issue(const CityWriter& writer, const std::optional<base::Day>& asked,
                               base::Instant now) {
  const base::Day today = base::day_of(now, writer.setting().offset_s);
  if (asked && *asked > today) {
    return Error{ErrorCode::time_in_future, "/day", base::format_day(*asked)};
  }
  return asked.value_or(today);
}

/// Takes part in the writer's transaction; what it gives is what comes back.
Result<KeptInvoice> in_turn(Recorder& recorder, const std::string& city,
                            const std::function<Result<KeptInvoice>(CityWriter&)>& work) {
  Result<KeptInvoice> kept{Error{}};
  recorder.run(city, 1, [&](CityWriter& writer) {
    kept = work(writer);
    return kept.has_value();
  });
  return kept;
}

Result<KeptInvoice> found(CityWriter& writer, const std::string& city, const std::string& key) {
  auto kept = invoice_on_record(writer.reading(), city, key);
  if (!kept) {
    return Error{ErrorCode::not_found, "key", key};
  }
  return std::move(*kept);
}

/// Who sold, for a gateway that needs it.
std::optional<invoicing::GatewaySeller> read_seller(Personal& personal,
                                                    const vault::Subject& seller) {
  FieldSet allowed;
  allowed.set(static_cast<std::size_t>(vault::Field::name));
  allowed.set(static_cast<std::size_t>(vault::Field::id_number));
  const auto fields = personal.read({"system/invoices", "invoicing"}, seller, {{}, allowed});
  invoicing::GatewaySeller out;
  for (const PersonalField& one : fields ? *fields : std::vector<PersonalField>()) {
    if (one.state == FieldState::clear) {
      (one.field == vault::Field::name ? out.name : out.id_number) = one.value;
    }
  }
  return out.id_number.empty() ? std::nullopt : std::optional(std::move(out));
}

/// What the gateway's answer changes.
void settle(CityWriter& writer, KeptInvoice& kept, const invoicing::GatewayReply& reply,
            invoicing::Month month) {
  Invoice& invoice = kept.invoice;
  ++invoice.attempts;
  if (reply.answer == GatewayAnswer::issued) {
    invoice.state = State::issued;
    invoice.number = reply.number;
    if (!invoice.red_of.empty()) {
      move_turnover(writer, invoice, month, invoice.sums.net);
      mark_events(writer, invoice, "");
    }
  } else if (reply.answer == GatewayAnswer::refused) {
    invoice.state = State::refused;
    invoice.refusal = reply.reason;
    if (invoice.red_of.empty()) {
      move_turnover(writer, invoice, month, -invoice.sums.net);
      mark_events(writer, invoice, "");
    }
  }
}

}  // namespace

Result<KeptInvoice> Invoices::write(CityWriter& writer, KeptInvoice kept,
                                    const Principal& by) const {
  RegistryPut put;
  put.kind = "invoice";
  put.key = kept.key;
  put.data = invoicing::to_json(kept.invoice);
  put.based_on = kept.version;
  put.time = kept.version == 0 ? holds_from(writer.setting(), kept.invoice.day, parts_.clock.now())
                               : std::string();
  const Outcome outcome = writer.put(put, by);
  if (outcome.status == Status::refused) {
    return outcome.error;
  }
  ++kept.version;
  return kept;
}

Result<invoicing::Turnover> Invoices::sold_before(CityWriter& writer,
                                                  const std::string& seller) const {
  HUAN_TRY(parties,
           parts_.personal.same_person(writer.transaction(), {writer.setting().city, seller}));
  invoicing::Turnover sold;
  for (const vault::Subject& one : parties) {
    sold.add(turnover_of(writer.reading(), one));
  }
  return sold;
}

Result<void> Invoices::check_room(const Invoice& invoice, const invoicing::Turnover& sold) const {
  const auto room = invoicing::room_in(sold, invoicing::month_of(invoice.day), *rules_.limit);
  if (invoice.sums.net > room.left) {
    return Error{
        ErrorCode::over_limit, "/events",
        invoice.seller + " has " + invoicing::yuan(room.left) + " left of " +
            invoicing::yuan(room.limit) + " yuan in " + std::to_string(rules_.limit->months) +
            " months: stop, and guide the seller to register a business; " + rules_.limit->source};
  }
  return {};
}

Result<KeptInvoice> Invoices::reserve(CityWriter& writer, const InvoiceAsk& ask) const {
  KeptInvoice kept{ask.key, 0, {}};
  Invoice& invoice = kept.invoice;
  if (writer.reading().registered(ask.city, "invoice", ask.key)) {
    return Error{ErrorCode::id_conflict, "/key", ask.key};
  }
  HUAN_TRY(day, day_of_issue(writer, ask.day, parts_.clock.now()));
  const auto* period = invoicing::period_on(rules_, day);
  if (!rules_.limit || period == nullptr || !period->vat_ppm) {
    return Error{ErrorCode::not_supported, "/day",
                 "the pack states no limit or no rate of VAT for " + base::format_day(day)};
  }
  invoice.day = day;
  invoice.party = ask.buyer;
  invoice.special = ask.special;
  invoice.attached = ask.attached;
  invoice.rules = rules_name_;
  HUAN_TRY(method, check_buyer(writer.reading(), ask, rules_, day));
  invoice.general = method == invoicing::Method::general;
  HUAN_CHECK(take_events(writer, ask, invoice));
  HUAN_CHECK(check_seller(writer.reading(), ask, invoice.seller, day));
  const auto buyer = writer.reading().registered(ask.city, "party", ask.buyer);
  invoice.district = buyer ? buyer->district : "";
  invoice.sums = *invoicing::sums_of(invoice.sums.paid, *period);
  HUAN_TRY(sold, sold_before(writer, invoice.seller));
  HUAN_CHECK(check_room(invoice, sold));
  const auto month = invoicing::month_of(day);
  const bool exempt =
      invoicing::is_exempt(*period, invoice.special, sold.of(month) + invoice.sums.net);
  invoice.sums.withheld =
      invoicing::withheld_of(invoicing::due_of(invoice.sums, exempt), rules_, day);
  move_turnover(writer, invoice, month, invoice.sums.net);
  mark_events(writer, invoice, ask.key);
  parts_.personal.keep(writer, invoice.seller,
                       vault::term_of(vault::Retention::tax_evidence, invoice.day));
  return write(writer, std::move(kept), ask.by);
}

Result<KeptInvoice> Invoices::request(const InvoiceAsk& ask) {
  auto kept =
      in_turn(parts_.recorder, ask.city, [&](CityWriter& writer) { return reserve(writer, ask); });
  return kept ? deliver({ask.city, ask.key, ask.by}) : std::move(kept);
}

Result<KeptInvoice> Invoices::deliver(const InvoiceStep& step) {
  auto kept = in_turn(parts_.recorder, step.city,
                      [&](CityWriter& writer) { return found(writer, step.city, step.key); });
  if (!kept || kept->invoice.state != State::requested) {
    return kept;
  }
  const auto reply = invoicing::deliver(
      parts_.gateway,
      {step.city + "/" + step.key, invoicing::to_json(kept->invoice),
       [&] { return read_seller(parts_.personal, {step.city, kept->invoice.seller}); }},
      kept->invoice.attempts);
  if (reply.answer == GatewayAnswer::no_answer && kept->invoice.attempts > 0) {
    return kept;  // as often as it is asked: no versions that say nothing
  }
  return in_turn(parts_.recorder, step.city, [&](CityWriter& writer) -> Result<KeptInvoice> {
    HUAN_TRY(now, found(writer, step.city, step.key));
    if (now.invoice.state != State::requested) {
      return now;  // somebody else was told the same meanwhile
    }
    const auto blue = invoice_on_record(writer.reading(), step.city, now.invoice.red_of);
    settle(writer, now, reply, invoicing::month_of((blue ? blue->invoice : now.invoice).day));
    return write(writer, std::move(now), step.by);
  });
}

Result<KeptInvoice> Invoices::undo(const InvoiceStep& step) {
  const std::string key = invoicing::red_key(step.key);
  auto kept = in_turn(parts_.recorder, step.city, [&](CityWriter& writer) -> Result<KeptInvoice> {
    HUAN_TRY(blue, found(writer, step.city, step.key));
    if (blue.invoice.state != State::issued || !blue.invoice.red_of.empty()) {
      return Error{ErrorCode::bad_field, "key", "only an issued blue invoice is undone"};
    }
    HUAN_TRY(day, day_of_issue(writer, step.day, parts_.clock.now()));
    if (day < blue.invoice.day) {
      return Error{ErrorCode::bad_field, "/day", "before the invoice that it undoes"};
    }
    auto before = invoice_on_record(writer.reading(), step.city, key);
    if (before && before->invoice.state != State::refused) {
      return std::move(*before);  // the only one that there can be
    }
    KeptInvoice red{key, before ? before->version : 0, blue.invoice};
    red.invoice.day = day;
    red.invoice.sums = invoicing::negative(blue.invoice.sums);
    for (auto& line : red.invoice.lines) {
      line.paid = -line.paid;
      line.mass = -line.mass;
    }
    red.invoice.state = State::requested;
    red.invoice.number.clear();
    red.invoice.refusal.clear();
    red.invoice.attempts = before ? before->invoice.attempts : 0;
    red.invoice.red_of = step.key;
    red.invoice.reason = step.reason;
    red.invoice.attached.clear();
    return write(writer, std::move(red), step.by);
  });
  return kept ? deliver({step.city, key, step.by}) : std::move(kept);
}

Result<KeptInvoice> Invoices::attach(const InvoiceStep& step) {
  return in_turn(parts_.recorder, step.city, [&](CityWriter& writer) -> Result<KeptInvoice> {
    HUAN_TRY(kept, found(writer, step.city, step.key));
    auto& attached = kept.invoice.attached;
    if (attached.size() + step.attached.size() > invoicing::kAttachedMax) {
      return Error{ErrorCode::too_large, "/evidence", "at most 100 pieces"};
    }
    attached.insert(attached.end(), step.attached.begin(), step.attached.end());
    return write(writer, std::move(kept), step.by);
  });
}

Result<SellerRoom> seller_room(store::Reading& reading, const Personal& personal,
                               const vault::Subject& seller, const invoicing::Rules& rules,
                               base::Day day) {
  if (!rules.limit) {
    return Error{ErrorCode::not_supported, "", "the pack states no limit"};
  }
  HUAN_TRY(parties, personal.same_person(reading, seller));
  SellerRoom out;
  for (const vault::Subject& one : parties) {
    out.sold.add(turnover_of(reading, one));
  }
  out.room = invoicing::room_in(out.sold, invoicing::month_of(day), *rules.limit);
  out.parties = std::move(parties);
  return out;
}

}  // namespace huan::app
