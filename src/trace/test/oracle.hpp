// SPDX-License-Identifier: Apache-2.0
// The trace once more, small, slow and exact: reads the whole history, keeps accounts by name and
// mixes by rational numbers. Only which inputs are cut off a cycle it takes from the graph.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "rational.hpp"
#include "story.hpp"

namespace huan::trace::test {

using Mix = std::map<std::string, Rational>;  ///< by the names of told()

class Oracle {
 public:
  Oracle(const Story& story, const std::set<std::pair<std::uint64_t, std::string>>& cut);
  /// Names of all accounts that hold or held mass: "A" a lot, "T/A" a line of a shipment.
  [[nodiscard]] std::vector<std::string> nodes() const;
  [[nodiscard]] std::int64_t mass(const std::string& node) const;
  const Mix& upstream(const std::string& node);
  const Mix& downstream(const std::string& node);

 private:
  struct Leg {
    std::string name;  ///< account
    bool node{false};
    std::int64_t grams{0};
    bool variance{false};
    bool loss{false};
  };
  struct Event {
    std::uint64_t seq{0};
    std::uint64_t origin{0};
    std::uint32_t group{0};
    std::vector<Leg> ins;
    std::vector<Leg> outs;
  };
  struct Standing {
    std::int64_t kept{0};
    std::int64_t imbalance{0};
    std::int64_t gain{0};
  };

  static Leg leg_of(const Flow& flow);
  void read(const OwnedEvent& owned, std::uint64_t origin);
  void set_off(const std::vector<std::string>& named);
  void mix_runs();
  void mix_run(const std::string& run, std::vector<Event> events);
  [[nodiscard]] std::int64_t taken(const std::string& node) const;
  [[nodiscard]] Mix event_up(const Event& event);

  std::set<std::pair<std::uint64_t, std::string>> cut_;
  std::vector<Event> events_;
  std::map<std::string, std::vector<Event>> runs_;
  std::map<std::string, Standing> standing_;
  std::map<std::string, Mix> up_;
  std::map<std::string, Mix> down_;
};

}  // namespace huan::trace::test
