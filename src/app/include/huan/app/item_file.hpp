// SPDX-License-Identifier: Apache-2.0
// The file of one thing that carries a code, an end-of-life vehicle 报废机动车一车一档 or an
// appliance: whether its number can be one, where it went step by step, what came out of it and
// where that is, the papers about it, and what its file still lacks under the pack's rule. All of
// it is read from the ledger and the registry; nothing is kept beside them.
//
//   HUAN_TRY(file, item_file(*snapshot, {"130100", offset_s, {}}, "LSVAU2A37N2183294", rules));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/buying/rules.hpp"
#include "huan/json/writer.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// One record that moved it.
struct ItemStep {
  store::Seq seq{0};
  std::string event;
  std::string type;
  base::Instant time;
  std::string place;
  std::string party;       ///< who handed it over, or who took it
  std::string lot_before;  ///< empty: it was not in stock here
  std::string lot_after;   ///< empty: it left
  std::string cls;         ///< of a sale: recycle, reuse, …
};

struct ItemPart {
  std::string code;
  std::string kind;
  std::string lot;      ///< where it stands; empty: it left
  std::string place;    ///< of that lot
  std::string left_by;  ///< type of the event that it left with
  std::string taker;    ///< party that it went to
  std::string mark;     ///< dossier part_mark that says how it is marked
};

struct ItemFile {
  std::string code;
  std::string kind;
  std::string lot;
  std::string place;
  std::optional<bool> number_ok;  ///< VIN with its check digit; absent: the rule asks for none
  std::vector<ItemStep> steps;    ///< in the order of the log, versions no longer in force left out
  std::vector<ItemPart> parts;    ///< by code
  std::vector<std::string> papers;   ///< keys of the dossiers that name it
  std::vector<std::string> missing;  ///< number, assemblies, papers, marks of parts for reuse
  std::string source;                ///< of the rule; empty: the pack has none for its kind
};

struct ItemAsked {
  std::string city;
  std::int32_t offset_s{0};
  store::RowScope scope{};
};

/// unknown_item: no record ever moved it, or none that the asker may see. Reads all items and the
/// dossiers of the certificate's type: for one thing at a time.
[[nodiscard]] base::Result<ItemFile> item_file(store::Reading& reading, const ItemAsked& asked,
                                               const std::string& code, const buying::Rules& rules);
void write_item_file(json::Writer& w, const ItemFile& file, std::int32_t offset_s);

}  // namespace huan::app
