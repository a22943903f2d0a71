// SPDX-License-Identifier: Apache-2.0
// An invoice issued in reverse 反向开票, as it is kept on record (kind `invoice`): the recycler
// (`party`) issues it for what a natural person (`seller`) sold to it, by the ledger's own receive
// events. A red invoice undoes one blue one as a whole and names it. Each step is a version: asked
// for, issued with the gateway's number, or refused by it. Names and numbers of persons are not in
// it. Amounts in fen; of a red invoice all are negative.
//
//   HUAN_TRY(invoice, parse_invoice(document.root(), "/data"));
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/result.hpp"
#include "huan/invoicing/tax.hpp"
#include "huan/invoicing/turnover.hpp"
#include "huan/json/value.hpp"

namespace huan::invoicing {

enum class State : std::uint8_t {
  requested,  ///< counts against the limit; the gateway has not said what became of it
  issued,
  refused  ///< by the gateway: it never was
};
[[nodiscard]] std::string_view name(State state) noexcept;

struct InvoiceLine {
  base::Uuid event;  ///< as it is in force: the event itself or what corrected it
  std::string material;
  base::Mass mass;
  base::Money paid;
  friend bool operator==(const InvoiceLine&, const InvoiceLine&) = default;
};

/// Evidence that is not in the event itself.
struct Attached {
  EvidenceKind kind{};
  std::string source;  ///< document and its number
  std::string file;    ///< hash of an uploaded file; empty: none
  friend bool operator==(const Attached&, const Attached&) = default;
};

struct Invoice {
  std::string party;     ///< who buys and issues
  std::string seller;    ///< party of the natural person
  std::string district;  ///< of the buyer
  base::Day day;
  bool special{false};  ///< 专用发票; else 普通发票
  bool general{false};  ///< the buyer's method 一般计税; else 简易计税
  std::vector<InvoiceLine> lines;
  Sums sums;
  State state{State::requested};
  std::string number;   ///< the gateway's
  std::string reason;   ///< why it is undone; of records of before also why it was refused
  std::string refusal;  ///< the gateway's word for why it refused
  std::int64_t attempts{0};
  std::string red_of;  ///< key of the blue invoice; empty: this is a blue one
  std::vector<Attached> attached;
  std::string rules;  ///< pack and version
};

inline constexpr std::size_t kInvoiceLinesMax = 1'000;
inline constexpr std::size_t kAttachedMax = 100;

/// Why the gateway refused it, by its own word; empty: it did not, or gave none.
[[nodiscard]] const std::string& refusal_of(const Invoice& invoice);

/// bad_field, bad_text, bad_number, too_large.
[[nodiscard]] base::Result<Invoice> parse_invoice(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Invoice& invoice);  ///< RFC 8785

/// The only key that a red invoice of this one can have: so there is never a second.
[[nodiscard]] std::string red_key(std::string_view blue_key);

}  // namespace huan::invoicing
