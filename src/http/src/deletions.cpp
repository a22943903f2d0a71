// SPDX-License-Identifier: Apache-2.0
// Deletion of personal data whose retention has ended: its proofs, and a run at once.
#include "huan/app/deletions.hpp"

#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::string_view kPath = "/api/v1/personal/deletions";

struct ListedRun {
  app::KeptDeletion run;
  [[nodiscard]] const std::string& key() const { return run.key; }
};

Result<app::Personal*> vault_of(Context& context, const Request& request) {
  if (context.parts.personal == nullptr) {
    return Error{ErrorCode::not_found, "", request.path};
  }
  return context.parts.personal;
}

std::string classes_json(const app::KeptDeletion& run) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  for (const auto& [name, values] : run.classes) {
    w.member(name, values);
  }
  w.end_object();
  return out;
}

Result<Response> list_deletions(Context& context, const Ask& ask) {
  HUAN_TRY(personal, vault_of(context, ask.request));
  const auto fields = personal->sealed(ask.reading);
  return list(
      ask, {"key", "id", "ran_at", "by", "until", "removed", "persons", "classes", "list", "sound"},
      [&](const store::Page& page) {
        std::vector<ListedRun> rows;
        for (app::KeptDeletion& run : app::deletions(ask.reading, ask.city.city, page)) {
          app::check_deletion(*fields, ask.city.city, run);
          rows.push_back({std::move(run)});
        }
        return rows;
      },
      [](Table& table, const ListedRun& listed) {
        const auto& run = listed.run;
        table.text(run.key).text(run.id).text(run.ran_at).text(run.by).text(run.until);
        table.integer(run.removed).integer(run.persons).json(classes_json(run));
        table.text(run.list).boolean(run.sound);
      });
}

Result<Response> delete_now(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(personal, vault_of(context, request));
  HUAN_TRY(city, choose_city(request, *context.parts.store.snapshot(), access));
  HUAN_TRY(runs, personal->delete_ended(city.city, access.principal, true));
  std::int64_t removed = 0;
  std::string out;
  json::Writer w(out);
  w.begin_object().key("keys").begin_array();
  for (const app::DeletionRun& run : runs) {
    w.string(run.key);
    removed += static_cast<std::int64_t>(run.removed);
  }
  w.end_array().member("removed", removed).end_object();
  return http_server::json_response(200, std::move(out));
}

}  // namespace

void add_deletion_doors(Doors& doors) {
  auto& context = doors.context();
  doors.read(kPath, list_parameters({}),
             [&context](const Ask& ask) { return list_deletions(context, ask); });
  doors.write("POST", kPath, {}, [&context](const Request& r, const app::Access& a) {
    return delete_now(context, r, a);
  });
}

}  // namespace huan::http
