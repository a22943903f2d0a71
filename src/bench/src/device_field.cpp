// SPDX-License-Identifier: Apache-2.0
#include "device_field.hpp"

#include <fmt/core.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>

#include "huan/json/document.hpp"
#include "huan/track_store/track_store.hpp"

namespace huan::bench {
namespace {

using base::Error;
using base::ErrorCode;

constexpr const char* kBroker = "/usr/sbin/mosquitto";
constexpr const char* kFieldPack = "packs/x-nyc";
constexpr const char* kFieldCity = "x-nyc";
constexpr int kCreated = 201;

track_store::Vehicle vehicle_of(std::int64_t phone) {
  return {kFieldCity, "BENCH-" + std::to_string(phone)};
}

}  // namespace

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::int64_t number_in(const std::string& text, std::string_view key) {
  const auto document = json::Document::parse(text, json::kStored);
  const auto value =
      document && document->root().is_object() ? document->root().find(key) : std::nullopt;
  return value && value->is_integer() ? value->integer() : -1;
}

DeviceField::DeviceField(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::ofstream(at("broker.conf")) << "listener " << broker_port_ << " 127.0.0.1\n"
                                   << "allow_anonymous true\nuser root\n"
                                   << "max_queued_messages 1000000\n";
}

base::Result<void> DeviceField::set_up() {
  if (!std::filesystem::exists(kBroker)) {
    return Error{ErrorCode::bad_config, kBroker, "is needed (Debian: mosquitto)"};
  }
  Child init({kSelf, "init", "--store", store(), "--pack", kFieldPack}, at("init"));
  if (init.wait() != 0) {
    return Error{ErrorCode::bad_config, kFieldPack, text_of_file(at("init.err"))};
  }
  Child made({kSelf, "token", "--store", store(), "--json"}, at("token"));
  made.wait();
  const std::string printed = text_of_file(at("token"));
  HUAN_TRY(document, json::Document::parse(printed, json::kStored));
  const auto token = document.root().is_object() ? document.root().find("token") : std::nullopt;
  if (!token || !token->is_string()) {
    return Error{ErrorCode::bad_config, "huan token", text_of_file(at("token.err"))};
  }
  token_ = std::string{token->string()};
  start_broker();
  start_server();
  if (auto registered = register_bins(); !registered) {
    return registered;
  }
  start_bins();
  return {};
}

void DeviceField::start_broker() {
  broker.start({kBroker, "-c", at("broker.conf")}, at("broker"));
  (void)wait_for_port(broker_port_);
}

void DeviceField::start_server() {
  server.start(
      {kSelf, "serve", "--store", store(), "--listen", "127.0.0.1:" + std::to_string(server_port_)},
      at("server"));
  (void)wait_for_port(server_port_);
}

void DeviceField::start_bins() {
  bins.start({kSelf, "bins", "gateway", "--store", store(), "--server", url(), "--token", token_,
              "--folder", at("journal"), "--broker", "127.0.0.1", "--broker-port",
              std::to_string(broker_port_), "--port", std::to_string(board_port_)},
             at("bins"));
  (void)wait_for_port(board_port_);
}

void DeviceField::start_tracks() {
  constexpr const char* kOneAddress = "20000";
  tracks.start({kSelf, "vehicles", "gateway", "--store", store(), "--listen",
                "127.0.0.1:" + std::to_string(tracks_port_), "--peer-connections", kOneAddress},
               at("tracks"));
  (void)wait_for_port(tracks_port_);
}

void DeviceField::enrol(const Phones& phones) const {
  track_store::TrackStore tracks_on_disk(at("huan.tracks.db"));
  for (std::int64_t n = 0; n < phones.count; ++n) {
    const std::int64_t phone = phones.first + n;
    tracks_on_disk.put_terminal(std::to_string(phone), vehicle_of(phone));
  }
}

std::int64_t DeviceField::posted() const {
  Child verified({kSelf, "verify", "--store", store(), "--json"}, at("verify"));
  return verified.wait() == 0 ? number_in(text_of_file(at("verify")), "events") : -1;
}

std::int64_t DeviceField::tracked(const Phones& phones) const {
  constexpr base::Instant kEver{std::int64_t{1} << 40U};
  track_store::TrackStore tracks_on_disk(at("huan.tracks.db"));
  std::int64_t kept = 0;
  for (std::int64_t n = 0; n < phones.count; ++n) {
    kept += static_cast<std::int64_t>(
        tracks_on_disk.read(vehicle_of(phones.first + n), base::Instant{0}, kEver).size());
  }
  return kept;
}

bool DeviceField::drained() const {
  constexpr int kTries = 600;
  constexpr std::chrono::milliseconds kBetween{100};
  http_client::Client client;
  for (int i = 0; i < kTries; ++i) {
    const auto board =
        client.send(call("http://127.0.0.1:" + std::to_string(board_port_) + "/bins"));
    if (board && number_in(board->body, "waiting") == 0) {
      return true;
    }
    std::this_thread::sleep_for(kBetween);
  }
  return false;
}

http_client::Call DeviceField::call(std::string url) const {
  http_client::Call made;
  made.url = std::move(url);
  made.headers = {{"Authorization", "Bearer " + token_}, {"Content-Type", "application/json"}};
  return made;
}

base::Result<std::string> DeviceField::any_place() const {
  http_client::Client client;
  HUAN_TRY(reply, client.send(call(url() + "/api/v1/places?limit=1")));
  HUAN_TRY(document, json::Document::parse(reply.body, json::kStored));
  const auto items = document.root().is_object() ? document.root().find("items") : std::nullopt;
  if (items && items->is_array()) {
    for (const json::Value one : items->elements()) {
      const auto key = one.is_object() ? one.find("key") : std::nullopt;
      if (key && key->is_string()) {
        return std::string{key->string()};
      }
    }
  }
  return Error{ErrorCode::not_found, "/api/v1/places", "the pack has no place"};
}

base::Result<void> DeviceField::register_bins() const {
  HUAN_TRY(place, any_place());
  http_client::Client client;
  for (int n = 0; n < kFieldBins; ++n) {
    http_client::Call put = call(fmt::format("{}/api/v1/assets/BENCH-{}", url(), n));
    put.method = "PUT";
    const std::string body = fmt::format(
        R"({{"data":{{"kind":"device","code":"bench{}","protocol":"mqtt-bin","place":"{}"}},)"
        R"("time":"2026-01-01T00:00:00Z"}})",
        n, place);
    put.body = body;
    HUAN_TRY(reply, client.send(put));
    if (reply.status != kCreated) {
      return Error{ErrorCode::unreachable, put.url, reply.body};
    }
  }
  return {};
}

}  // namespace huan::bench
