// SPDX-License-Identifier: Apache-2.0
// Forms as a city fills them in: who reports, for which term, with which cells, and the figures of
// all reporters out of one pass over the roll-ups. Declarations on record are read here; whoever
// moves one sends the new version through the one write path.
//
//   FormDesk desk{reading, city, rules…};
//   HUAN_TRY(form, desk.form("quarterly"));
//   HUAN_TRY(term, desk.term(*form, "2025-Q1"));
//   const FormFigures figures = desk.figures(*form, term, desk.reporters(*form, term));
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "huan/declarations/declaration.hpp"
#include "huan/declarations/figures.hpp"
#include "huan/duties/due.hpp"
#include "huan/duties/duties.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/oversight/standings.hpp"

namespace huan::oversight {

/// What a pack says about forms; all of it has to outlive the desk.
struct FormBook {
  const registry::Pack& pack;
  const duties::Duties& duties;
  std::span<const declarations::FormCells> cells;
  std::span<const indicators::Indicator> indicators;
};

struct FormFigures {
  std::map<std::string, declarations::Values, std::less<>> values;  ///< by reporter's id
  declarations::Values city;  ///< summed without regard to reporters
  store::Seq read_at{0};      ///< the ledger's last record
};

/// A declaration with the version of its record; version 0: nothing is on record yet.
struct KeptDeclaration {
  declarations::Declaration declaration;
  std::int64_t version{0};
  std::string by{};           ///< who made this version
  std::string recorded_at{};  ///< as the record says it
};

class FormDesk {
 public:
  FormDesk(store::Reading& reading, CityName city, FormBook book);

  /// By its code ("quarterly": the pack's own before a parent's) or its id. not_found.
  [[nodiscard]] base::Result<const duties::Form*> form(std::string_view code) const;
  [[nodiscard]] static std::string id_of(const duties::Form& form);
  /// bad_field when it is no term of the form's period; empty: the last that ended before `today`.
  [[nodiscard]] base::Result<duties::Term> term(const duties::Form& form, std::string_view text,
                                                base::Day today) const;
  [[nodiscard]] std::vector<declarations::Cell> cells(const duties::Form& form) const;
  /// Who hands it in: districts in the pack's order, offices, then firms that ran a place on the
  /// term's last day.
  [[nodiscard]] std::vector<declarations::Reporter> reporters(const duties::Form& form,
                                                              const duties::Term& term);
  [[nodiscard]] FormFigures figures(const duties::Form& form, const duties::Term& term,
                                    std::span<const declarations::Reporter> reporters);
  /// A draft without figures.
  [[nodiscard]] declarations::Declaration blank(const duties::Form& form, const duties::Term& term,
                                                const declarations::Reporter& reporter);

 private:
  const CityOnDay& picture(base::Day day);
  void add_registry(const duties::Term& term, std::span<const declarations::Cell> cells,
                    std::span<const declarations::Reporter> reporters,
                    declarations::Filler& filler);
  void add_indicators(const duties::Term& term, std::span<const declarations::Cell> cells,
                      std::span<const declarations::Reporter> reporters,
                      declarations::Filler& filler);

  store::Reading& reading_;
  CityName city_;
  FormBook book_;
  std::map<base::Day, CityOnDay> pictures_;
};

/// What the operator has laid down where the text is silent: a record of kind `setting` with the
/// key "due.<form id>" and {day, month, move_to_working_day, holidays[], working_weekends[]}.
[[nodiscard]] duties::OperatorChoice choice_on_record(store::RegistryReading& reading,
                                                      const CityName& city,
                                                      std::string_view form_id);

[[nodiscard]] std::optional<KeptDeclaration> read_declaration(store::RegistryReading& reading,
                                                              const CityName& city,
                                                              std::string_view key);
/// All on record of a form's term, by key; empty texts mean any.
[[nodiscard]] std::vector<KeptDeclaration> read_declarations(store::RegistryReading& reading,
                                                             const CityName& city,
                                                             std::string_view form_id,
                                                             std::string_view term);
/// Every version, the oldest first.
[[nodiscard]] std::vector<KeptDeclaration> declaration_history(store::RegistryReading& reading,
                                                               const CityName& city,
                                                               std::string_view key);

}  // namespace huan::oversight
