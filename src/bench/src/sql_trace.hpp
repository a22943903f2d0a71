// SPDX-License-Identifier: Apache-2.0
// The question "what is this lot made of" in SQL: the legs in a table, an index on the account they
// go to, the sum of each event's inputs beside them, and one recursive query.
#pragma once

#include <map>
#include <span>
#include <string>

#include "huan/trace/flow.hpp"
#include "sqlite_door.hpp"

namespace huan::bench {

class SqlTrace {
 public:
  explicit SqlTrace(const std::string& path);
  void append(std::span<const trace::EventFlows> events);
  /// After the last append.
  void index();
  /// Received lot → grams, not rounded.
  [[nodiscard]] std::map<std::string, double> upstream(const std::string& lot, std::int64_t mass);
  [[nodiscard]] std::size_t legs() const { return legs_; }

 private:
  void add(const trace::EventFlows& event);

  Database db_;
  Statement leg_;
  Statement group_;
  Statement up_;
  std::size_t legs_{0};
};

}  // namespace huan::bench
