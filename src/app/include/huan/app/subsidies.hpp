// SPDX-License-Identifier: Apache-2.0
// The subsidy for low-value recyclables on the ledger: what a claimant's places received and what
// of it the trace knows the final fate of, statements drawn from that and moved on. Mass that comes
// from another city is that city's to claim and is left out here; what leaves for another city has
// no fate on this ledger and is not counted, so that no gram is claimed in two.
//
//   Subsidies subsidies({store, recorder, tracer}, rules.subsidy, pack.catalogue, "base 2026.1");
//   HUAN_TRY(drawn, subsidies.draw({"130100", {"county", "E-1", 2026}, {"ann"}}));
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/app/tracer.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/material.hpp"
#include "huan/subsidy/statement.hpp"

namespace huan::app {

struct KeptStatement {
  std::string key;
  std::int64_t version{0};  ///< 0: not on record
  subsidy::Statement statement;
};

struct SubsidyAsk {
  std::string city;
  subsidy::Claim claim;
  Principal by{};
};
struct SubsidyMove {
  std::string city;
  std::string key;
  subsidy::StatementState to{};
  std::string note{};
  Principal by{};
};

class Subsidies {
 public:
  struct Parts {
    store::Store& store;
    Recorder* recorder;  ///< null: nothing is recorded
    Tracer& tracer;
  };
  /// `rules` and `catalogue` outlive it; `rules_name`: pack and version, kept with each statement.
  Subsidies(Parts parts, const subsidy::Rules& rules, const registry::Catalogue& catalogue,
            std::string rules_name)
      : parts_(parts), rules_(rules), catalogue_(catalogue), rules_name_(std::move(rules_name)) {}

  /// What a statement drawn now would say; nullopt: nothing is open. unknown_party; not_supported
  /// for a tier or rate that the pack does not state.
  [[nodiscard]] base::Result<std::optional<KeptStatement>> due(const SubsidyAsk& ask);
  /// Puts it on record. version_conflict: somebody drew one meanwhile.
  [[nodiscard]] base::Result<std::optional<KeptStatement>> draw(const SubsidyAsk& ask);
  /// not_found, bad_field.
  [[nodiscard]] base::Result<KeptStatement> move(const SubsidyMove& move);
  /// Lots received in the claim's year by the claimant's places, with what of them is traced.
  [[nodiscard]] std::vector<subsidy::TracedLot> traced(store::Reading& reading,
                                                       const SubsidyAsk& ask);

 private:
  base::Result<std::optional<KeptStatement>> due_at(store::Reading& reading, const SubsidyAsk& ask);

  Parts parts_;
  const subsidy::Rules& rules_;
  const registry::Catalogue& catalogue_;
  std::string rules_name_;
};

/// Latest versions by key; `filter`: subkind is the tier, party the claimant.
[[nodiscard]] std::vector<KeptStatement> read_statements(store::RegistryReading& reading,
                                                         const std::string& city,
                                                         const store::RegistryFilter& filter);
/// {"key","version","data":{…}}
void write_statement(json::Writer& w, const KeptStatement& kept);

}  // namespace huan::app
