// SPDX-License-Identifier: Apache-2.0
#include "huan/app/subsidies.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using subsidy::Statement;

constexpr std::size_t kStatementPage = 1'000;
constexpr std::string_view kElsewhere = "other-city:";

/// A lot where it was received.
struct ReceivedLot {
  std::string lot;
  std::string place;
  std::string material;
  base::Day day;
};

/// The events of one operator that stand, by seq.
std::set<store::Seq> standing_events(store::Reading& reading, const SubsidyAsk& ask) {
  std::set<store::Seq> own;
  reading.record_heads(ask.city, {}, [&](const store::RecordView& head) {
    if (head.supersedes != 0) {
      own.erase(head.supersedes);
    }
    if (head.klass == store::RecordClass::event && head.operator_id == ask.claim.party) {
      own.insert(head.seq);
    }
    return true;
  });
  return own;
}

/// What these events took in from outside, other cities left out.
class Intake {
 public:
  Intake(const std::set<store::Seq>& events, std::int32_t year) : events_(events), year_(year) {}

  void see(const store::LegView& leg) {
    if (leg.seq != seq_) {
      finish();
      seq_ = leg.seq;
      mine_ = events_.contains(seq_);
    }
    if (!mine_ || leg.cls != ledger::LegClass::own || leg.unit != ledger::Unit::mass) {
      return;
    }
    if (leg.kind == ledger::AccountKind::source) {
      from_outside_ = from_outside_ || !leg.b.starts_with(kElsewhere);
    } else if (leg.kind == ledger::AccountKind::stock && leg.amount > 0 &&
               base::civil_of(leg.day).year == year_) {
      pending_.push_back(
          {std::string(leg.b), std::string(leg.a), std::string(leg.material), leg.day});
    }
  }
  std::vector<ReceivedLot> done() {
    finish();
    return std::move(lots_);
  }

 private:
  void finish() {
    if (from_outside_) {
      lots_.insert(lots_.end(), pending_.begin(), pending_.end());
    }
    pending_.clear();
    from_outside_ = false;
  }

  const std::set<store::Seq>& events_;
  std::int32_t year_;
  store::Seq seq_{0};
  bool mine_{false};
  bool from_outside_{false};
  std::vector<ReceivedLot> pending_;
  std::vector<ReceivedLot> lots_;
};

bool is_subsidised(const subsidy::Tier& tier, const registry::Catalogue& catalogue,
                   const std::string& material) {
  if (tier.materials.empty()) {
    const registry::Material* known = catalogue.find(material);
    return known != nullptr && known->low_value;
  }
  return std::any_of(tier.materials.begin(), tier.materials.end(), [&](const std::string& branch) {
    return subsidy::is_in_branch(material, branch);
  });
}

base::Mass fate_grams(const trace::Graph& graph, trace::Reader& reader, const ReceivedLot& lot,
                      const subsidy::Tier& tier) {
  const auto node = graph.find(lot.lot, lot.place);
  base::Mass grams;
  if (!node) {
    return grams;
  }
  for (const trace::Share& share : reader.downstream(*node).shares) {
    if (share.kind != trace::ShareKind::outside || share.label == trace::kNoLabel) {
      continue;
    }
    const trace::Label label = graph.label(share.label);
    if (label.kind == trace::LabelKind::sink &&
        std::find(tier.fates.begin(), tier.fates.end(), label.b) != tier.fates.end()) {
      grams += base::Mass{share.grams};
    }
  }
  return grams;
}

std::optional<KeptStatement> statement_in(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  auto statement = data ? subsidy::parse_statement(*data, "/data") : Result<Statement>(Error{});
  if (!statement) {
    return std::nullopt;
  }
  return KeptStatement{row.key, row.version, std::move(*statement)};
}

/// Of one claim, in their order.
std::vector<KeptStatement> statements_of(store::RegistryReading& reading, const SubsidyAsk& ask) {
  auto all = read_statements(reading, ask.city, {ask.claim.tier, {}, ask.claim.party, {}});
  std::erase_if(
      all, [&](const KeptStatement& one) { return one.statement.claim.year != ask.claim.year; });
  std::sort(all.begin(), all.end(), [](const KeptStatement& a, const KeptStatement& b) {
    return a.statement.n < b.statement.n;
  });
  return all;
}

Outcome put_statement(CityWriter& writer, const KeptStatement& kept, const Principal& by) {
  RegistryPut put;
  put.kind = "subsidy";
  put.key = kept.key;
  put.data = subsidy::to_json(kept.statement);
  put.based_on = kept.version;
  return writer.put(put, by);
}

}  // namespace

std::vector<subsidy::TracedLot> Subsidies::traced(store::Reading& reading, const SubsidyAsk& ask) {
  const auto events = standing_events(reading, ask);
  Intake intake{events, ask.claim.year};
  reading.legs(ask.city, store::SeqRange{}, [&](const store::LegView& leg) {
    intake.see(leg);
    return true;
  });
  const auto lots = intake.done();
  std::map<std::string, subsidy::TracedLot> found;
  parts_.tracer.with_graph(reading, ask.city, [&](const trace::Graph& graph) {
    trace::Reader reader{graph};
    for (const ReceivedLot& lot : lots) {
      const auto* tier = subsidy::tier_on(rules_, ask.claim.tier, lot.day);
      if (tier == nullptr || !is_subsidised(*tier, catalogue_, lot.material)) {
        continue;
      }
      const base::Mass grams = fate_grams(graph, reader, lot, *tier);
      if (grams > base::Mass{}) {
        found.insert_or_assign(lot.lot, subsidy::TracedLot{lot.lot, lot.material, lot.day, grams});
      }
    }
  });
  std::vector<subsidy::TracedLot> out;
  out.reserve(found.size());
  for (auto& [id, lot] : found) {
    out.push_back(std::move(lot));
  }
  return out;
}

Result<std::optional<KeptStatement>> Subsidies::due_at(store::Reading& reading,
                                                       const SubsidyAsk& ask) {
  const auto party = reading.registered(ask.city, "party", ask.claim.party);
  if (!party) {
    return Error{ErrorCode::unknown_party, "/party", ask.claim.party};
  }
  const bool stated =
      std::any_of(rules_.tiers.begin(), rules_.tiers.end(),
                  [&](const subsidy::Tier& one) { return one.code == ask.claim.tier; });
  if (!stated) {
    return Error{ErrorCode::not_supported, "/tier", "the pack states no tier " + ask.claim.tier};
  }
  std::vector<Statement> earlier;
  for (KeptStatement& one : statements_of(reading, ask)) {
    earlier.push_back(std::move(one.statement));
  }
  HUAN_TRY(next, subsidy::draw(rules_, ask.claim, traced(reading, ask), earlier));
  if (!next) {
    return std::optional<KeptStatement>{};
  }
  next->district = party->district;
  next->read_at = static_cast<std::int64_t>(reading.last(ask.city).seq);
  next->rules = rules_name_;
  return std::optional<KeptStatement>{{subsidy::key_of(*next), 0, std::move(*next)}};
}

Result<std::optional<KeptStatement>> Subsidies::due(const SubsidyAsk& ask) {
  return due_at(*parts_.store.snapshot(), ask);
}

Result<std::optional<KeptStatement>> Subsidies::draw(const SubsidyAsk& ask) {
  const auto snapshot = parts_.store.snapshot();
  const auto before = statements_of(*snapshot, ask);
  HUAN_TRY(next, due_at(*snapshot, ask));
  if (!next) {
    return next;
  }
  Result<std::optional<KeptStatement>> drawn{Error{}};
  parts_.recorder->run(ask.city, 1, [&](CityWriter& writer) {
    const auto now = statements_of(writer.reading(), ask);
    const bool same = std::equal(now.begin(), now.end(), before.begin(), before.end(),
                                 [](const KeptStatement& a, const KeptStatement& b) {
                                   return a.key == b.key && a.version == b.version;
                                 });
    if (!same) {
      drawn = Error{ErrorCode::version_conflict, "", "another statement was drawn meanwhile"};
      return false;
    }
    const Outcome outcome = put_statement(writer, *next, ask.by);
    if (outcome.status == Status::refused) {
      drawn = outcome.error;
      return false;
    }
    next->version = 1;
    drawn = std::move(next);
    return true;
  });
  return drawn;
}

Result<KeptStatement> Subsidies::move(const SubsidyMove& move) {
  Result<KeptStatement> moved{Error{}};
  parts_.recorder->run(move.city, 1, [&](CityWriter& writer) {
    const auto row = writer.reading().registered(move.city, "subsidy", move.key);
    auto kept = row ? statement_in(*row) : std::nullopt;
    if (!kept) {
      moved = Error{ErrorCode::not_found, "key", move.key};
      return false;
    }
    if (auto may = subsidy::move(kept->statement, move.to, move.note); !may) {
      moved = std::move(may).error();
      return false;
    }
    const Outcome outcome = put_statement(writer, *kept, move.by);
    if (outcome.status == Status::refused) {
      moved = outcome.error;
      return false;
    }
    ++kept->version;
    moved = std::move(*kept);
    return true;
  });
  return moved;
}

std::vector<KeptStatement> read_statements(store::RegistryReading& reading, const std::string& city,
                                           const store::RegistryFilter& filter) {
  std::vector<KeptStatement> out;
  store::Page page{"", kStatementPage};
  for (bool more = true; more;) {
    const auto rows = reading.registry(city, "subsidy", filter, page);
    for (const store::RegistryRow& row : rows) {
      if (auto kept = statement_in(row)) {
        out.push_back(std::move(*kept));
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key;
    }
  }
  return out;
}

void write_statement(json::Writer& w, const KeptStatement& kept) {
  w.begin_object().key("data").raw(subsidy::to_json(kept.statement));
  w.member("key", kept.key).member("version", kept.version).end_object();
}

}  // namespace huan::app
