// SPDX-License-Identifier: Apache-2.0
// One event being judged: its own legs are written on top of the state before it. The first reason
// against it is thrown as a Refusal.
#pragma once

#include "model.hpp"

namespace huan::auditor {

struct Refusal {
  std::string code, at;
};

class Judge {
 public:
  Judge(const World& world, const std::vector<Record>& records, const State& before,
        std::int64_t now)
      : world_(world), records_(records), before_(before), now_(now), raw_(before.raw) {}

  Record judge(const Json& event);
  std::vector<std::string> raised;

 private:
  struct Drawn {
    std::string lot, material;
    std::int64_t mass{0}, pieces{0};
  };
  struct Part {
    std::string line, material;
    std::int64_t accepted{0}, refused{0};
  };
  struct Arrival {
    std::string lot, material, at;
    std::vector<Part> parts;
    std::optional<std::int64_t> pieces;
    std::vector<std::string> items;
  };

  // judge.cpp: what all events share
  void correct(const Json& event);
  void take_back(const Record& old);
  void in_common(const Json& event);
  void check_time_and_place(const Json& event);
  void check_vehicle(const Json& event);
  void check_ticket(const Json& event);
  void own_legs();
  void leg(const Account& account, std::int64_t amount, const std::string& material);
  void both(const std::string& kind, const std::string& a, const std::string& b, std::int64_t mass,
            std::int64_t pieces, const std::string& material);
  std::int64_t visible(const Account& account) const;
  std::string make_lot(const std::string& wanted, const std::string& material, bool has_items,
                       const std::string& at);
  void move(const std::string& code, const std::string& to, bool comes_in);
  std::string item_at(const std::string& code) const;
  std::vector<std::string> items_in(const std::string& lot) const;
  std::vector<std::int64_t> weighings(const std::vector<std::int64_t>& masses) const;
  void pay(std::int64_t total, std::int64_t sign);

  // take.cpp
  std::vector<Drawn> take(const Json& input, std::size_t index);
  std::vector<Drawn> take_lot(const Json& input, const std::string& at);
  void take_items(const Json& input, bool whole, const std::string& at);
  std::vector<Drawn> draw(const std::string& material, std::int64_t mass, const std::string& at);
  bool may_draw(const std::string& lot, const std::string& material) const;
  Drawn draw_up_to(const std::string& lot, std::int64_t mass);

  // types.cpp
  void receive();
  void receive_line(const Json& line, std::size_t index, std::int64_t deducted,
                    std::int64_t& total);
  void ship();
  void transform();
  void transform_in_run(std::int64_t in, std::int64_t in_pieces, std::int64_t out,
                        std::int64_t out_pieces);
  void sink(const std::string& kind);
  void adjust();
  void adjust_lot(const Json& line, const std::string& at);
  void adjust_material(const Json& line, const std::string& at);
  void settle();

  // accept.cpp
  void accept();
  Arrival by_line(const Json& line, const std::string& at);
  Arrival by_material(const Json& line, const std::string& at);
  std::vector<Arrival> by_total();
  void arrive(const Arrival& arrival);
  void arrive_part(const Arrival& arrival, const Part& part, const std::string& lot,
                   std::int64_t& pieces_left);
  void arrive_items(const Arrival& arrival, const Part& part, const std::string& lot);
  Account way(const std::string& line, const std::string& unit) const;

  const World& world_;
  const std::vector<Record>& records_;
  const State& before_;
  std::int64_t now_;
  std::map<Account, std::int64_t> raw_;           ///< before_.raw and the legs so far
  std::map<std::string, std::string> items_now_;  ///< items that this record moved
  Json event_;                                    ///< whose own legs are written
  bool correcting_{false};
  std::vector<std::string> lots_before_;  ///< of the version taken back, in its leg order
  Record record_;
};

[[nodiscard]] std::vector<std::int64_t> split(std::int64_t total,
                                              const std::vector<std::int64_t>& weights);
[[nodiscard]] std::int64_t price_of(const Json& line, std::int64_t basis);
[[nodiscard]] std::string text(const Json& object, const char* key);  ///< empty if absent
[[nodiscard]] std::int64_t number(const Json& object, const char* key, std::int64_t absent = 0);

}  // namespace huan::auditor
