// SPDX-License-Identifier: Apache-2.0
// A desk in a small city: events are written as JSON text, posted on a FoldBook and kept, so that a
// test reads like the day that it tells. Time stands at 2026-03-02T08:00:00+08:00.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "huan/ledger/fold_book.hpp"
#include "huan/ledger/post.hpp"

namespace huan::ledger {

class City final : public Facts {
 public:
  std::map<std::string, PlaceFacts, std::less<>> places;
  std::map<std::string, PartyFacts, std::less<>> parties;
  std::map<std::string, MaterialFacts, std::less<>> materials;
  std::string not_taken, not_qualified, held_lot;

  City();
  std::optional<PlaceFacts> place(std::string_view id, base::Instant at) override;
  std::optional<PartyFacts> party(std::string_view id, base::Instant at) override;
  std::optional<MaterialFacts> material(std::string_view code, base::Instant at) override;
  bool vehicle(std::string_view id, base::Instant at) override;
  bool takes(std::string_view place, std::string_view material, base::Instant at) override;
  bool qualified(std::string_view place, std::string_view material, base::Instant at) override;
  bool held(std::string_view lot, base::Instant at) override;
};

class Desk {
 public:
  Desk();
  City city;

  /// `rest` is what follows id, time and place: {"type":"receive",…} without the braces. "posted",
  /// with what was raised behind it, or the code and the pointer.
  std::string at(const std::string& place, const std::string& rest);
  /// A correction of the n-th event (from 1) by a replacement or `null`.
  std::string correct(int n, const std::string& replacement);
  std::string send(const std::string& json);
  static std::string event(const std::string& place, const std::string& rest);  ///< without id

  /// What is visible, kept legs included: "stock S1 L1".
  std::int64_t g(const std::string& account) const;
  std::int64_t pieces(const std::string& account) const;
  std::int64_t fen(const std::string& account) const;
  std::int64_t points(const std::string& account) const;
  /// Sum of the day's roll-up over all rows of flow, material and class.
  std::int64_t flow(const std::string& flow, const std::string& material,
                    const std::string& cls) const;
  std::int64_t flow_at(const std::string& place, const std::string& flow) const;
  std::string item(const std::string& code) const { return book_->item(code)->lot; }
  static std::string id(int n);

 private:
  std::int64_t sum(const std::string& account, Unit unit) const;
  std::unique_ptr<FoldBook> book_;
  std::map<base::Uuid, VersionState> versions_;
  std::vector<Posting> postings_;
  int sent_{0};
};

}  // namespace huan::ledger
