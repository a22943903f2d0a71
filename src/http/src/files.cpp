// SPDX-License-Identifier: Apache-2.0
// Uploads by the digest of their content: photos of weighings, papers, contracts.
#include "huan/app/files.hpp"

#include <algorithm>

#include "doors.hpp"
#include "huan/base/text.hpp"
#include "huan/json/writer.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kNameMax = 255;

/// A name for a header: what could end the quotes or the line is left out.
std::string header_name(std::string_view name) {
  std::string clean;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\') {
      clean += c;
    }
  }
  return clean;
}

Result<Response> upload(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(city, choose_city(request, *context.parts.store.snapshot(), access));
  app::FileUpload file;
  file.city = city.city;
  file.media_type = media_type(request);
  file.name = request.query_value("name").value_or("");
  const bool clean = std::none_of(file.name.begin(), file.name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (file.name.size() > kNameMax || !clean) {
    return Error{ErrorCode::bad_text, "name", "at most 255 bytes without control characters"};
  }
  file.content = request.body();
  if (file.content.empty()) {
    return Error{ErrorCode::bad_field, "", "the file is empty"};
  }
  const app::Files files(context.parts.files_folder);
  auto kept = files.put(context.parts.recorder, context.parts.clock, std::move(file));
  if (!kept) {
    auto error = std::move(kept).error();
    error.at = error.code == ErrorCode::unsupported_media ? "Content-Type" : "";
    return error;
  }
  const auto& row = *kept;
  const auto digest = crypto::hex(row.sha256);
  std::string out;
  json::Writer w(out);
  w.begin_object().member("media_type", row.media_type).member("name", row.name);
  w.member("sha256", digest).member("size", row.size);
  w.member("url", "/api/v1/files/" + digest).end_object();
  auto response = http_server::json_response(201, std::move(out));
  response.headers.add("Location", "/api/v1/files/" + digest);
  return response;
}

Result<Response> download(const Ask& ask, const std::string& folder) {
  const std::string digest(ask.request.param("sha256"));
  const std::string tag = "\"" + digest + "\"";
  const app::Files files(folder);
  auto found = files.get(ask.reading, ask.city.city, digest);
  if (!found) {
    auto error = std::move(found).error();
    error.at = error.code == ErrorCode::not_found ? "sha256" : "";
    return error;
  }
  auto& file = *found;
  auto response =
      ask.request.headers.find("If-None-Match") == tag
          ? http_server::empty_response(304)
          : http_server::make_response(200, file.row.media_type, std::move(file.content));
  response.headers.add("ETag", tag);
  response.headers.add("Cache-Control", "private, max-age=31536000, immutable");
  // What others have uploaded never runs in our pages' name.
  response.headers.add("Content-Security-Policy", "default-src 'none'; sandbox");
  response.headers.add("Content-Disposition", "inline; filename=\"" + header_name(file.row.name) +
                                                  "\"; filename*=UTF-8''" +
                                                  base::percent_encode(file.row.name));
  return response;
}

}  // namespace

void add_file_doors(Doors& doors) {
  auto& context = doors.context();
  if (context.parts.files_folder.empty()) {
    return;
  }
  doors.write("POST", "/api/v1/files", {"name"},
              [&context](const Request& r, const app::Access& a) { return upload(context, r, a); });
  doors.read("/api/v1/files/{sha256}", {},
             [&context](const Ask& ask) { return download(ask, context.parts.files_folder); });
}

}  // namespace huan::http
