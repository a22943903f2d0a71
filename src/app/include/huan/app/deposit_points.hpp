// SPDX-License-Identifier: Apache-2.0
// Points for what somebody known put into a smart bin. The deposit is posted by the bin's gateway;
// what it earns by the city's rule follows as an event of its own, once for the deposit. What a
// person brought that day, to bins and at the door, counts together. A deposit that is corrected
// later keeps what its new content earns, and never more than before; the rest is taken back.
//
//   DepositPoints awards({recorder, store, clock});
//   awards.run("130100");                              // by the server, every few seconds
#pragma once

#include <map>
#include <string>

#include "huan/app/recorder.hpp"
#include "huan/rewards/rule.hpp"

namespace huan::app {

/// One thread.
class DepositPoints {
 public:
  struct Parts {
    Recorder& recorder;
    store::Store& store;
    base::Clock& clock;
  };
  explicit DepositPoints(Parts parts) : parts_(parts) {}
  /// Of what came since the last time; points. A city's first run begins at its end.
  std::int64_t run(const std::string& city);

 private:
  struct OfDay {
    std::int64_t visits{0};
    std::map<std::string, std::int64_t> at_place;
    base::Mass mass{};
    base::Instant last;
  };
  struct CityBook {
    store::Seq after{0};
    store::Seq kept{0};                                          ///< as on record
    std::map<std::int32_t, store::Seq> begun;                    ///< where the latest days began
    std::map<std::pair<std::int32_t, std::string>, OfDay> days;  ///< by day and person
  };
  struct Deposit {
    std::string id;
    std::string party;
    std::string place;
    bool of_bin{false};
    base::Instant time;
    rewards::Visit visit;
  };

  void load(store::Reading& reading, const store::CityRow& city, CityBook& book) const;
  void keep(const std::string& city, CityBook& book) const;
  /// The receive events in (from, to], each with what its person had brought before on that day.
  template <class Each>
  void each_deposit(store::Reading& reading, const store::CityRow& city, CityBook& book,
                    store::SeqRange range, const Each& each) const;
  void take_back_corrected(const std::string& city, const rewards::Rule* rule,
                           store::SeqRange range) const;
  /// What a correction of a deposit does not leave of what it earned.
  void take_back(store::Reading& reading, const std::string& city, const rewards::Rule* rule,
                 const store::Record& correction) const;
  [[nodiscard]] bool award(const std::string& city, const Deposit& deposit,
                           std::int64_t points) const;

  Parts parts_;
  std::map<std::string, CityBook> cities_;
};

}  // namespace huan::app
