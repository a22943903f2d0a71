// SPDX-License-Identifier: Apache-2.0
#include "huan/app/sum_events.hpp"

#include "huan/base/quantity.hpp"
#include "huan/json/document.hpp"
#include "huan/ledger/rollup.hpp"

namespace huan::app {
namespace {

using ledger::AccountKind;
using ledger::FoldContext;

/// As its own legs were posted; nullopt of a void, which has none.
std::optional<FoldContext> context_of(const store::Record& record) {
  const auto document = json::Document::parse(record.body, json::kStored);
  const auto root =
      document && document->root().is_object() ? std::optional{document->root()} : std::nullopt;
  const auto event = root ? root->find("event") : std::nullopt;
  if (!event || !event->is_object()) {
    return std::nullopt;
  }
  const auto parsed = ledger::parse_version(event->find("replacement").value_or(*event));
  if (!parsed || parsed->type == ledger::EventType::correct) {
    return std::nullopt;
  }
  FoldContext context{parsed->type, record.place, record.operator_id, record.district,
                      ledger::flow_class(*parsed)};
  const auto drawn = root->find("drawn");
  const auto cls = drawn && drawn->is_object() ? drawn->find("class") : std::nullopt;
  if (cls && cls->is_string()) {
    context.cls = cls->string();
  }
  return context;
}

/// Both versions of a correction; of any other event one.
struct Contexts {
  FoldContext now;
  FoldContext before;
};

std::optional<Contexts> contexts_of(store::Reading& reading, store::City city,
                                    const store::Record& record) {
  auto now = context_of(record);
  const auto superseded =
      record.supersedes == 0 ? std::nullopt : reading.record(city, record.supersedes);
  auto before = superseded ? context_of(*superseded) : std::nullopt;
  if (!now && !before) {
    return std::nullopt;
  }
  return Contexts{now ? *now : *before, before ? *before : *now};
}

/// Where the ledger counts a kept leg: stock and runs stand at a place of their own, a run's rest
/// is of its process.
FoldContext context_of_kept(store::Reading& reading, store::City city, const ledger::Leg& leg,
                            const Contexts& contexts) {
  constexpr std::string_view kStock = "stock ";
  constexpr std::string_view kWip = "wip ";
  const std::string_view a = leg.account.a;
  const bool imbalance = leg.account.kind == AccountKind::imbalance;
  const bool rest = leg.account.kind == AccountKind::loss || leg.account.kind == AccountKind::count;
  const auto run = rest                               ? reading.run(city, a)
                   : imbalance && a.starts_with(kWip) ? reading.run(city, a.substr(kWip.size()))
                                                      : std::nullopt;
  const std::string place = run ? run->place
                            : imbalance && a.starts_with(kStock)
                                ? std::string(a.substr(kStock.size()))
                                : contexts.now.place;
  const bool is_before = place == contexts.before.place && place != contexts.now.place;
  FoldContext context = is_before ? contexts.before : contexts.now;
  if (rest) {
    context.cls = run ? run->process : std::string();
  }
  return context;
}

}  // namespace

std::optional<SumPart> sum_part(store::Reading& reading, store::City city,
                                const store::Record& record, const CountsRow& counts) {
  if (record.klass != store::RecordClass::event) {
    return std::nullopt;
  }
  const auto contexts = contexts_of(reading, city, record);
  if (!contexts) {
    return std::nullopt;
  }
  std::vector<ledger::RollupDelta> rows;
  for (const ledger::Leg& leg : reading.legs(city, record.seq)) {
    switch (leg.cls) {
      case ledger::LegClass::own:
        fold(leg, contexts->now, rows);
        break;
      case ledger::LegClass::reversing:
        fold(leg, contexts->before, rows);
        break;
      case ledger::LegClass::kept:
        fold(leg, context_of_kept(reading, city, leg, *contexts), rows);
        break;
    }
  }
  std::optional<SumPart> part;
  for (const ledger::RollupDelta& row : rows) {
    if (counts(row)) {
      SumPart& sum = part ? *part : part.emplace();
      sum.mass_g = base::checked_add(sum.mass_g, row.mass_g);
      sum.pieces = base::checked_add(sum.pieces, row.pieces);
      sum.money_fen = base::checked_add(sum.money_fen, row.money_fen);
      sum.count += row.count;
    }
  }
  return part;
}

}  // namespace huan::app
