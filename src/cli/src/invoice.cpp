// SPDX-License-Identifier: Apache-2.0
// Reverse invoicing 反向开票 from the shell.
#include <fmt/core.h>

#include <algorithm>

#include "huan/app/invoice_text.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_report/xlsx.hpp"
#include "huan/wire_table/csv_writer.hpp"
#include "oversight_options.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

struct InvoiceOptions {
  OversightOptions city;
  std::string action;
  std::string key;
  std::string buyer;
  std::string seller;
  std::string month;
  std::string form;
  std::string names_for;  ///< what the names are needed for; empty: without them
  std::string reason;
  std::string gateway;
  std::string invoicing{"simulated"};
  std::string invoicing_secret;
  std::string xlsx;
  std::string as{"operator"};
  bool special{false};
  std::vector<std::string> events;
  std::vector<std::string> evidence;  ///< "kind=source"
};

/// A store for writing with its vault, and the gateway that was asked for.
struct InvoiceDesk {
  explicit InvoiceDesk(const Common& common) : writing(common) {}
  Writing writing;
  std::unique_ptr<app::Personal> personal;
  std::unique_ptr<invoicing::Gateway> gateway;
};

/// What `huan serve` would ask, or a simulated one with a fault to try things with.
Result<std::unique_ptr<invoicing::Gateway>> gateway_of(const Common& common,
                                                       const InvoiceOptions& options) {
  constexpr int kAlways = 1'000'000;
  if (options.gateway.empty()) {
    return common.doors.tax_platform(options.invoicing, options.invoicing_secret);
  }
  invoicing::SimulatedGateway::Faults faults;
  faults.down = options.gateway == "simulated:down" ? kAlways : 0;
  faults.refused = options.gateway == "simulated:refused" ? kAlways : 0;
  std::unique_ptr<invoicing::Gateway> gateway =
      std::make_unique<invoicing::SimulatedGateway>(faults);
  return gateway;
}

Result<std::vector<invoicing::Attached>> attached_of(const std::vector<std::string>& given) {
  std::vector<invoicing::Attached> out;
  out.reserve(given.size());
  for (const std::string& one : given) {
    const auto equals = one.find('=');
    const auto kind = invoicing::evidence_kind_from(std::string_view(one).substr(0, equals));
    if (equals == std::string::npos || equals + 1 == one.size() || !kind) {
      return Error{ErrorCode::bad_field, "--evidence", "kind=source, like payment=回单 7"};
    }
    out.push_back({*kind, one.substr(equals + 1), ""});
  }
  return out;
}

std::string rules_name(const Overseen& at) {
  return at.rules.pack.name + " " + at.rules.pack.version;
}

/// "; keeps back 50.00, pays 9950.00; vat, surcharge not stated"
std::string withheld_text(const invoicing::Sums& sums) {
  const auto& kept = sums.withheld;
  const auto total = invoicing::total_of(kept);
  std::string out = total ? fmt::format("; keeps back {}, pays {}", invoicing::yuan(*total),
                                        invoicing::yuan(sums.paid - *total))
                          : std::string();
  std::string silent;
  const auto say = [&](const auto& sum, std::string_view tax) {
    silent += sum ? "" : (silent.empty() ? "; " : ", ") + std::string(tax);
  };
  say(kept.vat, "VAT");
  say(kept.surcharge, "surcharges");
  say(kept.income, "income tax");
  return out + (silent.empty() ? "" : silent + " kept back: not stated");
}

/// A code as it is, a service's own words between quotes.
std::string refusal_text(const std::string& refusal) {
  if (base::is_name(refusal, invoicing::kRefusalCodeMax)) {
    return refusal;
  }
  std::string out;
  json::Writer w(out);
  w.string(refusal);
  return out;
}

void print_invoice(const Common& common, const Overseen& at, store::Reading& reading,
                   const app::Personal& personal, const app::KeptInvoice& kept) {
  const auto& invoice = kept.invoice;
  const bool red = !invoice.red_of.empty();
  const auto standing =
      app::standing_of(reading, personal, at.city.code, invoice, at.rules.rules.invoicing);
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_invoice(w, kept, standing);
    fmt::print("{}\n", out);
    return;
  }
  std::string gaps;
  for (const std::string& one : standing.missing) {
    gaps += (gaps.empty() ? "; missing " : ", ") + one;
  }
  const std::string& refusal = invoicing::refusal_of(invoice);
  fmt::print("{} {} {} {} of {} to {}: {} yuan without VAT{}{}{}{}{}\n", kept.key,
             invoicing::name(invoice.state), base::format_day(invoice.day),
             invoice.number.empty() ? "-" : invoice.number, invoice.seller, invoice.party,
             invoicing::yuan(invoice.sums.net), red ? "; undoes " + invoice.red_of : "",
             withheld_text(invoice.sums), gaps,
             standing.stands ? "" : "; the ledger was corrected since",
             refusal.empty() ? "" : "; refused: " + refusal_text(refusal));
}

Result<app::KeptInvoice> invoice_step(const Overseen& at, const InvoiceOptions& options,
                                      InvoiceDesk& desk) {
  HUAN_TRY(attached, attached_of(options.evidence));
  app::Invoices invoices({desk.writing.recorder, *desk.personal, desk.writing.clock, *desk.gateway},
                         at.rules.rules.invoicing, rules_name(at));
  const auto day = options.city.at.empty() ? std::nullopt : std::optional<base::Day>(at.day);
  if (options.action == "request") {
    app::InvoiceAsk ask;
    ask.city = at.city.code;
    ask.key = options.key.empty() ? desk.writing.ids.next().text() : options.key;
    ask.buyer = options.buyer;
    ask.events = options.events;
    ask.special = options.special;
    ask.attached = std::move(attached);
    ask.day = day;
    ask.by = {options.as};
    return invoices.request(ask);
  }
  app::InvoiceStep one;
  one.city = at.city.code;
  one.key = options.key;
  one.by = {options.as};
  one.reason = options.reason;
  one.attached = std::move(attached);
  one.day = day;
  return options.action == "retry" ? invoices.deliver(one)
         : options.action == "red" ? invoices.undo(one)
                                   : invoices.attach(one);
}

int move_invoice(const Common& common, const Overseen& at, const InvoiceOptions& options) {
  InvoiceDesk desk{common};
  auto personal =
      open_personal(common, *desk.writing.store, desk.writing.recorder, desk.writing.clock);
  if (!personal) {
    return refused(common, personal.error());
  }
  desk.personal = std::move(*personal);
  auto gateway = gateway_of(common, options);
  if (!gateway) {
    return refused(common, gateway.error());
  }
  desk.gateway = std::move(*gateway);
  const auto kept = invoice_step(at, options, desk);
  if (!kept) {
    return refused(common, kept.error());
  }
  print_invoice(common, at, *desk.writing.store->snapshot(), *desk.personal, *kept);
  return kept->invoice.state == invoicing::State::issued ? kDone : kWanting;
}

int list_invoices(const Common& common, const Overseen& at, const InvoiceOptions& options,
                  const app::Personal& personal) {
  const bool check = options.action == "check";
  bool wanting = false;
  for (const auto& kept : app::read_invoices(
           *at.reading, at.city.code, {options.seller, options.city.district, options.buyer, {}})) {
    if (!options.key.empty() && kept.key != options.key) {
      continue;
    }
    const bool stood =
        !kept.invoice.red_of.empty() || kept.invoice.state != invoicing::State::issued ||
        at.reading->registered(at.city.code, "invoice", invoicing::red_key(kept.key)) ||
        app::stands_as_invoiced(*at.reading, at.city.code, kept.invoice);
    wanting = wanting || !stood;
    if (!check || !stood) {
      print_invoice(common, at, *at.reading, personal, kept);
    }
  }
  return check && wanting ? kWanting : kDone;
}

int show_room(const Common& common, const Overseen& at, const InvoiceOptions& options,
              const app::Personal& personal) {
  const vault::Subject seller{at.city.code, options.seller};
  const auto room =
      app::seller_room(*at.reading, personal, seller, at.rules.rules.invoicing, at.day);
  if (!room) {
    return refused(common, room.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    app::write_room(w, seller, *room, at.day);
    fmt::print("{}\n", out);
    return room->room.warn ? kWanting : kDone;
  }
  fmt::print("{} used {} of {} yuan, {} left; {} parties of this person on this server{}\n",
             options.seller, invoicing::yuan(room->room.used), invoicing::yuan(room->room.limit),
             invoicing::yuan(room->room.left), room->parties.size(),
             room->room.warn ? "; near the limit" : "");
  return room->room.warn ? kWanting : kDone;
}

Result<void> write_filing_xlsx(const invoicing::FilingForm& form, const invoicing::Filing& filing,
                               const app::FilingTable& table, const std::string& path) {
  reports::Report report;
  report.title = form.zh;
  report.subtitle = filing.buyer + " " + invoicing::format(filing.month);
  report.facts = {{"依据", form.source}};
  reports::Section section;
  section.heading = form.zh;
  section.table.columns = table.header;
  for (const auto& row : table.rows) {
    auto& cells = section.table.rows.emplace_back();
    for (const std::string& cell : row) {
      cells.push_back(reports::text(cell));
    }
  }
  report.sections.push_back(std::move(section));
  return wire_report::write_xlsx(report, path);
}

/// Each seller is read out of the vault once, recorded with what for.
Result<app::SellersOnForm> sellers_of(const app::MonthFiled& month, const Overseen& at,
                                      const InvoiceOptions& options, app::Personal& personal) {
  app::PersonalQuestion question{{}, {}};
  question.allowed.set(static_cast<std::size_t>(vault::Field::name));
  question.allowed.set(static_cast<std::size_t>(vault::Field::id_number));
  app::SellersOnForm sellers;
  for (const auto& one : month.filed) {
    const auto [seller, fresh] = sellers.try_emplace(one.known->invoice->seller);
    if (!fresh) {
      continue;
    }
    HUAN_TRY(fields, personal.read({options.as, options.names_for}, {at.city.code, seller->first},
                                   question));
    for (const app::PersonalField& field : fields) {
      if (field.state == app::FieldState::clear) {
        const bool name = field.field == vault::Field::name;
        (name ? seller->second.name : seller->second.id_number) = field.value;
      }
    }
  }
  return sellers;
}

int file(const Common& common, const Overseen& at, const InvoiceOptions& options,
         app::Personal& personal) {
  const auto month = invoicing::parse_month(options.month);
  const auto& forms = at.rules.rules.invoicing.forms;
  const auto form = std::find_if(forms.begin(), forms.end(),
                                 [&](const auto& one) { return one.code == options.form; });
  if (!month || form == forms.end()) {
    return refused(common, {ErrorCode::bad_field, month ? "--form" : "--month",
                            month ? "a form of the pack's invoicing.toml" : "a month: 2026-11"});
  }
  const invoicing::Filing filing{options.buyer, *month};
  const auto filed =
      app::file_month(*at.reading, personal, at.city.code, filing, at.rules.rules.invoicing);
  if (!filed) {
    return refused(common, filed.error());
  }
  const bool named = !options.names_for.empty();
  const auto sellers = named ? sellers_of(**filed, at, options, personal)
                             : Result<app::SellersOnForm>(app::SellersOnForm{});
  if (!sellers) {
    return refused(common, sellers.error());
  }
  const auto table = app::filing_table(*form, (*filed)->filed, named ? &*sellers : nullptr);
  if (!options.xlsx.empty()) {
    const auto written = write_filing_xlsx(*form, filing, table, options.xlsx);
    return written ? kDone : refused(common, written.error());
  }
  std::string out;
  if (common.json) {
    json::Writer w(out);
    app::write_filing(w, *form, filing, table);
    out += '\n';
  } else {
    wire_table::CsvWriter csv(out);
    csv.row(table.header);
    for (const auto& row : table.rows) {
      csv.row(row);
    }
  }
  fmt::print("{}", out);
  return kDone;
}

/// Reading a person in clear text is a record: the store is opened for writing.
int file_with_names(const Common& common, const Overseen& at, const InvoiceOptions& options) {
  InvoiceDesk desk{common};
  auto personal =
      open_personal(common, *desk.writing.store, desk.writing.recorder, desk.writing.clock);
  return personal ? file(common, at, options, **personal) : refused(common, personal.error());
}

int run_invoice(const Common& common, const InvoiceOptions& options) {
  const auto at = oversee(common, options.city);
  if (!at) {
    return refused(common, at.error());
  }
  const bool writes = options.action == "request" || options.action == "retry" ||
                      options.action == "red" || options.action == "attach";
  if (writes) {
    return move_invoice(common, *at, options);
  }
  if (options.action == "filing" && !options.names_for.empty()) {
    return file_with_names(common, *at, options);
  }
  const PersonalToRead reading{common, *at->store};  // a server may be writing meanwhile
  const auto& personal = reading.personal;
  if (!personal) {
    return refused(common, personal.error());
  }
  if (options.action == "limit") {
    return show_room(common, *at, options, **personal);
  }
  return options.action == "filing" ? file(common, *at, options, **personal)
                                    : list_invoices(common, *at, options, **personal);
}

}  // namespace

void add_invoice(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "invoice",
                           "reverse invoicing: ask for, retry, undo, evidence, limit, filing");
  auto options = std::make_shared<InvoiceOptions>();
  one->add_option("action", options->action,
                  "request, retry, red, attach, list, check (against the ledger), limit or filing")
      ->required()
      ->check(
          CLI::IsMember({"request", "retry", "red", "attach", "list", "check", "limit", "filing"}));
  add_oversight_options(*one, common, options->city);
  one->add_option("--key", options->key, "of the invoice; request: a new one of its own");
  one->add_option("--buyer", options->buyer, "party that issues it");
  one->add_option("--seller", options->seller, "party of the natural person");
  one->add_option("--event", options->events, "receive event that it is for; several");
  one->add_flag("--special", options->special, "a special invoice 专用发票");
  one->add_option("--evidence", options->evidence,
                  "kind=source: contract, transport, weigh_ticket, payment or ledger");
  one->add_option("--reason", options->reason, "red: why");
  one->add_option("--month", options->month, "filing: 2026-11");
  one->add_option("--form", options->form, "filing: code of the pack's form");
  one->add_option("--xlsx", options->xlsx, "filing: write this file");
  one->add_option(
      "--names-for", options->names_for,
      "filing: with names and identity numbers; what they are needed for, which is kept");
  one->add_option("--as", options->as, "who does it");
  one->add_option("--invoicing", options->invoicing,
                  "what issues them: simulated, or the address of a service to the tax platform, "
                  "as huan serve takes it")
      ->envname("HUAN_INVOICING")
      ->capture_default_str();
  one->add_option("--invoicing-secret", options->invoicing_secret,
                  "file with the bearer token that the service asks for");
  one->add_option("--gateway", options->gateway,
                  "to try things: simulated, simulated:down or simulated:refused")
      ->check(CLI::IsMember({"simulated", "simulated:down", "simulated:refused"}));
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return run_invoice(common, *options); };
  });
}

}  // namespace huan::cli
