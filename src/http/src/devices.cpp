// SPDX-License-Identifier: Apache-2.0
// Devices in the field: what bins and cameras said of themselves last, through the gateway that
// hears them; doors that are to be opened go back with its next report. The video stays at the
// site: of a camera there is its state and one picture.
#include <algorithm>

#include "device_commands.hpp"
#include "device_notices.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/asset.hpp"
#include "huan/registry/fields.hpp"
#include "object_body.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::size_t kReportMax = 2U << 20U;
constexpr std::size_t kDevicesMax = 5'000;
constexpr std::size_t kPartsMax = 64;
constexpr std::int64_t kSilentS = 900;  // unheard, and nobody reports it
constexpr std::size_t kPage = 1'000;
constexpr std::size_t kDayLength = 10;  // of 2026-11-23T08:00:00+08:00
constexpr std::size_t kToTheMinute = 16;

struct DeviceDesk {
  explicit DeviceDesk(Context& given) : context(given) {}
  Context& context;
  crypto::SystemIdSource ids;
  DeviceCommands commands;
};

struct Device {
  std::string id;
  registry::Asset asset;
};

std::optional<registry::Asset> device_of(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record ? record->find("data") : std::nullopt;
  auto asset = data ? registry::parse_asset(*data, "") : Result<registry::Asset>(Error{});
  return asset && asset->kind == registry::AssetKind::device ? std::optional(std::move(*asset))
                                                             : std::nullopt;
}

/// A device is of the place where it stands, or of its keeper.
bool sees_device(store::Reading& reading, const std::string& city, const registry::Asset& asset,
                 const store::RowScope& scope) {
  if (scope.any()) {
    return true;
  }
  const bool keeper = scope.place.empty() && !asset.party.empty() && asset.party == scope.party;
  return keeper || (!asset.place.empty() && app::sees_place(reading, city, asset.place, scope));
}

std::optional<registry::Asset> seen_device(store::Reading& reading, const std::string& city,
                                           const std::string& id, const app::Access& who) {
  const auto row = reading.registered(city, "asset", id);
  auto asset = row ? device_of(*row) : std::nullopt;
  return asset && sees_device(reading, city, *asset, app::row_scope(who)) ? std::move(asset)
                                                                          : std::nullopt;
}

// ---- what a gateway says

template <class Write>
Result<void> each_part(registry::Fields& f, std::string_view key, const Write& write) {
  if (!f.any(key)) {
    return {};
  }
  const auto list = f.array(key);
  if (!list || list->size() > kPartsMax) {
    f.refuse(ErrorCode::bad_field, key, "a list of at most 64");
    return {};
  }
  std::size_t n = 0;
  for (const json::Value one : list->elements()) {
    registry::Fields part(one, f.pointer(key) + "/" + std::to_string(n++));
    write(part);
    HUAN_CHECK(part.finish());
  }
  return {};
}

struct Reported {
  std::string device;
  std::string body;
};

Result<Reported> parse_reported(json::Value value, std::string pointer) {
  registry::Fields f(value, std::move(pointer));
  Reported reported{f.name("device"), {}};
  json::Writer w(reported.body);
  w.begin_object().member(
      "clock_behind_s",
      f.optional_integer("clock_behind_s", {-1'000'000'000, 1'000'000'000}).value_or(0));
  w.key("doors").begin_array();
  HUAN_CHECK(each_part(f, "doors", [&](registry::Fields& part) {
    w.begin_object().member("door", part.name("door"));
    w.member("fill_pct", part.integer("fill_pct", {0, 100})).end_object();
  }));
  const auto heard = f.optional_time("heard");
  w.end_array().member("heard", heard ? base::format_time(*heard, 0) : "");
  w.member("missing", f.optional_integer("missing").value_or(0));
  w.member("seq", f.optional_integer("seq").value_or(0));
  w.member("snapshot", f.optional_name("snapshot", 64).value_or("")).key("troubles").begin_array();
  HUAN_CHECK(each_part(f, "troubles", [&](registry::Fields& part) {
    w.begin_object().member("door", part.optional_text("door", 40).value_or(""));
    const auto since = part.optional_time("since");
    w.member("since", since ? base::format_time(*since, 0) : "");
    w.member("what", part.name("what")).end_object();
  }));
  w.end_array().end_object();
  HUAN_CHECK(f.finish());
  return reported;
}

struct Report {
  std::vector<Reported> devices;
  std::vector<std::string> ours;                          ///< whose commands are asked for
  std::vector<std::pair<std::string, std::string>> done;  ///< command, status
};

Result<Report> parse_report(const Request& request) {
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kReportMax) {
    return Error{ErrorCode::too_large, "", "at most 2 MiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  registry::Fields f(document.root(), "");
  Report report;
  report.ours = f.any("fetch") ? f.names("fetch", kDevicesMax) : std::vector<std::string>{};
  HUAN_CHECK(each_part(f, "commands", [&](registry::Fields& part) {
    auto id = part.name("command");
    report.done.emplace_back(std::move(id), part.name("status"));
  }));
  const auto list = f.any("devices") ? f.array("devices") : std::nullopt;
  if (list && list->size() > kDevicesMax) {
    f.refuse(ErrorCode::too_large, "devices", "at most 5000");
  }
  HUAN_CHECK(f.finish());
  if (!list) {
    return report;
  }
  for (const json::Value one : list->elements()) {
    HUAN_TRY(reported, parse_reported(one, "/devices/" + std::to_string(report.devices.size())));
    report.devices.push_back(std::move(reported));
  }
  return report;
}

/// Those of its own that the gateway may speak for; others are named in the answer, and left.
Result<Response> take_report(DeviceDesk& desk, const Request& request, const app::Access& who) {
  const auto reading = desk.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(report, parse_report(request));
  const base::Instant now = desk.context.parts.clock.now();
  std::vector<track_store::DeviceReport> kept;
  std::vector<std::string> strangers;
  for (Reported& one : report.devices) {
    if (seen_device(*reading, city.city, one.device, who)) {
      kept.push_back({one.device, now, std::move(one.body)});
    } else {
      strangers.push_back(one.device);
    }
  }
  if (!kept.empty()) {
    HUAN_CHECK(desk.context.tracks->put_reports(city.city, kept));
  }
  for (const auto& [command, status] : report.done) {
    if (status == "done" || status == "failed") {
      desk.commands.settle(city.city, command, status);
    }
  }
  std::erase_if(report.ours, [&](const std::string& device) {
    return !seen_device(*reading, city.city, device, who);
  });
  std::string out;
  json::Writer w(out);
  w.begin_object().member("kept", static_cast<std::int64_t>(kept.size())).key("open").begin_array();
  for (const DeviceCommand& one : desk.commands.fetch(city.city, report.ours, now)) {
    w.begin_object().member("command", one.id).member("device", one.device);
    w.member("door", one.door).end_object();
  }
  w.end_array().key("strangers").begin_array();
  for (const std::string& one : strangers) {
    w.string(one);
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

// ---- what people see and do

struct Standing {
  Device device;
  std::string state{"unknown"};  ///< well, trouble, dead, unknown
  std::string since;
  std::string reported;
  std::string heard;
  std::string snapshot;
  std::string troubles{"[]"};
  std::string doors{"[]"};
};

std::string text_member(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  return value && value->is_string() ? std::string(value->string()) : std::string();
}

std::string rewritten(json::Value list) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const json::Value one : list.elements()) {
    w.begin_object();
    for (const json::Member member : one.members()) {
      w.key(member.key);
      member.value.is_string() ? w.string(member.value.string())
                               : w.integer(member.value.integer());
    }
    w.end_object();
  }
  w.end_array();
  return out;
}

/// Dead: the gateway says so, or nobody has reported it for a quarter of an hour.
void judge_standing(const track_store::DeviceReport& report, base::Instant now,
                    Standing& standing) {
  const auto document = json::Document::parse(report.body, json::kStored);
  if (!document) {
    return;
  }
  const json::Value root = document->root();
  const auto troubles = root.find("troubles");
  const auto doors = root.find("doors");
  standing.reported = base::format_time(report.at, 0);
  standing.heard = text_member(root, "heard");
  standing.snapshot = text_member(root, "snapshot");
  standing.state = "well";
  if (troubles && troubles->is_array()) {
    standing.troubles = rewritten(*troubles);
    for (const json::Value one : troubles->elements()) {
      const bool dead = text_member(one, "what") == "dead";
      const std::string since = text_member(one, "since");
      const bool earlier = standing.since.empty() || since < standing.since;
      standing.since = dead || (standing.state != "dead" && earlier) ? since : standing.since;
      standing.state = dead || standing.state == "dead" ? "dead" : "trouble";
    }
  }
  if (doors && doors->is_array()) {
    standing.doors = rewritten(*doors);
  }
  const auto heard = base::parse_time(standing.heard);
  const base::Instant last = heard ? std::min(*heard, report.at) : report.at;
  if (standing.state != "dead" && now.s - last.s > kSilentS) {
    standing.state = "dead";
    standing.since = base::format_time(last, 0);
  }
}

std::vector<Standing> standings(const DeviceView& view, Context& context) {
  std::vector<Standing> all;
  store::RegistryFilter filter;
  filter.subkind = "device";
  store::Page page{"", kPage};
  for (bool more = true; more;) {
    const auto rows = view.reading.registry(view.city.city, "asset", filter, page);
    for (const store::RegistryRow& row : rows) {
      auto asset = device_of(row);
      if (asset && asset->active && sees_device(view.reading, view.city.city, *asset, view.scope)) {
        all.push_back({{row.key, std::move(*asset)}, "unknown", "", "", "", "", "[]", "[]"});
      }
    }
    more = rows.size() == page.limit;
    page.after = rows.empty() ? "" : rows.back().key;
  }
  const base::Instant now = context.parts.clock.now();
  for (const auto& report : context.tracks->reports(view.city.city)) {
    const auto found = std::ranges::find_if(
        all, [&](const Standing& one) { return one.device.id == report.device; });
    if (found != all.end()) {
      judge_standing(report, now, *found);
    }
  }
  return all;
}

Result<Response> list_devices(const Ask& ask, DeviceDesk& desk) {
  auto all = standings({ask.reading, ask.city, ask.scope()}, desk.context);
  const std::string state = ask.text("state");
  const std::string protocol = ask.text("protocol");
  std::erase_if(all, [&](const Standing& one) {
    return (!state.empty() && one.state != state) ||
           (!protocol.empty() && one.device.asset.protocol != protocol);
  });
  return numbered(ask,
                  {"device", "name", "place", "protocol", "state", "since", "reported", "heard",
                   "snapshot", "troubles", "doors"},
                  all, [](Table& table, const Standing& one) {
                    table.text(one.device.id).text(one.device.asset.name);
                    table.text(one.device.asset.place).text(one.device.asset.protocol);
                    table.text(one.state).text(one.since).text(one.reported).text(one.heard);
                    table.text(one.snapshot).json(one.troubles).json(one.doors);
                  });
}

Result<Response> open_door(DeviceDesk& desk, const Request& request, const app::Access& who) {
  const auto reading = desk.context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_TRY(body, ObjectBody::parse(request, {"door"}));
  HUAN_TRY(door, body.text("door"));
  if (!base::is_name(door, base::kShortNameMax)) {
    return Error{ErrorCode::bad_text, "/door", "1 to 40 printable characters"};
  }
  const std::string device(request.param("device"));
  const auto asset = seen_device(*reading, city.city, device, who);
  if (!asset || asset->protocol != "mqtt-bin") {
    return Error{ErrorCode::not_found, "device", device};
  }
  DeviceCommand command{desk.ids.next().text(), city.city, device, door,
                        desk.context.parts.clock.now()};
  const std::string id = command.id;
  if (!desk.commands.put(std::move(command))) {
    return Error{ErrorCode::overloaded, "", "too many doors wait to be opened"};
  }
  return http_server::json_response(202, R"({"command":")" + id + R"(","status":"queued"})");
}

Result<Response> follow_command(const Ask& ask, DeviceDesk& desk) {
  const std::string id(ask.request.param("id"));
  const auto found = desk.commands.find(id, desk.context.parts.clock.now());
  if (!found || found->city != ask.city.city ||
      !seen_device(ask.reading, ask.city.city, found->device, ask.access)) {
    return Error{ErrorCode::not_found, "id", id};
  }
  return http_server::json_response(
      200, R"({"command":")" + id + R"(","status":")" + found->status + "\"}");
}

std::string firm_of(const DeviceView& view, const registry::Asset& asset) {
  const auto place = view.reading.registered(view.city.city, "place", asset.place);
  return place && !place->party.empty() ? place->party : asset.party;
}

/// Of each trouble, since when; what is offline has only that said of it.
std::vector<app::Notice> notices_of_device(const DeviceView& view, const Standing& one) {
  std::vector<app::Notice> notices;
  const auto add = [&](app::NoticeKind kind, const std::string& what, const std::string& since) {
    app::Notice notice;
    notice.kind = kind;
    notice.key = one.device.id;
    notice.customer = firm_of(view, one.device.asset);
    notice.what = what;
    notice.time = base::parse_time(since).value_or(base::Instant{});
    notice.when = base::format_time(notice.time, view.city.offset_s).substr(0, kToTheMinute);
    notice.when.replace(kDayLength, 1, " ");
    notice.id = app::notice_id("device " + one.device.id + " " + what + " " + since);
    notices.push_back(std::move(notice));
  };
  if (one.state == "dead") {
    add(app::NoticeKind::device_dead, "dead", one.since);
    return notices;
  }
  const auto troubles = json::Document::parse(one.troubles, json::kStored);
  for (const json::Value trouble : troubles->root().elements()) {
    const std::string what = text_member(trouble, "what");
    add(what == "full" ? app::NoticeKind::device_full : app::NoticeKind::device_faulty, what,
        text_member(trouble, "since"));
  }
  return notices;
}

}  // namespace

std::vector<app::Notice> device_notices(const DeviceView& view, Context& context) {
  std::vector<app::Notice> notices;
  for (const Standing& one : standings(view, context)) {
    std::ranges::move(notices_of_device(view, one), std::back_inserter(notices));
  }
  return notices;
}

void add_device_doors(Doors& doors) {
  const auto desk = std::make_shared<DeviceDesk>(doors.context());
  doors.read("/api/v1/devices", list_parameters({"protocol", "state"}),
             [desk](const Ask& ask) { return list_devices(ask, *desk); });
  doors.read("/api/v1/device-commands/{id}", {},
             [desk](const Ask& ask) { return follow_command(ask, *desk); });
  doors.write(
      "POST", "/api/v1/device-reports", {},
      [desk](const Request& r, const app::Access& who) { return take_report(*desk, r, who); });
  doors.write(
      "POST", "/api/v1/devices/{device}/open", {},
      [desk](const Request& r, const app::Access& who) { return open_door(*desk, r, who); });
}

}  // namespace huan::http
