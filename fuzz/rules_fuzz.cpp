// SPDX-License-Identifier: Apache-2.0
// The rule files of a pack: the first byte chooses which file of a small good pack the rest
// replaces, or that it is the text of a pack on record. What is accepted can be shown as JSON; what
// is refused names its file.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/json/document.hpp"
#include "huan/wire_pack/rules.hpp"
#include "huan/wire_pack/show.hpp"
#include "huan/wire_pack/text.hpp"

namespace registry = huan::registry;
namespace wire_pack = huan::wire_pack;

namespace {

constexpr std::array<std::string_view, 9> kFiles{"norms.toml",     "indicators.toml", "units.toml",
                                                 "tasks.toml",     "steps.csv",       "forms.toml",
                                                 "campaigns.toml", "projects.toml",   "notes.toml"};

registry::PackFiles small() {
  return {{"pack.toml",
           "name=\"x-a\"\ncity=\"x-a\"\nversion=\"1\"\nzh=\"a\"\nen=\"a\"\nutc_offset=\"+08:00\"\n"
           "time_zone=\"UTC\"\nrecords_from=\"2026-01-01T00:00:00Z\"\n"},
          {"units.toml", "[[unit]]\ncode=\"a\"\nzh=\"a\"\nen=\"a\"\n"},
          {"campaigns.toml", "[[award]]\ncode=\"a\"\nclause=\"1\"\nzh=\"a\"\nen=\"a\"\n"},
          {"quotas.csv", "award,district,year,at_least,cumulative,clause\na,,2026,1,false,1\n"}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t chosen = static_cast<std::size_t>(data[0] % 16) % (kFiles.size() + 3);
  if (chosen == kFiles.size() + 1) {
    static_cast<void>(wire_pack::from_text(rest));
    return 0;
  }
  registry::PackFiles files = small();
  files[chosen < kFiles.size()    ? std::string{kFiles[chosen]}
        : chosen == kFiles.size() ? "quotas.csv"
                                  : "dossiers.toml"] = rest;
  const auto city = wire_pack::parse({{"x/", std::move(files)}});
  if (!city.has_value()) {
    HUAN_ASSERT(city.error().at.starts_with("x/"));
    return 0;
  }
  const std::string shown = wire_pack::show(*city, wire_pack::Rows::own);
  HUAN_ASSERT(huan::json::Document::parse(shown).has_value());
  return 0;
}
