// SPDX-License-Identifier: Apache-2.0
// The files of a pack: the first byte chooses which file of a small good pack the rest replaces.
// What is accepted can be turned into records; what is refused names its file.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/registry/pack.hpp"

namespace registry = huan::registry;

namespace {

constexpr std::array<std::string_view, 11> kFiles{
    "pack.toml",     "materials.toml", "schemes.toml", "qualifications.toml",
    "districts.csv", "streets.csv",    "villages.csv", "parties.csv",
    "places.csv",    "assets.csv",     "prices.csv"};
constexpr std::size_t kPlacesMax = 2'000;

registry::PackFiles small() {
  return {
      {"pack.toml",
       "name=\"x-a\"\ncity=\"x-a\"\nversion=\"1\"\nzh=\"a\"\nen=\"a\"\nutc_offset=\"+08:00\"\n"
       "time_zone=\"UTC\"\nrecords_from=\"2026-01-01T00:00:00Z\"\n"},
      {"materials.toml", "[[material]]\ncode=\"paper\"\nzh=\"a\"\nen=\"a\"\n"},
      {"districts.csv",
       "code,name,level,households,lat_e7,lng_e7,radius_m\nD1,a,zone,9,380000000,1140000000,99\n"},
      {"streets.csv", "code,name,district\nD1-1,a,D1\n"},
      {"villages.csv", "code,name,street,kind\nD1-1-1,a,D1-1,urban\n"},
      {"parties.csv", "id,kind,name\nE-1,enterprise,a\n"},
      {"places.csv", "id,kind,name,district,operator\nS-1,station,a,D1,E-1\n"}};
}

bool is_affordable(const registry::GenerateSpec& spec) {
  std::int64_t sum = 0;
  for (const auto& party : spec.parties) {
    sum += party.count;
  }
  for (const auto& place : spec.places) {
    sum += place.count;
  }
  for (const auto& asset : spec.assets) {
    sum += asset.count;
  }
  return sum < static_cast<std::int64_t>(kPlacesMax);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  registry::PackFiles files = small();
  const std::size_t chosen = static_cast<std::size_t>(data[0] % 16) % kFiles.size();
  files[std::string{kFiles[chosen]}] =
      std::string{reinterpret_cast<const char*>(data) + 1, size - 1};
  const auto pack = registry::parse_pack(files, nullptr);
  if (!pack.has_value()) {
    HUAN_ASSERT(!pack.error().at.empty());
    return 0;
  }
  if (is_affordable(pack->generate)) {
    for (const auto& draft : registry::drafts(*pack)) {
      HUAN_ASSERT(registry::to_json(draft.data).front() == '{');
    }
  }
  return 0;
}
