// SPDX-License-Identifier: Apache-2.0
// What the records of a month say that would count in a firm's credit if an officer entered it:
// forms that fell due and were late or are still out, shipments whose ends differ beyond their
// material's tolerance (by who shipped), visits that the subject would not sign. Only kinds that a
// credit rule of the pack names; nothing is recorded. The key follows from kind, firm and term or
// record, so that what was entered once, or withdrawn, is not proposed again; what an officer typed
// under another key is known by its records, a late form also by its firm, day and name.
//
//   for (const CreditProposal& one : propose_credit(reading, city, book, {first, last, today})) …
#pragma once

#include <string>
#include <vector>

#include "huan/json/writer.hpp"
#include "huan/oversight/forms.hpp"

namespace huan::oversight {

struct ProposalWords {
  std::string zh;
  std::string en;
};

/// The fields of a `credit_event` as they would be entered.
struct CreditProposal {
  std::string key;   ///< of the dossier that it becomes
  std::string kind;  ///< late_declaration, discrepancy, refusal
  std::string party;
  base::Day day;  ///< when it happened: the due day, the last of the acceptances, the visit
  ProposalWords what;
  ProposalWords basis;
  std::vector<std::string> records;  ///< event ids, kind:key of registered things
  std::int64_t size{0};              ///< days late, grams of difference
};

struct ProposalDays {
  base::Day first;
  base::Day last;
  base::Day today;
};

/// By kind, the largest first, then by key: no document says how large is too large. Of all firms:
/// who may see one is the edge's.
[[nodiscard]] std::vector<CreditProposal> propose_credit(store::Reading& reading,
                                                         const CityName& city, const FormBook& book,
                                                         const ProposalDays& days);

/// {"basis":{"en","zh"},"day","key","kind","party","records":[…],"size","what":{"en","zh"}}
void write_proposal(json::Writer& w, const CreditProposal& one);

}  // namespace huan::oversight
