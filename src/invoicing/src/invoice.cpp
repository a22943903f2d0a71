// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/invoice.hpp"

#include <array>

#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"

namespace huan::invoicing {
namespace {

using base::ErrorCode;
using registry::Fields;

constexpr std::array<std::string_view, 3> kStates{"requested", "issued", "refused"};
constexpr std::array<std::string_view, 2> kMethods{"simple", "general"};
constexpr std::array<std::string_view, 2> kForms{"ordinary", "special"};
constexpr registry::IntegerRange kMoney{-base::kIntegerMax, base::kIntegerMax};
constexpr std::size_t kNoteBytes = 1'000;

std::optional<base::Money> optional_money(Fields& f, std::string_view key) {
  const auto fen = f.optional_integer(key, kMoney);
  return fen ? std::optional(base::Money{*fen}) : std::nullopt;
}

InvoiceLine read_line(Fields& f) {
  InvoiceLine line;
  const auto event = base::Uuid::parse(f.text("event"));
  if (!event) {
    f.refuse(ErrorCode::bad_field, "event", "the id of an event");
  }
  line.event = event.value_or(base::Uuid{});
  line.material = f.name("material", base::kLongNameMax);
  line.mass = base::Mass{f.integer("mass_g", {-base::kMassMax, base::kMassMax})};
  line.paid = base::Money{f.integer("paid_fen", kMoney)};
  return line;
}

Attached read_attached(Fields& f) {
  Attached one;
  const auto kind = evidence_kind_from(f.text("kind"));
  if (!kind) {
    f.refuse(ErrorCode::bad_field, "kind", "contract, transport, weigh_ticket, payment or ledger");
  }
  one.kind = kind.value_or(EvidenceKind::contract);
  one.source = f.text("source", kNoteBytes);
  one.file = f.optional_text("file").value_or("");
  return one;
}

template <class Read>
auto read_list(Fields& f, std::string_view key, std::size_t most, Read read) {
  std::vector<decltype(read(f))> out;
  const auto list = f.array(key);
  if (list && list->size() > most) {
    f.refuse(ErrorCode::too_large, key, "at most " + std::to_string(most));
    return out;
  }
  if (list) {
    out.reserve(list->size());
    for (const json::Value one : list->elements()) {
      Fields part(one, f.pointer(key) + "/" + std::to_string(out.size()));
      out.push_back(read(part));
      if (auto finished = part.finish(); !finished) {
        f.adopt(std::move(finished).error());
        return out;
      }
    }
  }
  return out;
}

void put_money(json::Writer& w, std::string_view key, const std::optional<base::Money>& sum) {
  if (sum) {
    w.member(key, sum->count());
  }
}
void put_some(json::Writer& w, std::string_view key, const std::string& text) {
  if (!text.empty()) {
    w.member(key, text);
  }
}

void put_attached(json::Writer& w, const std::vector<Attached>& attached) {
  w.key("attached").begin_array();
  for (const Attached& one : attached) {
    w.begin_object();
    put_some(w, "file", one.file);
    w.member("kind", name(one.kind)).member("source", one.source).end_object();
  }
  w.end_array();
}

void put_lines(json::Writer& w, const std::vector<InvoiceLine>& lines) {
  w.key("lines").begin_array();
  for (const InvoiceLine& line : lines) {
    w.begin_object().member("event", line.event.text()).member("mass_g", line.mass.count());
    w.member("material", line.material).member("paid_fen", line.paid.count()).end_object();
  }
  w.end_array();
}

}  // namespace

std::string_view name(State state) noexcept { return kStates[static_cast<std::size_t>(state)]; }

base::Result<Invoice> parse_invoice(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Invoice out;
  out.party = f.name("party");
  out.seller = f.name("seller");
  out.district = f.optional_name("district").value_or("");
  const auto day = f.optional_day("day");
  if (!day) {
    f.refuse(ErrorCode::bad_field, "day", "a date like 2026-11-20 is expected");
  }
  out.day = day.value_or(base::Day{});
  out.special = f.choice("form", kForms) == 1;
  out.general = f.choice("method", kMethods) == 1;
  static_cast<void>(f.flag("withheld", false));  // before the sums themselves were kept
  out.lines = read_list(f, "lines", kInvoiceLinesMax, read_line);
  out.sums.paid = base::Money{f.integer("paid_fen", kMoney)};
  out.sums.net = base::Money{f.integer("net_fen", kMoney)};
  out.sums.vat = base::Money{f.integer("vat_fen", kMoney)};
  out.sums.income = optional_money(f, "income_tax_fen");
  out.sums.surcharge = optional_money(f, "surcharge_fen");
  out.sums.withheld = {optional_money(f, "withheld_vat_fen"),
                       optional_money(f, "withheld_surcharge_fen"),
                       optional_money(f, "withheld_income_tax_fen")};
  out.state = static_cast<State>(f.choice("state", kStates));
  out.number = f.optional_text("number").value_or("");
  out.reason = f.optional_text("reason", kNoteBytes).value_or("");
  out.refusal = f.optional_text("refusal", kNoteBytes).value_or("");
  out.attempts = f.integer("attempts");
  out.red_of = f.optional_name("red_of", base::kLongNameMax).value_or("");
  out.attached = read_list(f, "attached", kAttachedMax, read_attached);
  out.rules = f.text("rules");
  HUAN_CHECK(f.finish());
  return out;
}

std::string to_json(const Invoice& invoice) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  put_attached(w, invoice.attached);
  w.member("attempts", invoice.attempts).member("day", base::format_day(invoice.day));
  put_some(w, "district", invoice.district);
  w.member("form", kForms[invoice.special ? 1 : 0]);
  put_money(w, "income_tax_fen", invoice.sums.income);
  put_lines(w, invoice.lines);
  w.member("method", kMethods[invoice.general ? 1 : 0]);
  w.member("net_fen", invoice.sums.net.count());
  put_some(w, "number", invoice.number);
  w.member("paid_fen", invoice.sums.paid.count()).member("party", invoice.party);
  put_some(w, "reason", invoice.reason);
  put_some(w, "red_of", invoice.red_of);
  put_some(w, "refusal", invoice.refusal);
  w.member("rules", invoice.rules).member("seller", invoice.seller);
  w.member("state", name(invoice.state));
  put_money(w, "surcharge_fen", invoice.sums.surcharge);
  w.member("vat_fen", invoice.sums.vat.count());
  put_money(w, "withheld_income_tax_fen", invoice.sums.withheld.income);
  put_money(w, "withheld_surcharge_fen", invoice.sums.withheld.surcharge);
  put_money(w, "withheld_vat_fen", invoice.sums.withheld.vat);
  w.end_object();
  return out;
}

const std::string& refusal_of(const Invoice& invoice) {
  static const std::string kNone;
  if (invoice.state != State::refused) {
    return kNone;
  }
  return invoice.refusal.empty() && invoice.red_of.empty() ? invoice.reason : invoice.refusal;
}

std::string red_key(std::string_view blue_key) { return std::string(blue_key) + ".red"; }

}  // namespace huan::invoicing
