// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/material.hpp"

#include <algorithm>
#include <array>

#include "codes.hpp"
#include "huan/base/id.hpp"
#include "huan/registry/fields.hpp"
#include "object.hpp"

namespace huan::registry {
namespace {

using base::Error;
using base::ErrorCode;
using base::Mass;

constexpr std::array<std::string_view, 2> kUnits{"kg", "piece"};

std::string_view parent_of(std::string_view code) {
  const auto dot = code.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : code.substr(0, dot);
}

void read_schemes(Fields& f, Material& material) {
  const auto schemes = f.any("schemes");
  if (!schemes) {
    return;
  }
  if (!schemes->is_object() || schemes->size() > 50) {
    return f.refuse(ErrorCode::bad_field, "schemes", "an object of at most 50 scheme → item");
  }
  for (const json::Member member : schemes->members()) {
    const bool usable = base::is_name(member.key, base::kShortNameMax) &&
                        member.value.is_string() &&
                        base::is_name(member.value.string(), base::kShortNameMax);
    if (!usable) {
      return f.refuse(ErrorCode::bad_field, "schemes", "codes of a scheme and of its item");
    }
    material.schemes.emplace(member.key, member.value.string());
  }
}

void read_tolerance(Fields& f, Material& material) {
  const auto value = f.any("tolerance");
  if (!value) {
    return;
  }
  Fields t(*value, f.pointer("tolerance"));
  Tolerance tolerance;
  tolerance.per_mille = t.integer("per_mille", {0, 1000});
  tolerance.absolute = Mass{t.integer("absolute_g", {0, base::kMassMax})};
  if (auto finished = t.finish(); !finished) {
    return f.adopt(std::move(finished).error());
  }
  material.tolerance = tolerance;
}

}  // namespace

std::string_view name(MaterialUnit unit) noexcept { return kUnits[static_cast<std::size_t>(unit)]; }

base::Result<Material> parse_material(std::string_view code, json::Value data,
                                      std::string_view pointer) {
  if (!is_material_code(code)) {
    return Error{ErrorCode::bad_field, "/key", "a material code is like paper.occ"};
  }
  Fields f(data, std::string{pointer});
  Material material;
  material.code = code;
  material.parent = parent_of(code);
  if (const auto parent = f.optional_text("parent", 40); parent && *parent != material.parent) {
    f.refuse(ErrorCode::bad_field, "parent", "the parent is the code without its last segment");
  }
  material.zh = f.text("zh", 100);
  material.en = f.text("en", 100);
  material.unit = static_cast<MaterialUnit>(f.optional_choice("unit", kUnits).value_or(0));
  material.hazardous = f.flag("hazardous", false);
  material.prohibited = f.flag("prohibited", false);
  material.low_value = f.flag("low_value", false);
  material.seller_registration = f.flag("seller_registration", false);
  material.requires_any = f.names("requires", 20);
  read_tolerance(f, material);
  read_schemes(f, material);
  material.source = f.optional_text("source", 400).value_or("");
  HUAN_CHECK(f.finish());
  return material;
}

std::string to_json(const Material& material) {
  ObjectText o;
  o.put("en", material.en);
  o.flag("hazardous", material.hazardous);
  o.flag("low_value", material.low_value);
  o.optional("parent", material.parent);
  o.flag("prohibited", material.prohibited);
  o.list("requires", material.requires_any);
  if (!material.schemes.empty()) {
    ObjectText schemes;
    for (const auto& [scheme, item] : material.schemes) {
      schemes.put(scheme, item);
    }
    o.raw("schemes", schemes.text());
  }
  o.flag("seller_registration", material.seller_registration);
  o.optional("source", material.source);
  if (material.tolerance) {
    ObjectText tolerance;
    tolerance.put("absolute_g", material.tolerance->absolute.count());
    tolerance.put("per_mille", material.tolerance->per_mille);
    o.raw("tolerance", tolerance.text());
  }
  o.put("unit", name(material.unit));
  o.put("zh", material.zh);
  return o.text();
}

base::Result<Catalogue> Catalogue::make(std::vector<Material> materials) {
  std::sort(materials.begin(), materials.end(),
            [](const Material& a, const Material& b) { return a.code < b.code; });
  const auto twice =
      std::adjacent_find(materials.begin(), materials.end(),
                         [](const Material& a, const Material& b) { return a.code == b.code; });
  if (twice != materials.end()) {
    return Error{ErrorCode::bad_field, twice->code, "this code stands twice in the catalogue"};
  }
  Catalogue catalogue;
  catalogue.materials_ = std::move(materials);
  for (const Material& material : catalogue.materials_) {
    if (!material.parent.empty() && catalogue.find(material.parent) == nullptr) {
      return Error{ErrorCode::bad_field, material.code,
                   "its parent " + material.parent + " is not in the catalogue"};
    }
  }
  return catalogue;
}

const Material* Catalogue::find(std::string_view code) const {
  const auto at =
      std::lower_bound(materials_.begin(), materials_.end(), code,
                       [](const Material& m, std::string_view c) { return m.code < c; });
  return at != materials_.end() && at->code == code ? &*at : nullptr;
}

const Material* Catalogue::leaf(std::string_view code) const {
  const Material* found = find(code);
  if (found == nullptr) {
    return nullptr;
  }
  // Children sort behind their parent, but `paper_x` sorts between `paper` and `paper.occ` or not
  // at all depending on the bytes; asking for the first code with the prefix settles it.
  const std::string prefix = found->code + ".";
  const auto child =
      std::lower_bound(materials_.begin(), materials_.end(), prefix,
                       [](const Material& m, const std::string& p) { return m.code < p; });
  return child != materials_.end() && child->code.starts_with(prefix) ? nullptr : found;
}

std::vector<const Material*> Catalogue::leaves(std::string_view branch) const {
  std::vector<const Material*> out;
  for (const Material& material : materials_) {
    const bool below = material.code.starts_with(branch) &&
                       (branch.empty() || material.code.size() == branch.size() ||
                        material.code[branch.size()] == '.');
    if (below && leaf(material.code) != nullptr) {
      out.push_back(&material);
    }
  }
  return out;
}

std::string_view Catalogue::item(std::string_view code, std::string_view scheme) const {
  for (const Material* m = find(code); m != nullptr; m = find(m->parent)) {
    if (const auto mapped = m->schemes.find(scheme); mapped != m->schemes.end()) {
      return mapped->second == "-" ? std::string_view{} : std::string_view{mapped->second};
    }
  }
  return {};
}

Tolerance Catalogue::tolerance(std::string_view code) const {
  for (const Material* m = find(code); m != nullptr; m = find(m->parent)) {
    if (m->tolerance) {
      return *m->tolerance;
    }
  }
  return kToleranceUnstated;
}

bool qualified(const Party& party, const Material& material, base::Day day) {
  return material.requires_any.empty() ||
         std::any_of(material.requires_any.begin(), material.requires_any.end(),
                     [&](const std::string& kind) { return qualified(party, kind, day); });
}

bool beyond(const Tolerance& tolerance, Mass shipped, Mass accepted) {
  const Mass difference = shipped < accepted ? accepted - shipped : shipped - accepted;
  const Mass relative{base::multiply_divide_round(shipped.count(), tolerance.per_mille, 1000)};
  return difference > std::max(relative, tolerance.absolute);
}

}  // namespace huan::registry
