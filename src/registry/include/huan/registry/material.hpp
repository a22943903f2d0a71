// SPDX-License-Identifier: Apache-2.0
// The catalogue 可回收物目录: a tree of materials 品类. A code names its way from the root
// (`paper.occ` lies below `paper`); only leaves are posted to. Each node may be mapped to the items
// of several reporting schemes (the ministry's ten kinds, a plan's own list); what a node leaves
// open it takes from its parent. A Catalogue is checked as a whole and does not change.
//
//   HUAN_TRY(catalogue, Catalogue::make(std::move(materials)));
//   if (const Material* m = catalogue.leaf("paper.occ")) { … catalogue.item("paper.occ", "mofcom")
//   }
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"
#include "huan/registry/party.hpp"

namespace huan::registry {

enum class MaterialUnit : std::uint8_t { mass, piece };
[[nodiscard]] std::string_view name(MaterialUnit unit) noexcept;  ///< "kg", "piece"

/// What two ends of a shipment may differ by: the larger of both.
struct Tolerance {
  std::int64_t per_mille{0};
  base::Mass absolute;
  friend bool operator==(const Tolerance&, const Tolerance&) = default;
};
/// Where neither a material nor what stands above it says one: 10 ‰ or 1 kg.
inline constexpr Tolerance kToleranceUnstated{10, base::Mass{1'000}};

struct Material {
  std::string code;
  std::string parent;  ///< code without its last segment; empty for a root
  std::string zh;
  std::string en;
  MaterialUnit unit{MaterialUnit::mass};
  bool hazardous{false};
  bool prohibited{false};                 ///< must not be bought
  bool low_value{false};                  ///< 低值可回收物
  bool seller_registration{false};        ///< who sells it is registered (scrap metal)
  std::vector<std::string> requires_any;  ///< to receive it: one of these qualifications
  std::optional<Tolerance> tolerance;
  std::map<std::string, std::string, std::less<>> schemes;  ///< scheme → its item
  std::string source;  ///< where classification and mapping come from, with their certainty
};

/// `code` is the record's key.
[[nodiscard]] base::Result<Material> parse_material(std::string_view code, json::Value data,
                                                    std::string_view pointer);
[[nodiscard]] std::string to_json(const Material& material);

class Catalogue {
 public:
  Catalogue() = default;
  /// bad_field with the code in `at`: twice the same code, a parent missing.
  static base::Result<Catalogue> make(std::vector<Material> materials);

  [[nodiscard]] const Material* find(std::string_view code) const;
  /// The material if something may be posted to it, else nullptr.
  [[nodiscard]] const Material* leaf(std::string_view code) const;
  [[nodiscard]] std::vector<const Material*> leaves(std::string_view branch) const;
  /// The item of a reporting scheme that this material counts under; empty: none.
  [[nodiscard]] std::string_view item(std::string_view code, std::string_view scheme) const;
  /// Its own or its nearest ancestor's; 10 ‰ or 1 kg when nobody says.
  [[nodiscard]] Tolerance tolerance(std::string_view code) const;
  [[nodiscard]] const std::vector<Material>& materials() const { return materials_; }  ///< by code

 private:
  std::vector<Material> materials_;
};

/// May this party receive that material on that day?
[[nodiscard]] bool qualified(const Party& party, const Material& material, base::Day day);
/// Do masses at both ends differ by more than is allowed?
[[nodiscard]] bool beyond(const Tolerance& tolerance, base::Mass shipped, base::Mass accepted);

}  // namespace huan::registry
