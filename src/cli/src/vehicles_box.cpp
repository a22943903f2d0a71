// SPDX-License-Identifier: Apache-2.0
// Which of a terminal's doors close a vehicle's box: for one vehicle, or for a fleet from a CSV.
// Each is a version of the vehicle's record that holds from a day on; all of them or none.
#include <fmt/core.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "huan/json/document.hpp"
#include "huan/registry/asset.hpp"
#include "huan/registry/csv_rows.hpp"
#include "vehicles.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kBoxFileMax = 1U << 20U;
constexpr std::size_t kBoxRowsMax = 10'000;
constexpr std::int64_t kBoxDayS = 86'400;

struct BoxOptions {
  std::string vehicle;
  std::string doors;
  std::string from;
  std::string file;
};

/// As somebody wrote it, and where.
struct BoxLine {
  std::string vehicle;
  std::string doors;
  std::string from;
  std::string where;
};

Result<std::vector<BoxLine>> box_lines(const BoxOptions& options) {
  if (options.file.empty()) {
    if (options.vehicle.empty()) {
      return Error{ErrorCode::bad_field, "--vehicle", "a vehicle on record, or --file"};
    }
    return std::vector<BoxLine>{{options.vehicle, options.doors, options.from, ""}};
  }
  std::ifstream in(options.file, std::ios::binary);
  if (!in) {
    return Error{ErrorCode::bad_file, options.file, "cannot be opened"};
  }
  std::string text(kBoxFileMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kBoxFileMax) {
    return Error{ErrorCode::too_large, options.file, "at most 1 MiB"};
  }
  HUAN_TRY(table, registry::CsvRows::parse(options.file, text));
  HUAN_CHECK(table.expect({"vehicle", "doors"}, {"from"}));
  if (table.rows().size() > kBoxRowsMax) {
    return Error{ErrorCode::too_large, options.file, "at most 10,000 vehicles"};
  }
  std::vector<BoxLine> lines;
  for (const registry::CsvRow& row : table.rows()) {
    lines.push_back({std::string(table.cell(row, "vehicle")), std::string(table.cell(row, "doors")),
                     std::string(table.cell(row, "from")),
                     options.file + " line " + std::to_string(row.line) + " "});
  }
  return lines;
}

/// "3" or "2 3"; empty: none, so that nothing is judged.
Result<std::vector<std::int64_t>> doors_of(const BoxLine& line) {
  std::vector<std::int64_t> doors;
  std::istringstream parts(line.doors);
  for (std::string one; parts >> one;) {
    const bool good = one.size() == 1 && one[0] >= '1' && one[0] <= '5';
    if (!good || std::ranges::find(doors, one[0] - '0') != doors.end()) {
      return Error{ErrorCode::bad_field, line.where + "doors", "doors from 1 to 5, each once"};
    }
    doors.push_back(one[0] - '0');
  }
  std::ranges::sort(doors);
  return doors;
}

Result<app::RegistryPut> box_put(store::Reading& reading, const store::CityRow& city,
                                 const BoxLine& line) {
  const auto row = reading.registered(city.city, "asset", line.vehicle);
  if (!row || row->subkind != "vehicle") {
    return Error{ErrorCode::unknown_vehicle, line.where + "vehicle", line.vehicle};
  }
  HUAN_TRY(document, json::Document::parse(row->body, json::kStored));
  const auto record = document.root().find("record");
  const auto data = record ? record->find("data") : std::nullopt;
  if (!data) {
    return Error{ErrorCode::internal, line.where + "vehicle", line.vehicle};
  }
  HUAN_TRY(asset, registry::parse_asset(*data, "/data"));
  HUAN_TRY(doors, doors_of(line));
  asset.box_doors = std::move(doors);
  app::RegistryPut put{"asset", line.vehicle, registry::to_json(asset), "", "", row->version};
  if (!line.from.empty()) {
    const auto day = base::parse_day(line.from);
    if (!day) {
      return Error{ErrorCode::bad_time, line.where + "from", "a day like 2026-11-21"};
    }
    put.time = base::format_time({std::int64_t{day->n} * kBoxDayS - city.offset_s}, city.offset_s);
  }
  return put;
}

int state_boxes(const Common& common, const BoxOptions& options) {
  Writing writing{common};
  const auto reading = writing.store->snapshot();
  const auto code = common.one_city(*reading);
  const auto city = code ? reading->city(*code) : std::nullopt;
  if (!city) {
    return refused(common, code ? Error{ErrorCode::unknown_city, "--city", *code} : code.error());
  }
  const auto lines = box_lines(options);
  if (!lines) {
    return refused(common, lines.error());
  }
  std::vector<app::RegistryPut> puts;
  for (const BoxLine& line : *lines) {
    auto put = box_put(*reading, *city, line);
    if (!put) {
      return refused(common, put.error());
    }
    puts.push_back(std::move(*put));
  }
  std::optional<Error> wrong;
  writing.recorder.run(city->city, puts.size(), [&](app::CityWriter& writer) {
    for (const app::RegistryPut& put : puts) {
      const app::Outcome outcome = writer.put(put, {"operator/shell"});
      if (outcome.status == app::Status::refused) {
        wrong = outcome.error;
        return false;
      }
    }
    return true;
  });
  if (wrong) {
    return refused(common, *wrong);
  }
  fmt::print("{} vehicles: which doors close the box is on record\n", puts.size());
  return kDone;
}

}  // namespace

void add_vehicles_box(CLI::App& vehicles, Common& common, Verb& verb) {
  CLI::App* one = add_verb(vehicles, common, "box", "which doors of the terminal close the box");
  auto options = std::make_shared<BoxOptions>();
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--vehicle", options->vehicle, "as on record");
  one->add_option("--doors", options->doors, "like \"3\" or \"2 3\"; empty: nothing is judged");
  one->add_option("--from", options->from, "holds from this day on, now by default");
  one->add_option("--file", options->file, "CSV instead: vehicle,doors[,from]")
      ->excludes("--vehicle");
  one->callback([&common, &verb, options] {
    verb = [&common, options] { return state_boxes(common, *options); };
  });
}

}  // namespace huan::cli
