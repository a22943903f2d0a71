// SPDX-License-Identifier: Apache-2.0
// The one table from error code to HTTP status. A new code of the error table gets a row here.
#include <array>

#include "huan/http_server/problem.hpp"

namespace huan::http_server {
namespace {

using enum base::ErrorCode;

struct Row {
  base::ErrorCode code;
  int status;
};

constexpr auto kTable = std::to_array<Row>({
    {bad_json, 400},
    {bad_field, 400},
    {bad_text, 400},
    {bad_number, 400},
    {bad_time, 400},
    {duplicate_key, 400},
    {batch_spans_cities, 400},
    {bad_checkpoint, 422},
    {bad_identifier, 400},
    {bad_coordinates, 400},
    {unauthorized, 401},
    {forbidden, 403},
    {unknown_city, 404},
    {unknown_place, 404},
    {unknown_party, 404},
    {unknown_material, 404},
    {unknown_lot, 404},
    {unknown_item, 404},
    {unknown_shipment, 404},
    {unknown_vehicle, 404},
    {unknown_scale, 404},
    {unknown_district, 404},
    {unknown_event, 404},
    {unknown_run, 404},
    {unknown_evidence, 404},
    {not_found, 404},
    {method_not_allowed, 405},
    {not_acceptable, 406},
    {held, 409},
    {lot_exists, 409},
    {already_closed, 409},
    {id_conflict, 409},
    {in_use, 409},
    {vault_locked, 409},
    {version_conflict, 412},
    {too_large, 413},
    {uri_too_long, 414},
    {unsupported_media, 415},
    {insufficient_mass, 422},
    {insufficient_points, 422},
    {over_limit, 422},
    {not_balanced, 422},
    {batch_refused, 422},
    {place_not_active, 422},
    {not_qualified, 422},
    {registration_missing, 422},
    {material_not_allowed, 422},
    {prohibited, 422},
    {time_in_future, 422},
    {before_lot, 422},
    {number_range, 422},
    {bad_file, 422},
    {bad_encoding, 422},
    {bad_mapping, 422},
    {missing_column, 422},
    {bad_pack, 422},
    {not_supported, 422},
    {bad_problem, 422},
    {bad_demand, 422},
    {duplicate_point, 422},
    {too_few_candidates, 422},
    {too_little_capacity, 422},
    {unreachable_point, 422},
    {precondition_required, 428},
    {too_many_requests, 429},
    {internal, 500},
    {wrong_answer, 500},
    {store_missing, 500},
    {store_failed, 500},
    {bad_config, 500},
    {overloaded, 503},
    {store_busy, 503},
    {unreachable, 503},
});

}  // namespace

std::optional<int> listed_status(base::ErrorCode code) noexcept {
  for (const auto& row : kTable) {
    if (row.code == code) {
      return row.status;
    }
  }
  return std::nullopt;
}

int http_status(const base::Error& error) noexcept {
  const int status = listed_status(error.code).value_or(422);
  const bool inside = error.at.starts_with('/');
  return status == 404 && inside && error.code != not_found ? 422 : status;
}

}  // namespace huan::http_server
