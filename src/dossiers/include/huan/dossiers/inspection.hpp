// SPDX-License-Identifier: Apache-2.0
// An inspection from the draw to its publication, as dossiers: what a drawn subject begins with,
// what its answers come to, the order to put right, who is late, the year's plan against what was
// done, the text of the bulletin. Pure: dossiers in, dossiers and figures out.
//
//   Answer{"yangquan.a15/15.1", AnswerKind::fail, "9f…", "scale without seal"}
//   "yangquan.a15/15.1 fail 9f… scale without seal"
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/dossiers/credit.hpp"
#include "huan/duties/inspection.hpp"
#include "huan/registry/dossier.hpp"

namespace huan::dossiers {

enum class AnswerKind : std::uint8_t { pass, fail, not_applicable, not_seen };
[[nodiscard]] std::string_view name(AnswerKind kind) noexcept;

struct Answer {
  std::string check;  ///< "<norm>/<check>", or one of the item's own lines
  AnswerKind kind{AnswerKind::not_seen};
  std::string photo;  ///< SHA-256 of an uploaded file; empty: none
  std::string note;
};
/// "<check> <answer> [<photo> or -] [<note>]". bad_field.
[[nodiscard]] base::Result<Answer> parse_answer(std::string_view text);
[[nodiscard]] std::string to_text(const Answer& answer);

/// Whether a norm of this id is among what the item looks at.
[[nodiscard]] bool asks_norm(const duties::InspectionItem& item, std::string_view norm);

/// A subject as it was drawn.
struct Assignment {
  std::string draw;     ///< key
  std::string subject;  ///< place
  std::string title;
  std::string district;
  std::string party;
  std::vector<std::string> inspectors;
  base::Day day;  ///< of the draw
};
[[nodiscard]] registry::Dossier assigned(const duties::InspectionItem& item,
                                         const Assignment& assignment);

struct Visit {
  base::Day day;
  std::vector<Answer> answers;
  std::string result;     ///< empty: by the answers
  std::string refusal{};  ///< why the subject would not sign, and who saw it; empty: it will
};
/// The inspection with its answers, in the state `visited`. bad_field: a check answered twice.
[[nodiscard]] base::Result<registry::Dossier> visited(const duties::InspectionItem& item,
                                                      const registry::Dossier& inspection,
                                                      const Visit& visit);
/// The order to put right what failed; nothing where nothing did.
[[nodiscard]] std::optional<registry::Dossier> order_for(const duties::InspectionItem& item,
                                                         const Filed& inspection);

/// Of one item in a year, up to a day.
struct PlanStanding {
  const duties::InspectionItem* item{nullptr};
  std::int64_t draws{0};  ///< of item->per_year
  std::int64_t subjects{0};
  std::int64_t visited{0};
  std::int64_t published{0};
  std::int64_t wanting{0};
  std::int64_t late_visits{0};
  std::int64_t late_publications{0};
};
/// `dossiers` are draws and inspections, others are passed over. Items that a later pack replaces
/// are left out.
[[nodiscard]] std::vector<PlanStanding> plan_standings(
    const std::vector<duties::InspectionItem>& items, const std::vector<Filed>& dossiers,
    base::Day day);

/// The figures of a standing that count inspections.
enum class PlanFigure : std::uint8_t {
  subjects,
  visited,
  published,
  wanting,
  late_visits,
  late_publications
};
[[nodiscard]] std::optional<PlanFigure> plan_figure_from(std::string_view text) noexcept;
/// Keys of the inspections that make up a figure of an item's standing on the day.
[[nodiscard]] std::vector<std::string> counted_in_plan(std::string_view item, PlanFigure figure,
                                                       const std::vector<Filed>& dossiers,
                                                       base::Day day);

/// Whether who acts under this name is the inspector of that code: somebody who logs in acts as
/// "account/<code>", a program and the shell under the name itself.
[[nodiscard]] bool is_inspector(std::string_view code, std::string_view name);
/// What the table of types cannot say: what a draw committed itself to and whom it sent stays as it
/// was; each side of an inspection signs by itself: two of the inspectors drawn, and neither of
/// them for the subject. bad_field, forbidden. Other types pass.
[[nodiscard]] base::Result<void> judge_drawn(const registry::Dossier* before,
                                             const registry::Dossier& after);

enum class LateStep : std::uint8_t { visit, publication, rectification };
[[nodiscard]] std::string_view name(LateStep step) noexcept;

struct Late {
  LateStep step{LateStep::visit};
  std::string key;
  std::string subject;
  base::Day due;
  std::vector<std::string> inspectors;
};
/// Past their day on `day`, by due day and key.
[[nodiscard]] std::vector<Late> late_on(const std::vector<Filed>& dossiers, base::Day day);

struct Period {
  base::Day from;
  base::Day to;
};
/// Whether this is a result that a bulletin over the period sums up.
[[nodiscard]] bool is_result_of(const registry::Dossier& inspection, base::Day published,
                                const Period& period);
/// Whether a result is one of those that a bulletin counts as found wanting: all but in order.
[[nodiscard]] bool is_wanting(const registry::Dossier& inspection);
/// A draft over the inspections published in the period; subjects by their ids and titles, no
/// persons.
[[nodiscard]] registry::Dossier bulletin(const std::vector<duties::InspectionItem>& items,
                                         const std::vector<Filed>& dossiers, const Period& period);

}  // namespace huan::dossiers
