// SPDX-License-Identifier: Apache-2.0
// The jobs of this server, and who listens to them.
#pragma once

#include <string>

#include "huan/app/jobs.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/http_server/event_hub.hpp"
#include "huan/http_server/message.hpp"

namespace huan::http {

class PlanningJobs {
 public:
  explicit PlanningJobs(base::Clock& clock)
      : jobs_(clock, ids_, {}, [this](const app::JobView& view) { announce(view); }),
        imports_(clock, ids_, {.waiting_max = 4, .kept_max = 16, .kept_bytes_max = 64U << 20U},
                 [this](const app::JobView& view) { announce(view); }) {}
  ~PlanningJobs() { close(); }
  PlanningJobs(const PlanningJobs&) = delete;
  PlanningJobs& operator=(const PlanningJobs&) = delete;

  [[nodiscard]] app::Jobs& jobs() { return jobs_; }
  /// Tables on their way in: they do not wait behind plans, and fewer of them wait, since each
  /// holds its whole file.
  [[nodiscard]] app::Jobs& imports() { return imports_; }
  /// Of either sort.
  [[nodiscard]] std::optional<app::JobView> find(std::string_view by, std::string_view id) const;
  [[nodiscard]] std::vector<app::JobView> list(std::string_view by) const;  ///< latest first
  std::optional<app::JobView> cancel(std::string_view by, std::string_view id);
  /// What is known now, then each change.
  void follow(http_server::Responder responder, const app::JobView& view);
  /// Cancels what runs and ends the streams.
  void close();

 private:
  void announce(const app::JobView& view);

  crypto::SystemIdSource ids_;
  http_server::EventHub hub_;
  app::Jobs jobs_;  ///< last, like the next: they tell the hub until they are closed
  app::Jobs imports_;
};

/// As /api/v1/jobs/{id} answers.
[[nodiscard]] std::string job_json(const app::JobView& view);
/// 202 with where to look.
[[nodiscard]] http_server::Response accepted(const app::JobView& view);

}  // namespace huan::http
