// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "vrplib.hpp"

namespace huan::wire_routing {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr std::array<std::string_view, 15> kHeaders{"NAME",
                                                    "COMMENT",
                                                    "TYPE",
                                                    "DIMENSION",
                                                    "VEHICLES",
                                                    "CAPACITY",
                                                    "SERVICE_TIME",
                                                    "EDGE_WEIGHT_TYPE",
                                                    "EDGE_WEIGHT_FORMAT",
                                                    "DISTANCE",
                                                    "NODE_COORD_TYPE",
                                                    "DISPLAY_DATA_TYPE",
                                                    "RELEASE_TIME",
                                                    "VEHICLES_MAX_DURATION",
                                                    "VEHICLES_MAX_DISTANCE"};
constexpr std::array<std::string_view, 16> kSections{"NODE_COORD_SECTION",
                                                     "DEMAND_SECTION",
                                                     "DEPOT_SECTION",
                                                     "EDGE_WEIGHT_SECTION",
                                                     "TIME_WINDOW_SECTION",
                                                     "SERVICE_TIME_SECTION",
                                                     "RELEASE_TIME_SECTION",
                                                     "CAPACITY_SECTION",
                                                     "PRIZE_SECTION",
                                                     "VEHICLES_DEPOT_SECTION",
                                                     "VEHICLES_ALLOWED_CLIENTS_SECTION",
                                                     "VEHICLES_RELOAD_DEPOT_SECTION",
                                                     "VEHICLES_FIXED_COST_SECTION",
                                                     "VEHICLES_UNIT_DISTANCE_COST_SECTION",
                                                     "VEHICLES_MAX_DURATION_SECTION",
                                                     "VEHICLES_MAX_DISTANCE_SECTION"};
constexpr std::string_view kSection = "_SECTION";

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_keyword(const Line& line) {
  const char first = line.words.front().front();
  return first >= 'A' && first <= 'Z';
}

}  // namespace

const std::vector<Line>* VrplibFile::section(std::string_view name) const {
  const auto found = sections.find(name);
  return found == sections.end() ? nullptr : &found->second;
}

const Header* VrplibFile::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? nullptr : &found->second;
}

Result<double> VrplibFile::number(std::string_view name, double otherwise, Range range) const {
  const Header* found = header(name);
  if (found == nullptr) {
    return otherwise;
  }
  const Line value{found->line.number, found->value, {found->value}};
  return value.number_of(0, name, range);
}

Error VrplibFile::missing(std::string_view name) const {
  return {ErrorCode::bad_field, "line " + std::to_string(lines), std::string{name} + " is missing"};
}

Result<VrplibFile> split_vrplib(std::string_view text) {
  VrplibFile file;
  Lines lines{text};
  std::vector<Line>* section = nullptr;
  bool began = false;
  while (lines.next()) {
    const Line& line = lines.line();
    file.lines = line.number;
    if (!is_keyword(line)) {
      if (section == nullptr) {
        return line.error(ErrorCode::bad_file, "a keyword is expected here");
      }
      section->push_back(line);
      continue;
    }
    const std::size_t colon = line.text.find(':');
    const std::string key = clean_name(line.text.substr(0, colon));
    if (key == "EOF") {
      break;
    }
    began = true;
    if (key.ends_with(kSection)) {
      if (!is_one_of(key, kSections)) {
        return line.error(ErrorCode::not_supported, key + " is not read");
      }
      const auto [at, is_new] = file.sections.try_emplace(key);
      if (!is_new) {
        return line.error(ErrorCode::bad_field, key + " stands twice");
      }
      section = &at->second;
      continue;
    }
    if (colon == std::string_view::npos || !is_one_of(key, kHeaders)) {
      return line.error(ErrorCode::not_supported, key + " is not read");
    }
    section = nullptr;
    if (!file.headers.try_emplace(key, Header{line, clean_name(line.text.substr(colon + 1))})
             .second) {
      return line.error(ErrorCode::bad_field, key + " stands twice");
    }
  }
  if (!began) {
    return Error{ErrorCode::bad_file, "", "holds none of VRPLIB's keywords"};
  }
  return file;
}

}  // namespace huan::wire_routing
