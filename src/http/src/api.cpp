// SPDX-License-Identifier: Apache-2.0
#include "huan/http/api.hpp"

#include "context.hpp"
#include "device_notices.hpp"
#include "doors.hpp"

namespace huan::http {

Api::Api(Parts parts) : context_(std::make_unique<Context>(std::move(parts))) {}
Api::~Api() { close(); }

http_server::Router Api::router() {
  http_server::Router router;
  Doors doors(router, *context_);
  add_event_doors(doors);
  add_event_list_doors(doors);
  add_lot_doors(doors);
  add_stock_doors(doors);
  add_statistics_doors(doors);
  add_oversight_doors(doors);
  add_declaration_doors(doors);
  add_duty_doors(doors);
  add_inspection_doors(doors);
  add_complaint_doors(doors);
  add_matter_doors(doors);
  add_published_doors(doors);
  add_watch_doors(doors);
  add_file_doors(doors);
  add_log_doors(doors);
  add_live_doors(doors);
  add_import_doors(doors);
  add_job_doors(doors);
  add_planning_doors(doors);
  add_coverage_doors(doors);
  add_login_doors(doors);
  add_session_doors(doors);
  add_account_doors(doors);
  add_oidc_doors(doors);
  add_where_doors(doors);
  add_open_data_doors(doors);
  add_catalogue_doors(doors);
  add_report_doors(doors);
  add_service_doors(doors);
  add_error_page(doors);
  add_personal_doors(doors);
  add_deletion_doors(doors);
  add_directory_doors(doors);
  add_order_doors(doors);
  add_round_doors(doors);
  add_fleet_doors(doors);
  add_timetable_doors(doors);
  add_track_doors(doors);
  add_device_doors(doors);
  add_point_doors(doors);
  add_resident_doors(doors);
  add_invoice_doors(doors);
  add_buying_doors(doors);
  add_named_form_doors(doors);
  add_subsidy_doors(doors);
  add_registry_doors(doors);
  add_page_doors(doors);
  return router;
}

http_server::ServerObserver& Api::observer() { return context_->figures; }

std::vector<app::Notice> Api::devices_in_trouble(store::Reading& reading,
                                                 const store::CityRow& city) const {
  return device_notices({reading, city, {}}, *context_);
}

void Api::watch(const http_server::Server& server) {
  const std::lock_guard lock(context_->server_mutex);
  context_->server = &server;
}

void Api::close() {
  {
    const std::lock_guard lock(context_->server_mutex);
    context_->server = nullptr;
  }
  context_->live.close();
  context_->planning.close();
}

}  // namespace huan::http
