// SPDX-License-Identifier: Apache-2.0
// Who has to do what by when: the responsibility matrix 责任矩阵, one row a bracket of units, with
// the units in four roles; the dated steps 实施步骤 that a text lists; its milestones without a
// number. A bracket that only says "by their duties" 按职责分工 makes nobody the lead: its units
// share. A deadline stands here only where the text has one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/duties/row.hpp"

namespace huan::duties {

enum class UnitKind : std::uint8_t {
  authority,   ///< one office of the city or the province
  districts,   ///< the governments one level below, all of them
  group,       ///< several at once: 市有关部门
  enterprises  ///< the firms that run places
};
[[nodiscard]] std::string_view name(UnitKind kind) noexcept;

struct Unit {
  std::string code;
  std::string zh;
  std::string en;
  UnitKind kind{UnitKind::authority};
  std::string pack;
};

/// How the units of a bracket stand to each other.
enum class Bracket : std::uint8_t {
  shared,    ///< 按职责分工负责
  alone,     ///< one unit is named, and nobody else
  roles,     ///< 牵头, 配合, 责任
  supported  ///< 负责, with others in support 配合
};
[[nodiscard]] std::string_view name(Bracket bracket) noexcept;

struct Task {
  Row row;              ///< code: the bracket, "2" or "2a"
  std::string task;     ///< the numbered task it belongs to; several brackets may share one
  bool further{false};  ///< a clause with units of its own outside the numbered tasks
  std::string group;    ///< heading that it stands under
  Bracket bracket{Bracket::shared};
  std::vector<std::string> lead;         ///< 牵头; codes of units, in printed order
  std::vector<std::string> supporting;   ///< 配合
  std::vector<std::string> responsible;  ///< 责任 or 落实
  std::vector<std::string> shared;       ///< 按职责分工
  std::optional<Deadline> deadline;
  std::string every;                      ///< "year", "quarter" where the date comes round
  std::vector<std::string> deliverables;  ///< documents that it asks for, in words of ours
};

/// A dated item of a schedule.
struct Step {
  Row row;
  std::string block;  ///< the stretch of time it is listed under
  base::Day from;
  base::Day to;  ///< included
};

/// A dated overall goal without a number.
struct Milestone {
  Row row;
  Deadline deadline;
};

}  // namespace huan::duties
