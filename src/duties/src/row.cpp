// SPDX-License-Identifier: Apache-2.0
#include "huan/duties/row.hpp"

#include "month.hpp"

namespace huan::duties {

std::optional<Deadline> parse_deadline(std::string_view text) {
  constexpr std::size_t kYear = 4;
  constexpr std::size_t kMonth = 7;
  const std::string first = std::string{text} + (text.size() == kYear ? "-01-01" : "-01");
  if (text.size() != kYear && text.size() != kMonth) {
    const auto day = base::parse_day(text);
    return day ? std::optional{Deadline{*day, Precision::day}} : std::nullopt;
  }
  const auto day = base::parse_day(first);
  if (!day) {
    return std::nullopt;
  }
  const base::Civil civil = base::civil_of(*day);
  constexpr std::int32_t kDecember = 12;
  return text.size() == kYear ? Deadline{last_of_month(civil.year, kDecember), Precision::year}
                              : Deadline{last_of_month(civil.year, civil.month), Precision::month};
}

std::string format_deadline(const Deadline& deadline) {
  std::string day = base::format_day(deadline.last);
  switch (deadline.stated) {
    case Precision::year:
      return day.substr(0, 4);
    case Precision::month:
      return day.substr(0, 7);
    case Precision::day:
      break;
  }
  return day;
}

}  // namespace huan::duties
