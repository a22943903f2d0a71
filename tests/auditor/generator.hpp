// SPDX-License-Identifier: Apache-2.0
// Seeded random histories of a small city: mostly what people really do, with everything that goes
// wrong mixed in. It looks at the model to know what stands where.
#pragma once

#include <cstdint>
#include <random>

#include "model.hpp"

namespace huan::auditor {

struct Sending {
  Json event;
  std::string raw;            ///< sent instead of the event when it cannot be said as Json
  std::optional<Reply> form;  ///< the refusal of a malformed event
  bool scrambled{false};      ///< sent with other white space
};

struct Step {
  std::int64_t now{0};
  bool each{false};
  std::vector<Sending> sendings;
};

[[nodiscard]] std::string text_of(const Sending& sending);

class Generator {
 public:
  explicit Generator(std::uint64_t seed);
  Step next(const Model& model);
  [[nodiscard]] int steps() const { return steps_; }  ///< how many this history should have

 private:
  std::int64_t below(std::int64_t n);  ///< 0 … n-1
  bool chance(int percent);
  template <class T>
  const T& pick(const std::vector<T>& list);
  std::int64_t mass();
  std::string uuid();
  std::string place();
  std::string material();
  std::string party();

  // generator.cpp
  Sending sending();
  Sending again();
  Json fresh();  ///< any type but correct, with id
  Json body();   ///< the same without id
  Json header(const std::string& type, const std::string& at_place);
  void extras(Json& event, const char* list);
  Json correct();
  Json replacement(const Record& old);
  Json changed(const Record& old);

  // events.cpp
  Json receive();
  void price(Json& line, std::int64_t mass_g);
  void money(Json& event, const char* side, const char* list);
  Json ship();
  Json accept();
  Json accept_from_city();
  Json accept_line(const std::string& shipment, const std::string& line);
  Json transform();
  Json sell();
  Json dispose();
  Json adjust();
  Json settle();
  std::string busy_place();
  std::vector<std::pair<std::string, std::int64_t>> lots_at(const std::string& place);
  Json inputs(const std::string& place);
  Json output_line();
  std::string new_lot();

  // malformed.cpp
  Sending malformed();

  std::mt19937_64 random_;
  const Model* model_{nullptr};
  std::int64_t now_{0};
  int steps_{0};
  int lots_{0};
  int names_{0};
  int tickets_{0};
  std::vector<int> weights_;  ///< of the types of event, by history
};

}  // namespace huan::auditor
