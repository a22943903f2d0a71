// SPDX-License-Identifier: Apache-2.0
// What all doors share: who asks, of which city, with which parameters; and errors turned into
// problems in one place. Each door has its line in rules.cpp, or the server does not start.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "context.hpp"
#include "huan/app/scope.hpp"
#include "huan/base/result.hpp"
#include "huan/http_server/problem.hpp"
#include "huan/http_server/router.hpp"
#include "huan/store/reading.hpp"
#include "outlet.hpp"

namespace huan::http {

using base::Error;
using base::ErrorCode;
using base::Result;
using http_server::Request;
using http_server::Response;

/// A question to one city, with a snapshot that does not change meanwhile.
struct Ask {
  const Request& request;
  store::Reading& reading;
  store::CityRow city;
  const app::Access& access;
  Outlet& outlet;

  /// The rows that the asker may see at this door.
  [[nodiscard]] store::RowScope scope() const { return app::row_scope(access); }

  [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const {
    return request.query_value(name);
  }
  /// The parameter or "".
  [[nodiscard]] std::string text(std::string_view name) const {
    return std::string(query(name).value_or(""));
  }
  [[nodiscard]] std::string time(base::Instant instant) const {
    return base::format_time(instant, city.offset_s);
  }
};

using ReadDoor = std::function<Result<Response>(const Ask&)>;
using WriteDoor = std::function<Result<Response>(const Request&, const app::Access&)>;
using AsyncDoor = std::function<void(Request, app::Access, http_server::Responder)>;
using Names = std::vector<std::string_view>;

class Doors {
 public:
  Doors(http_server::Router& router, Context& context) : router_(router), context_(context) {}

  /// GET of one city's data; `parameters` are those of its query beside `city`, others are refused.
  void read(std::string_view pattern, Names parameters, ReadDoor door);
  /// Like read, for doors whose path names the city.
  void read_any(std::string_view pattern, Names parameters, ReadDoor door);
  void write(std::string_view method, std::string_view pattern, Names parameters, WriteDoor door);
  void async(std::string_view method, std::string_view pattern, Names parameters, AsyncDoor door);
  /// No token is asked for.
  void open(std::string_view method, std::string_view pattern, http_server::Handler handler);
  [[nodiscard]] Context& context() { return context_; }

 private:
  void add_reading(std::string_view pattern, Names parameters, ReadDoor door, bool any_city);

  http_server::Router& router_;
  Context& context_;
};

// One function a file; `add` order does not matter.
void add_event_doors(Doors& doors);
void add_event_list_doors(Doors& doors);
void add_invoice_doors(Doors& doors);
void add_buying_doors(Doors& doors);
void add_named_form_doors(Doors& doors);
void add_subsidy_doors(Doors& doors);
void add_lot_doors(Doors& doors);
void add_stock_doors(Doors& doors);
void add_statistics_doors(Doors& doors);
void add_oversight_doors(Doors& doors);
void add_declaration_doors(Doors& doors);
void add_duty_doors(Doors& doors);
void add_open_data_doors(Doors& doors);
void add_catalogue_doors(Doors& doors);
void add_report_doors(Doors& doors);
void add_directory_doors(Doors& doors);
void add_order_doors(Doors& doors);
void add_round_doors(Doors& doors);
void add_fleet_doors(Doors& doors);
void add_timetable_doors(Doors& doors);
void add_track_doors(Doors& doors);
void add_device_doors(Doors& doors);
void add_point_doors(Doors& doors);
void add_resident_doors(Doors& doors);
void add_inspection_doors(Doors& doors);
void add_complaint_doors(Doors& doors);
void add_matter_doors(Doors& doors);
void add_published_doors(Doors& doors);
void add_watch_doors(Doors& doors);
void add_registry_doors(Doors& doors);
void add_personal_doors(Doors& doors);
void add_deletion_doors(Doors& doors);
void add_file_doors(Doors& doors);
void add_log_doors(Doors& doors);
void add_live_doors(Doors& doors);
void add_import_doors(Doors& doors);
void add_job_doors(Doors& doors);
void add_planning_doors(Doors& doors);
void add_coverage_doors(Doors& doors);
void add_error_page(Doors& doors);
void add_login_doors(Doors& doors);
void add_service_doors(Doors& doors);
void add_session_doors(Doors& doors);
void add_account_doors(Doors& doors);
void add_oidc_doors(Doors& doors);
void add_where_doors(Doors& doors);
void add_page_doors(Doors& doors);

/// The city that a request names, or the only one, of those that the asker sees. bad_field,
/// unknown_city.
[[nodiscard]] Result<store::CityRow> choose_city(const Request& request, store::Reading& reading,
                                                 const app::Access& access);
[[nodiscard]] bool sees_city(const app::Access& access, std::string_view city);
/// Refuses what the door does not know: a misspelt filter must not answer with everything.
[[nodiscard]] Result<void> check_parameters(const Request& request, const Names& known);
/// Refuses a body that is said to be something else than JSON (unsupported_media). What simple
/// clients say when nobody told them better is read as JSON too, and refused if it is none.
[[nodiscard]] Result<void> check_json_body(const Request& request);
/// The request's media type in lower case without parameters; "" when it says none.
[[nodiscard]] std::string media_type(const Request& request);
/// What a use case names as a field "/size" of its question was a parameter here.
[[nodiscard]] Error at_parameter(Error error);
/// An answer for whatever was thrown.
[[nodiscard]] Response answer_exception(const std::exception_ptr& thrown, const Request& request);
/// Errors become problems, and so does a store that fails.
[[nodiscard]] Response guarded(const Request& request,
                               const std::function<Result<Response>()>& run);
[[nodiscard]] Result<std::int64_t> integer_parameter(const Request& request, std::string_view name,
                                                     std::int64_t otherwise);

}  // namespace huan::http
