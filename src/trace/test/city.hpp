// SPDX-License-Identifier: Apache-2.0
// A small city that lives at random and keeps its books as events.md §3–4 asks: balances never
// below zero, closed shipments and runs at zero, what is missing in imbalance, variance or loss.
// Its corrections change masses, inputs and outputs of any earlier event, or void it.
#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "story.hpp"

namespace huan::trace::test {

struct PlanLine {
  std::string lot;  ///< or the line of a shipment
  std::int64_t grams{0};
  std::int64_t refused{0};   ///< accept
  std::int64_t variance{0};  ///< accept: left over (> 0) or too much (< 0) when final
  std::uint32_t group{0};    ///< accept
};

struct Plan {
  EventType type{EventType::receive};
  std::string place{};
  std::string shipment{};
  std::string run{};
  std::string name{};  ///< origin, class, process; of an accept the shipment that brings back
  std::vector<PlanLine> ins{};
  std::vector<PlanLine> outs{};
  std::int64_t loss{0};
  bool final{false};
};

class City {
 public:
  explicit City(std::uint64_t seed) : random_(seed) {}
  void live(int events);
  [[nodiscard]] const Story& story() const { return story_; }

 private:
  struct Key {
    AccountKind kind;
    std::string a;
    std::string b;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Balance {
    std::int64_t raw{0};        ///< own legs that stand
    std::int64_t converted{0};  ///< imbalance booked to variance by counts
    std::int64_t imbalance{0};
    std::int64_t variance{0};  ///< kept, from variance or loss
    [[nodiscard]] std::int64_t now() const { return raw + converted + imbalance + variance; }
  };
  struct Leg {
    Key account;
    AccountKind of{AccountKind::stock};
    std::int64_t grams{0};
    std::uint32_t group{0};
  };
  struct Version {
    std::uint64_t seq;
    Plan plan;
    std::vector<Leg> own;
  };

  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  std::string place() { return "S" + std::to_string(pick(1, 3)); }
  std::string new_lot() {  // not in the order of their ids
    ++lots_;
    return "L" + std::to_string(10000 + (lots_ % 2 == 0 ? lots_ : -lots_));
  }
  std::vector<std::pair<std::string, std::int64_t>> standing(AccountKind kind,
                                                             const std::string& a) const;
  std::vector<PlanLine> draw(const std::string& at, int most);
  void split(Plan& plan, std::int64_t total);

  void receive();
  void ship();
  void accept();
  void transform();
  void leave();
  void count();
  void correct();
  void change(Plan& plan);

  [[nodiscard]] std::vector<Leg> own_legs(const Plan& plan) const;
  void post(const Plan& plan, std::size_t corrected = SIZE_MAX);
  void apply(const Leg& leg, std::int64_t sign);
  void keep(std::vector<Flow>& flows);
  Flow flow(const Leg& leg, LegClass cls, std::int64_t sign);

  std::mt19937_64 random_;
  Story story_;
  std::map<Key, Balance> balances_;
  std::vector<Version> standing_versions_;
  std::uint64_t seq_{0};
  int lots_{0};
  int shipments_{0};
  int runs_{0};
};

}  // namespace huan::trace::test
