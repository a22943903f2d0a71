// SPDX-License-Identifier: Apache-2.0
// Places from CSV (RFC 4180, UTF-8): a header with `lon` and `lat` (degrees) or `x` and `y`
// (metres), and any of id, weight, demand, capacity, cost, sizes, role, status, datum. Columns of
// other names are left alone.
#include <algorithm>
#include <array>

#include "huan/base/text.hpp"
#include "number_reader.hpp"
#include "place_list.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Problem;

constexpr std::size_t kColumnsMax = 256;
constexpr std::size_t kCellMax = 4'096;

/// One record after another; quotes may hold commas and lines.
class Records {
 public:
  explicit Records(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) {
      text_.remove_prefix(3);
    }
  }

  [[nodiscard]] std::string place() const { return "line " + std::to_string(line_); }
  [[nodiscard]] const std::vector<std::string>& cells() const { return cells_; }

  /// False at the end.
  base::Result<bool> next() {
    line_ = next_line_;
    cells_.clear();
    if (text_.empty()) {
      return false;
    }
    bool more = true;
    while (more) {
      HUAN_TRY(cell, read_cell());
      cells_.push_back(std::move(cell));
      if (cells_.size() > kColumnsMax) {
        return Error{ErrorCode::too_large, place(), "over 256 columns"};
      }
      more = text_.starts_with(',');
      if (!text_.empty()) {
        text_.remove_prefix(1);
      }
    }
    ++next_line_;
    return true;
  }

 private:
  base::Result<std::string> read_cell() {
    std::string out;
    const bool quoted = text_.starts_with('"');
    std::size_t at = quoted ? 1 : 0;
    for (bool inside = quoted; at < text_.size(); ++at) {
      const char c = text_[at];
      if (inside && c == '"') {
        if (at + 1 < text_.size() && text_[at + 1] == '"') {
          ++at;
        } else {
          inside = false;
          continue;
        }
      } else if (!inside && (c == ',' || c == '\n')) {
        break;
      }
      next_line_ += inside && c == '\n' ? 1 : 0;
      out.push_back(c);
      if (out.size() > kCellMax) {
        return Error{ErrorCode::too_large, place(), "a cell of over 4096 bytes"};
      }
    }
    text_.remove_prefix(at);
    while (!quoted && (out.ends_with('\r') || out.ends_with(' '))) {
      out.pop_back();
    }
    if (quoted && out.ends_with('\r')) {
      out.pop_back();
    }
    if (!base::is_clean_utf8(out)) {
      return Error{ErrorCode::bad_text, place(), "not UTF-8"};
    }
    return out;
  }

  std::string_view text_;
  std::int64_t line_{0};
  std::int64_t next_line_{1};
  std::vector<std::string> cells_;
};

constexpr std::size_t kAbsent = ~std::size_t{0};

struct Columns {
  explicit Columns(const std::vector<std::string>& header) : header_(header) {}
  [[nodiscard]] std::size_t find(std::string_view name) const {
    const auto at = std::find(header_.begin(), header_.end(), name);
    return at == header_.end() ? kAbsent : static_cast<std::size_t>(at - header_.begin());
  }

 private:
  const std::vector<std::string>& header_;
};

struct Wanted {
  const char* name;
  std::optional<double> Place::* member;
  std::size_t column;
};

/// "100:10 200:18": what each size holds and costs.
base::Result<std::vector<siting_problem::Size>> sizes_in(const std::string& cell,
                                                         const std::string& at) {
  std::vector<siting_problem::Size> sizes;
  std::string_view rest = cell;
  while (!rest.empty()) {
    const std::string_view one = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), one.size() + 1));
    if (one.empty()) {
      continue;
    }
    const std::size_t colon = one.find(':');
    const auto capacity = parse_number(one.substr(0, colon));
    const auto cost =
        colon == std::string_view::npos ? std::nullopt : parse_number(one.substr(colon + 1));
    if (!capacity || !cost) {
      return Error{ErrorCode::bad_number, at, "sizes are `capacity:cost capacity:cost`"};
    }
    sizes.push_back({*capacity, *cost});
  }
  return sizes;
}

std::string text_at(const std::vector<std::string>& cells, std::size_t column) {
  return column < cells.size() ? cells[column] : std::string{};
}

}  // namespace

base::Result<Problem> read_csv(std::string_view bytes, const ReadOptions& options) {
  Records records(bytes);
  HUAN_TRY(any, records.next());
  if (!any) {
    return Error{ErrorCode::bad_file, "line 1", "the file is empty"};
  }
  const std::vector<std::string> header = records.cells();
  const Columns columns(header);
  Ground ground;
  ground.on_earth = columns.find("lon") != kAbsent;
  std::array<Wanted, 6> wanted{{
      {ground.on_earth ? "lon" : "x", &Place::x, kAbsent},
      {ground.on_earth ? "lat" : "y", &Place::y, kAbsent},
      {"weight", &Place::weight, kAbsent},
      {"demand", &Place::demand, kAbsent},
      {"capacity", &Place::capacity, kAbsent},
      {"cost", &Place::cost, kAbsent},
  }};
  for (Wanted& one : wanted) {
    one.column = columns.find(one.name);
  }
  if (wanted[0].column == kAbsent || wanted[1].column == kAbsent) {
    return Error{ErrorCode::missing_column, "line 1", "lon and lat, or x and y"};
  }
  const std::size_t datum = columns.find("datum");
  std::vector<Place> places;
  while (true) {
    HUAN_TRY(more, records.next());
    if (!more) {
      break;
    }
    const std::vector<std::string>& cells = records.cells();
    if (cells.size() == 1 && cells.front().empty()) {
      continue;
    }
    Place place;
    place.at = records.place();
    place.id = text_at(cells, columns.find("id"));
    place.role = text_at(cells, columns.find("role"));
    place.status = text_at(cells, columns.find("status"));
    HUAN_TRY(sizes, sizes_in(text_at(cells, columns.find("sizes")), place.at));
    place.sizes = std::move(sizes);
    for (const Wanted& one : wanted) {
      const std::string cell = text_at(cells, one.column);
      if (cell.empty()) {
        continue;
      }
      place.*one.member = parse_number(cell);
      if (!(place.*one.member).has_value()) {
        return Error{ErrorCode::bad_number, place.at, std::string{one.name} + " is no number"};
      }
    }
    const std::string said = text_at(cells, datum);
    if (!places.empty() && said != ground.datum) {
      return Error{ErrorCode::bad_coordinates, place.at, "another datum than the line before"};
    }
    ground.datum = said;
    places.push_back(std::move(place));
    if (static_cast<std::int64_t>(places.size()) > kPointsMax) {
      return Error{ErrorCode::too_large, records.place(), "over 2,000,000 places"};
    }
  }
  return problem_of(std::move(places), ground, options);
}

}  // namespace huan::wire_siting
