// SPDX-License-Identifier: Apache-2.0
// What is asked of each door, by area; its test adds them up.
#pragma once

#include "status_asker.hpp"

namespace huan::http {

class StatusesTest : public StatusAsker {
 protected:
  /// What every door does that has such parameters, a token, a body.
  void ask_of_all();
  void ask_for_events();
  void ask_for_stock();
  void ask_for_oversight();
  void ask_for_declarations();
  void ask_for_open_data();
  void ask_for_invoices();
  void ask_for_buying();
  void ask_for_subsidies();
  void ask_for_records();
  void ask_for_references();
  void ask_for_personal_data();
  void ask_for_files_and_log();
  void ask_for_plans();
  void ask_for_sessions();
  void ask_for_accounts();
  void ask_for_identities();
  void ask_for_links();
  void ask_for_second_factors();
  void ask_for_second_factor_without_the_key();
  void ask_for_inspections();
  void ask_for_matters();
  void ask_for_case_files();
  void ask_for_the_public();
  void ask_for_orders();
  void ask_for_payouts();
  void ask_for_photos(const std::string& own);
  void ask_for_points();
  void ask_for_rounds();
  void ask_for_passes();
  void ask_for_timetables();
  void ask_for_tracks();
  void ask_for_devices();
  void ask_to_drive_rounds();
  void ask_for_residents();
  void ask_for_service();
  void ask_for_anything();
  void ask_without_the_key();
  void ask_when_stopping();
  void expect_all_seen() const;
};

}  // namespace huan::http
