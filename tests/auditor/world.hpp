// SPDX-License-Identifier: Apache-2.0
// The world that histories are played in: what the registry says, as plain tables. Both the model
// and the real thing are told the same.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace huan::auditor {

struct PlaceVersion {
  std::int64_t from{0};  ///< holds from this time on
  std::string state;     ///< planned, active, suspended, closed
  std::string operator_id;
  std::string district;
};

struct Material {
  bool prohibited{false};
  std::int64_t tolerance_permille{0};
  std::int64_t tolerance_g{0};
  std::string needs;  ///< qualification that the place's operator must hold; empty: none
};

/// From when something is on record, and from when on it is said to have ended.
struct Span {
  std::int64_t from{0};
  std::int64_t ended{INT64_MAX};
};

struct Party {
  std::string destination;  ///< class, or empty
  std::set<std::string> qualifications;
  Span span{};
};

struct World {
  std::int64_t start{0};
  std::int32_t offset_s{8 * 3600};
  std::int64_t tolerance_s{600};
  std::map<std::string, std::vector<PlaceVersion>> places;
  std::map<std::string, Party> parties;
  std::map<std::string, Span> vehicles;
  std::map<std::string, Material> materials;
  std::map<std::string, std::set<std::string>> takes_only;  ///< place -> materials; absent: all
  std::map<std::string, std::int64_t> held_from;            ///< lot -> time

  [[nodiscard]] const PlaceVersion* place(const std::string& id, std::int64_t at) const;
  [[nodiscard]] const Party* party(const std::string& id, std::int64_t at) const;
  [[nodiscard]] bool deals(const std::string& party, std::int64_t at) const;  ///< and has not ended
  [[nodiscard]] bool drives(const std::string& vehicle, std::int64_t at) const;
  [[nodiscard]] bool takes(const std::string& place, const std::string& material) const;
  [[nodiscard]] bool qualified(const std::string& place, const std::string& material,
                               std::int64_t at) const;
  [[nodiscard]] bool held(const std::string& lot, std::int64_t at) const;
};

/// A small city with everything in it that can go wrong.
[[nodiscard]] World small_city();

}  // namespace huan::auditor
