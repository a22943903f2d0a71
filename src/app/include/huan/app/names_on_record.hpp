// SPDX-License-Identifier: Apache-2.0
// What people call places, parties, vehicles and materials, and the ids these have on record: a
// table may say either (docs/import.md).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "huan/store/reading.hpp"

namespace huan::app {

class NamesOnRecord {
 public:
  /// How a cell's text is compared: without regard to width and spaces (wire_table::narrow).
  using Narrow = std::function<std::string(std::string_view)>;
  /// Reads the registry of `city` once.
  NamesOnRecord(store::Reading& reading, const std::string& city, Narrow narrow);
  /// The id of what a cell of this field names; nullopt: nothing is called so, or several are.
  [[nodiscard]] std::optional<std::string> find(std::string_view field,
                                                std::string_view text) const;

 private:
  using Names = std::map<std::string, std::string, std::less<>>;
  static void add(Names& names, const std::string& name, const std::string& key);
  void read(store::Reading& reading, const std::string& city, std::string_view kind);

  Narrow narrow_;
  std::map<std::string, Names, std::less<>> by_kind_;
};

}  // namespace huan::app
