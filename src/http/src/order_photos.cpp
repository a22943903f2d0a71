// SPDX-License-Identifier: Apache-2.0
// Photos of what is to be collected, and of what was found at the door. Whoever books sends them;
// they are seen through their order alone, by those who see the order.
#include "order_photos.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "huan/app/files.hpp"
#include "huan/app/orders.hpp"
#include "huan/json/writer.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kPhotoMax = std::size_t{2} << 20;
constexpr std::int64_t kPhotosAnHour = 30;
constexpr std::int64_t kHourS = 3'600;
constexpr std::size_t kSendersMax = 10'000;

/// How many each sent in the hour that runs: a phone's booking has one a line.
class PhotoCounts {
 public:
  bool one_more(const std::string& who, base::Instant now) {
    const std::lock_guard lock(mutex_);
    if (now.s / kHourS != hour_ || counts_.size() > kSendersMax) {
      hour_ = now.s / kHourS;
      counts_.clear();
    }
    return ++counts_[who] <= kPhotosAnHour;
  }

 private:
  std::mutex mutex_;
  std::int64_t hour_{0};
  std::map<std::string, std::int64_t> counts_;
};

Result<Response> send_photo(Context& context, PhotoCounts& counts, const Request& request,
                            const app::Access& who) {
  HUAN_TRY(city, choose_city(request, *context.parts.store.snapshot(), who));
  app::FileUpload file;
  file.city = city.city;
  file.media_type = media_type(request);
  if (!file.media_type.starts_with("image/")) {
    return Error{ErrorCode::unsupported_media, "Content-Type", "image/jpeg, image/png, image/webp"};
  }
  if (request.body().size() > kPhotoMax) {
    return Error{ErrorCode::too_large, "", "at most 2 MiB"};
  }
  if (request.body().empty()) {
    return Error{ErrorCode::bad_field, "", "the photo is empty"};
  }
  if (!counts.one_more(who.principal.name, context.parts.clock.now())) {
    return Error{ErrorCode::too_many_requests, "", "30 photos an hour"};
  }
  file.content = request.body();
  const app::Files files(context.parts.files_folder);
  auto kept = files.put(context.parts.recorder, context.parts.clock, std::move(file));
  if (!kept) {
    auto error = std::move(kept).error();
    error.at = error.code == ErrorCode::unsupported_media ? "Content-Type" : "";
    return error;
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("sha256", crypto::hex(kept->sha256)).end_object();
  return http_server::json_response(201, std::move(out));
}

bool shows(const booking::Order& order, std::string_view digest) {
  const bool of_door = order.weighed && order.weighed->photo == digest;
  return of_door || std::ranges::any_of(order.lines, [&](const booking::OrderLine& line) {
           return line.photo == digest;
         });
}

Result<Response> show_photo(const Ask& ask, const std::string& folder) {
  const std::string key(ask.request.param("key"));
  const std::string digest(ask.request.param("sha256"));
  const auto kept = app::order_on_record(ask.reading, ask.city.city, key);
  if (!kept || digest.empty() || !reaches_order(ask.access, kept->order) ||
      !shows(kept->order, digest)) {
    return Error{ErrorCode::not_found, "sha256", digest};
  }
  const app::Files files(folder);
  auto found = files.get(ask.reading, ask.city.city, digest);
  if (!found || !found->row.media_type.starts_with("image/")) {
    return Error{ErrorCode::not_found, "sha256", digest};
  }
  auto response = http_server::make_response(200, found->row.media_type, std::move(found->content));
  response.headers.add("Cache-Control", "private, no-store");
  response.headers.add("Content-Security-Policy", "default-src 'none'; sandbox");
  return response;
}

}  // namespace

void add_order_photo_doors(Doors& doors) {
  Context& context = doors.context();
  if (context.parts.files_folder.empty()) {
    return;
  }
  doors.write("POST", "/api/v1/order-photos", {},
              [&context, counts = std::make_shared<PhotoCounts>()](const Request& request,
                                                                   const app::Access& who) {
                return send_photo(context, *counts, request, who);
              });
  doors.read("/api/v1/orders/{key}/photos/{sha256}", {},
             [&context](const Ask& ask) { return show_photo(ask, context.parts.files_folder); });
}

}  // namespace huan::http
