// SPDX-License-Identifier: Apache-2.0
// What the ledger asks of a city's registry, answered from the records in the store: a thing is
// read once, with all its versions, and then kept. Whoever records a new version tells it to forget
// the old answer. One city, one thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "huan/base/text_map.hpp"
#include "huan/ledger/book.hpp"
#include "huan/registry/record.hpp"
#include "huan/registry/timeline.hpp"
#include "huan/store/reading.hpp"

namespace huan::app {

/// Gives the bodies of all versions of one registered thing, in any order.
class VersionSource {
 public:
  virtual ~VersionSource() = default;
  using Visit = std::function<void(std::string_view record_body)>;
  virtual void versions(registry::Kind kind, std::string_view key, const Visit& visit) = 0;
  virtual void all(registry::Kind kind, const Visit& visit) = 0;  ///< of every key
};

class RegistryFacts final : public ledger::Facts {
 public:
  RegistryFacts(VersionSource& source, std::int32_t offset_s)
      : source_(source), offset_s_(offset_s) {}

  std::optional<ledger::PlaceFacts> place(std::string_view id, base::Instant at) override;
  std::optional<ledger::PartyFacts> party(std::string_view id, base::Instant at) override;
  std::optional<ledger::MaterialFacts> material(std::string_view code, base::Instant at) override;
  bool vehicle(std::string_view id, base::Instant at) override;
  bool takes(std::string_view place, std::string_view material, base::Instant at) override;
  bool qualified(std::string_view place, std::string_view material, base::Instant at) override;
  bool held(std::string_view lot, base::Instant at) override;

  /// The version on record for `at`; nullptr when there is none.
  const registry::Place* find_place(std::string_view id, base::Instant at);
  const registry::Party* find_party(std::string_view id, base::Instant at);
  const registry::Asset* find_asset(std::string_view id, base::Instant at);
  void forget(registry::Kind kind, std::string_view key);
  void forget_all();

 private:
  template <class T>
  using Cache = base::TextMap<registry::Timeline<T>>;

  template <class T>
  const T* at(Cache<T>& cache, registry::Kind kind, std::string_view key, base::Instant at);
  void load_materials();
  struct Node {
    registry::Timeline<registry::Material> versions;
    bool alone{true};  ///< nothing ever stood below it
  };
  const Node* node_of(std::string_view code);
  const registry::Material* material_at(std::string_view code, base::Instant at);
  bool is_leaf(std::string_view code, base::Instant at);
  /// The material or its nearest ancestor then that `says` something; nullptr when none does.
  const registry::Material* nearest(std::string_view code, base::Instant at,
                                    const std::function<bool(const registry::Material&)>& says);

  VersionSource& source_;
  std::int32_t offset_s_;
  Cache<registry::Place> places_;
  Cache<registry::Party> parties_;
  Cache<registry::Asset> assets_;
  Cache<registry::Hold> holds_;
  bool any_hold_{false};
  bool holds_known_{false};
  bool materials_known_{false};
  std::map<std::string, Node, std::less<>> materials_;
  base::TextMap<const Node*> nodes_;  ///< of materials_, by code
};

/// Versions out of the store.
class StoreVersions final : public VersionSource {
 public:
  StoreVersions(store::Reading& reading, std::string city)
      : reading_(&reading), city_(std::move(city)) {}
  void versions(registry::Kind kind, std::string_view key, const Visit& visit) override;
  void all(registry::Kind kind, const Visit& visit) override;
  void read_from(store::Reading& reading) { reading_ = &reading; }

 private:
  store::Reading* reading_;
  std::string city_;
};

}  // namespace huan::app
