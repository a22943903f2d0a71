// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/importer.hpp"

#include <algorithm>
#include <deque>

#include "binding.hpp"
#include "huan/base/quantity.hpp"
#include "masking.hpp"
#include "registry_record.hpp"
#include "row_identity.hpp"
#include "row_values.hpp"
#include "ticket_event.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::int64_t kHeaderSearch = 10;

}  // namespace

struct Importer::State {
  State(std::unique_ptr<TableReader> reader, Mapping with, ImportOptions by)
      : table(std::move(reader)), mapping(std::move(with)), options(std::move(by)) {}

  base::Result<void> find_header();
  void read_row();
  void read_tickets(const RowValues& values);
  void read_lines(const RowValues& values, TicketEvent ticket);
  void add_event(const RowValues& values, const TicketEvent& ticket, std::string_view line_header);
  base::Result<base::Uuid> event_id(const RowValues& values, const TicketEvent& ticket,
                                    std::string_view line_header);
  void add(ImportRecord record);
  void add(Error error, bool fatal = false);
  [[nodiscard]] bool too_wide() const;

  std::unique_ptr<TableReader> table;
  Mapping mapping;
  ImportOptions options;
  Binding binding;
  Occurrences occurrences;
  ImportCounts counts;
  std::deque<RowResult> pending;
  bool ended{false};
};

void Importer::State::add(ImportRecord record) {
  ++counts.records;
  pending.push_back({table->row().number, std::move(record), std::nullopt, false});
}

void Importer::State::add(Error error, bool fatal) {
  ++counts.errors;
  error.detail = masked_text(error.detail);
  pending.push_back({table->row().number, std::nullopt, std::move(error), fatal});
  ended = ended || fatal;
}

/// The row that the mapping names, else the first of ten in which everything needed is found; the
/// complaint is about the row that looked most like a header.
base::Result<void> Importer::State::find_header() {
  std::optional<Error> best;
  std::size_t most = 0;
  for (std::int64_t tried = 0; mapping.header_row > 0 || tried < kHeaderSearch; ++tried) {
    HUAN_TRY(more, table->next());
    if (!more) {
      break;
    }
    if (mapping.header_row > 0 && table->row().number != mapping.header_row) {
      continue;
    }
    std::size_t matched = 0;
    auto bound = bind(table->row(), mapping, options, matched);
    if (bound) {
      binding = std::move(*bound);
      return {};
    }
    if (!best || matched > most) {
      best = bound.error();
      most = matched;
    }
    if (mapping.header_row > 0) {
      break;
    }
  }
  return best ? *best
              : Error{ErrorCode::bad_file, mapping.table.name, "the table has no header row"};
}

bool Importer::State::too_wide() const {
  const auto& cells = table->row().cells;
  return cells.size() > binding.headers.size() &&
         !std::all_of(cells.begin() + static_cast<std::ptrdiff_t>(binding.headers.size()),
                      cells.end(), is_blank);
}

base::Result<base::Uuid> Importer::State::event_id(const RowValues& values,
                                                   const TicketEvent& ticket,
                                                   std::string_view line_header) {
  IdentityText identity{mapping.kind, mapping.city};
  bool keyed = !binding.key.empty();
  std::vector<std::string> key;
  for (const BoundKey& part : binding.key) {
    auto value = part.field != nullptr ? values.canonical(*part.field)
                                       : values.column(part.column, part.header);
    if (!value) {
      return std::move(value).error();
    }
    if (!*value && !mapping.key.empty()) {
      return Error{ErrorCode::bad_field, part.header,
                   "the cell is blank, and it is part of the key"};
    }
    keyed = keyed && value->has_value();
    key.push_back(std::move(*value).value_or(""));
  }
  if (keyed) {
    identity.add("key");
    for (const std::string& part : key) {
      identity.add(part);
    }
    identity.add(line_header);
    return identity.id();
  }
  identity.add("content").add(to_json(ticket, "")).add(line_header);
  HUAN_TRY(before, occurrences.count(identity.fingerprint()));
  return identity.add(std::to_string(before)).id();
}

void Importer::State::add_event(const RowValues& values, const TicketEvent& ticket,
                                std::string_view line_header) {
  auto id = event_id(values, ticket, line_header);
  if (!id) {
    const bool fatal = id.error().code == ErrorCode::too_large;
    return add(std::move(id).error(), fatal);
  }
  add(ImportRecord{*id, "receive", "", to_json(ticket, id->text())});
}

void Importer::State::read_lines(const RowValues& values, TicketEvent ticket) {
  for (const BoundLine& line : binding.lines) {
    const auto mass = values.line_mass(line);
    if (!mass) {
      add(mass.error());
    } else if (!*mass) {
      ++counts.blanks;
    } else if (**mass == 0) {
      ++counts.zeros;
    } else {
      ticket.material = line.material;
      ticket.mass_g = **mass;
      add_event(values, ticket, line.header);
    }
  }
}

void Importer::State::read_tickets(const RowValues& values) {
  auto ticket = read_ticket(values);
  if (!ticket) {
    return add(std::move(ticket).error());
  }
  if (!binding.lines.empty()) {
    return read_lines(values, std::move(*ticket));
  }
  if (auto line = read_single_line(values, mapping, *ticket); !line) {
    return add(std::move(line).error());
  }
  add_event(values, *ticket, "");
}

void Importer::State::read_row() {
  const auto more = table->next();
  if (!more) {
    return add(more.error(), true);
  }
  ended = !*more;
  const auto& cells = table->row().cells;
  if (ended || std::all_of(cells.begin(), cells.end(), is_blank)) {
    return;
  }
  ++counts.rows;
  if (too_wide()) {
    return add(Error{ErrorCode::bad_file, "",
                     "the row has more cells than the header; is a comma without quotes?"});
  }
  const RowValues values{binding, mapping, options, table->row()};
  try {
    if (mapping.kind == TableKind::tickets) {
      return read_tickets(values);
    }
    auto record = read_registry_record(values, mapping.kind, mapping.city, options);
    record ? add(std::move(*record)) : add(std::move(record).error());
  } catch (const base::Overflow&) {
    add(Error{ErrorCode::bad_number, "", "the numbers of this row are too large"});
  }
}

Importer::Importer(std::unique_ptr<State> state) : state_(std::move(state)) {}
Importer::~Importer() = default;

base::Result<std::unique_ptr<Importer>> Importer::open(std::unique_ptr<TableReader> table,
                                                       Mapping mapping, ImportOptions options) {
  if (mapping.city.empty()) {
    mapping.city = options.city;
  }
  if (!base::is_city(mapping.city)) {
    return Error{ErrorCode::unknown_city, "", "neither the mapping nor the caller names a city"};
  }
  options.offset_s = mapping.offset_s.value_or(options.offset_s);
  auto state = std::make_unique<State>(std::move(table), std::move(mapping), std::move(options));
  HUAN_CHECK(state->find_header());
  return std::unique_ptr<Importer>{new Importer{std::move(state)}};
}

std::optional<RowResult> Importer::next() {
  while (state_->pending.empty() && !state_->ended) {
    state_->read_row();
  }
  if (state_->pending.empty()) {
    return std::nullopt;
  }
  RowResult result = std::move(state_->pending.front());
  state_->pending.pop_front();
  return result;
}

const ImportPlan& Importer::plan() const { return state_->binding.plan; }
const ImportCounts& Importer::counts() const { return state_->counts; }
const std::vector<std::string>& Importer::headers() const { return state_->binding.headers; }

std::string Importer::column_of(std::string_view pointer) const {
  // An index says nothing of a column.
  auto field = pointer.substr(0, pointer.find_last_not_of("/0123456789") + 1);
  field.remove_prefix(field.rfind('/') + 1);
  for (const std::string_view unit : {"_g", "_fen"}) {
    if (field.ends_with(unit)) {
      field.remove_suffix(unit.size());
    }
  }
  for (const PlannedColumn& column : plan().columns) {
    if (column.field == field && !column.header.starts_with('=')) {
      return column.header;
    }
  }
  return std::string{pointer};
}

std::vector<std::string> Importer::cells() const {
  const State& state = *state_;
  auto personal = state.binding.personal;
  const RowValues values{state.binding, state.mapping, state.options, state.table->row()};
  if (state.mapping.kind == TableKind::parties && !is_organisation(values)) {
    for (const std::size_t column : state.binding.persons) {
      personal[column] = true;
    }
  }
  return masked_cells(state.table->row(), personal);
}

}  // namespace huan::wire_table
