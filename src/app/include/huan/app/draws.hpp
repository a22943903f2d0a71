// SPDX-License-Identifier: Apache-2.0
// A draw on record 双随机抽取: its papers (pool and rule) are filed and committed to by their hash
// before the outside value is known; the value is entered with its source and mixed with the log's
// root as it was when the papers went on record; the result opens an inspection for each subject.
// Each step is a version of a dossier of the type `draw`; the two texts are files that anyone may
// read and repeat (draw/draw.hpp, docs/inspection.md).
//
//   HUAN_TRY(committed, commit_draw(desk, {.key = "D-1", .item = "station.order", …}));
//   … that evening …
//   HUAN_TRY(seeded, seed_draw(desk, {"D-1", "03 07 11 18 24 31 09", "https://…"}));
//   HUAN_TRY(drawn, run_draw(desk, "D-1"));
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "huan/app/file_dossier.hpp"
#include "huan/app/files.hpp"
#include "huan/dossiers/credit.hpp"
#include "huan/draw/draw.hpp"
#include "huan/store/store.hpp"

namespace huan::app {

/// With whom and for whom; everything outlives the call.
struct DrawDesk {
  store::Store& store;
  Recorder& recorder;
  base::Clock& clock;
  const Files& files;
  const duties::Duties& duties;
  store::CityRow city;
  std::string role;
  Principal by;
};

struct DrawPlan {
  std::string key;
  std::string item;       ///< of the pack's list of checks
  std::string district;   ///< objects of this one only; empty: all
  std::int64_t count{0};  ///< 0: the item's share of the pool, rounded up
  std::string source;     ///< the outside value, and how it is written down
  std::string known_at;   ///< RFC 3339, later than now
};

struct DrawSeed {
  std::string key;
  std::string value;
  std::string evidence;  ///< where it was read
};

/// All dossiers of these types, each with the day of its latest version.
[[nodiscard]] std::vector<dossiers::Filed> filed_dossiers(store::RegistryReading& reading,
                                                          const store::CityRow& city,
                                                          const std::vector<std::string>& types);
/// Credit of the city's firms on a day, by the pack's rules.
[[nodiscard]] dossiers::CreditBook credit_on(store::RegistryReading& reading,
                                             const store::CityRow& city,
                                             const duties::Duties& duties, base::Day day);

/// bad_field (nothing to draw from, too few inspectors, a time that is past), version_conflict (the
/// key is taken), forbidden.
[[nodiscard]] base::Result<FiledDossier> commit_draw(const DrawDesk& desk, const DrawPlan& plan);
/// not_found; bad_field before the value can be known, or where it was entered already.
[[nodiscard]] base::Result<FiledDossier> seed_draw(const DrawDesk& desk, const DrawSeed& seed);
/// Draws, files the result and opens the inspections. Again: opens those that are missing.
[[nodiscard]] base::Result<draw::Outcome> run_draw(const DrawDesk& desk, const std::string& key);

/// Accounts by the codes under which they stand in the papers. Empty for a draw whose papers name
/// the accounts themselves, as they did once: such papers are not for everybody.
using DrawnPeople = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] base::Result<DrawnPeople> people_of_draw(store::Reading& reading, const Files& files,
                                                       const store::CityRow& city,
                                                       std::string_view key);
/// What is behind no code stands as it is.
[[nodiscard]] std::vector<std::string> names_of(const DrawnPeople& people,
                                                const std::vector<std::string>& codes);

enum class DrawPaper : std::uint8_t { papers, result };
/// The text as it was filed. not_found.
[[nodiscard]] base::Result<std::string> draw_text(store::Reading& reading, const Files& files,
                                                  const store::CityRow& city, std::string_view key,
                                                  DrawPaper which);
/// All that the store can say about a draw: the papers are those of the first version, it was
/// recorded before the value could be known, the log had that root then, the value was entered
/// after, the result is the papers' draw, and each inspection is as drawn. wrong_answer at the
/// first that is not so.
[[nodiscard]] base::Result<draw::Outcome> verify_draw(store::Reading& reading, const Files& files,
                                                      const store::CityRow& city,
                                                      const std::string& key);
[[nodiscard]] std::string inspection_key(std::string_view draw, std::size_t n);

}  // namespace huan::app
