// SPDX-License-Identifier: Apache-2.0
// projects.toml: `[[total]]`, `[[group]]`, `[[named]]`; notes.toml: `[[contradiction]]`.
#include <array>

#include "files.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::array<std::string_view, 4> kStates{"built", "under_construction", "planned",
                                                  "proposed"};
constexpr std::array<std::string_view, 7> kWhat{"centre", "project", "zone",  "park",
                                                "city",   "firm",    "market"};
constexpr std::int64_t kNumberMax = 1'000'000;

duties::ProjectSum read_sum(Fields& f, const registry::Pack& pack,
                            std::set<std::string, std::less<>>& seen) {
  duties::ProjectSum out;
  out.row = read_row(f, pack.name, seen);
  out.number = f.integer("number", {0, kNumberMax});
  if (const auto fen = f.optional_integer("invested_fen")) {
    out.invested = base::Money{*fen};
  }
  return out;
}

Result<void> read_notes(const registry::PackFiles& files, const registry::Pack& pack,
                        Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "notes.toml"));
  std::set<std::string, std::less<>> seen;
  HUAN_CHECK(toml.each("contradiction", [&](Fields& f) -> Result<void> {
    duties::Contradiction out;
    out.row = read_row(f, pack.name, seen);
    out.readings = read_texts(f, "readings");
    out.about = read_texts(f, "about");
    constexpr std::size_t kTwo = 2;
    if (!f.refused() && out.readings.size() < kTwo) {
      return Error{ErrorCode::bad_pack, "readings", "two readings or more are expected"};
    }
    rules.duties.contradictions.push_back(std::move(out));
    return {};
  }));
  return toml.finish();
}

}  // namespace

Result<void> read_projects(const registry::PackFiles& files, const registry::Pack& pack,
                           Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "projects.toml"));
  std::set<std::string, std::less<>> seen;
  HUAN_CHECK(toml.each("total", [&](Fields& f) -> Result<void> {
    rules.duties.project_totals.push_back(read_sum(f, pack, seen));
    return {};
  }));
  HUAN_CHECK(toml.each("group", [&](Fields& f) -> Result<void> {
    rules.duties.project_groups.push_back(read_sum(f, pack, seen));
    return {};
  }));
  HUAN_CHECK(toml.each("named", [&](Fields& f) -> Result<void> {
    duties::Named out;
    out.row = read_row(f, pack.name, seen);
    out.what = kWhat.at(f.choice("what", kWhat));
    if (const auto state = f.optional_choice("state", kStates)) {
      out.state = kStates.at(*state);
    }
    rules.duties.named.push_back(std::move(out));
    return {};
  }));
  HUAN_CHECK(toml.finish());
  return read_notes(files, pack, rules);
}

}  // namespace huan::wire_pack
