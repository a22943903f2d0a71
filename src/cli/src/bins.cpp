// SPDX-License-Identifier: Apache-2.0
// Smart bins over MQTT: the gateway, the board of how they are, and bins that are none.
#include <fmt/core.h>

#include <fstream>

#include "huan/base/text.hpp"
#include "huan/http_client/client.hpp"
#include "huan/json/document.hpp"
#include "huan/registry/asset.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kBinsPage = 1'000;
constexpr std::string_view kBinProtocol = "mqtt-bin";

struct BinsAsk {
  std::string gateway{"http://127.0.0.1:8791"};
  std::string token;
  std::string device;
  std::string door;
};

/// The devices on record that speak as bins and stand somewhere.
base::Result<std::vector<BinSetting>> bins_on_record(const Common& common) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  HUAN_TRY(city, common.one_city(*reading));
  std::vector<BinSetting> devices;
  store::RegistryFilter filter;
  filter.subkind = "device";
  store::Page page{"", kBinsPage};
  for (bool more = true; more;) {
    const auto rows = reading->registry(city, "asset", filter, page);
    for (const store::RegistryRow& row : rows) {
      HUAN_TRY(document, json::Document::parse(row.body, json::kStored));
      const auto record = document.root().find("record");
      const auto data = record ? record->find("data") : std::nullopt;
      if (!data) {
        continue;
      }
      HUAN_TRY(asset, registry::parse_asset(*data, ""));
      if (asset.protocol == kBinProtocol && asset.active && !asset.place.empty()) {
        devices.push_back({row.key, asset.place, asset.code.empty() ? row.key : asset.code});
      }
    }
    more = rows.size() == page.limit;
    page.after = rows.empty() ? "" : rows.back().key;
  }
  return devices;
}

/// The first line of a file: a password is not for the command line.
base::Result<std::string> first_line(const std::string& path) {
  if (path.empty()) {
    return std::string{};
  }
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    return Error{ErrorCode::bad_config, "--password-file", path + " cannot be read"};
  }
  return line;
}

int run_bins_gateway(const Common& common, BinsSetting setting, const std::string& password_file) {
  auto devices = bins_on_record(common);
  if (!devices) {
    return refused(common, devices.error());
  }
  const auto password = first_line(password_file);
  if (!password) {
    return refused(common, password.error());
  }
  setting.devices = *std::move(devices);
  setting.password = *password;
  setting.json = common.json;
  return common.doors.devices.bins(setting);
}

base::Result<http_client::Reply> ask_gateway(const BinsAsk& ask, const std::string& path,
                                             const std::string& body) {
  http_client::Client client;
  http_client::Call call;
  call.method = body.empty() ? "GET" : "POST";
  call.url = ask.gateway + path;
  call.headers = {{"Authorization", "Bearer " + ask.token}, {"Content-Type", "application/json"}};
  call.body = body;
  HUAN_TRY(reply, client.send(call));
  if (reply.status >= 300) {
    return Error{ErrorCode::unreachable, path,
                 "the gateway answered " + std::to_string(reply.status)};
  }
  return reply;
}

std::string text_member(json::Value object, std::string_view key) {
  const auto value = object.is_object() ? object.find(key) : std::nullopt;
  return value && value->is_string() ? std::string{value->string()} : std::string{};
}

/// 1 when a bin has trouble.
int show_board(const Common& common, const BinsAsk& ask) {
  const auto reply = ask_gateway(ask, "/bins", "");
  if (!reply) {
    refused(common, reply.error());
    return kEnvironment;
  }
  const auto document = json::Document::parse(reply->body, json::kStored);
  const auto items =
      document && document->root().is_object() ? document->root().find("items") : std::nullopt;
  if (!items || !items->is_array()) {
    return refused(common, {ErrorCode::bad_json, "/bins", "not a board"});
  }
  if (common.json) {
    fmt::print("{}\n", reply->body);
  }
  int code = kDone;
  for (const json::Value item : items->elements()) {
    const auto troubles = item.is_object() ? item.find("troubles") : std::nullopt;
    std::string said;
    if (troubles && troubles->is_array()) {
      for (const json::Value trouble : troubles->elements()) {
        const std::string door = text_member(trouble, "door");
        said += fmt::format("  {}{}{} since {}", text_member(trouble, "what"),
                            door.empty() ? "" : " at door ", door, text_member(trouble, "since"));
      }
    }
    code = said.empty() ? code : kWanting;
    if (!common.json) {
      fmt::print("{:<24} heard {}{}\n", text_member(item, "device"), text_member(item, "heard"),
                 said.empty() ? "  well" : said);
    }
  }
  return code;
}

int open_door(const Common& common, const BinsAsk& ask) {
  if (!base::is_name(ask.door, base::kShortNameMax) ||
      ask.door.find_first_of("\"\\") != std::string::npos) {
    return refused(common, {ErrorCode::bad_text, "--door", "1 to 40 printable characters"});
  }
  const auto reply = ask_gateway(ask, "/bins/" + base::percent_encode(ask.device) + "/open",
                                 R"({"door":")" + ask.door + "\"}");
  if (!reply) {
    refused(common, reply.error());
    return kEnvironment;
  }
  fmt::print("{}\n", reply->body);
  return kDone;
}

void add_broker(CLI::App& verb, BinsSetting& setting) {
  verb.add_option("--broker", setting.broker, "its host")->capture_default_str();
  verb.add_option("--broker-port", setting.broker_port, "8883 with TLS")->capture_default_str();
  verb.add_option("--broker-ca", setting.broker_ca, "PEM file; without it there is no TLS");
}

void add_gateway(CLI::App& bins, Common& common, Verb& verb) {
  CLI::App* one = add_verb(bins, common, "gateway", "between broker and server, until SIGTERM");
  auto setting = std::make_shared<BinsSetting>();
  auto password_file = std::make_shared<std::string>();
  one->add_option("--city", common.city, "when the store holds several");
  add_broker(*one, *setting);
  one->add_option("--user", setting->user, "at the broker");
  one->add_option("--password-file", *password_file, "its first line is the password");
  one->add_option("--server", setting->server, "http(s)://… of huan serve")->required();
  one->add_option("--token", setting->token, "for the server, and asked for at the board's door")
      ->envname("HUAN_TOKEN")
      ->required();
  one->add_option("--ca", setting->server_ca, "PEM file, instead of the system's");
  one->add_option("--folder", setting->folder, "for what waits to be sent")->capture_default_str();
  one->add_option("--port", setting->port, "of the board's loopback door")->capture_default_str();
  one->callback([&common, &verb, setting, password_file] {
    verb = [&common, setting, password_file] {
      return run_bins_gateway(common, *setting, *password_file);
    };
  });
}

}  // namespace

void add_bins(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* bins = root.add_subcommand("bins", "smart bins over MQTT: gateway, board, doors");
  bins->require_subcommand(1);
  add_gateway(*bins, common, verb);
  auto ask = std::make_shared<BinsAsk>();
  const auto asking = [&](const char* name, const char* help) {
    CLI::App* one = bins->add_subcommand(name, help);
    one->add_flag("--json", common.json, "answer in JSON");
    one->add_option("--gateway", ask->gateway, "its door")->capture_default_str();
    one->add_option("--token", ask->token, "the gateway's")->envname("HUAN_TOKEN")->required();
    return one;
  };
  asking("board", "dead, full, faulty, since when")->callback([&common, &verb, ask] {
    verb = [&common, ask] { return show_board(common, *ask); };
  });
  CLI::App* one = asking("open", "open a door");
  one->add_option("--device", ask->device, "the bin")->required();
  one->add_option("--door", ask->door, "which")->required();
  one->callback(
      [&common, &verb, ask] { verb = [&common, ask] { return open_door(common, *ask); }; });
  one = bins->add_subcommand("simulate", "bins that are none; password: the id and -secret");
  auto setting = std::make_shared<SimulatedBinsSetting>();
  one->add_option("--broker", setting->broker, "its host")->capture_default_str();
  one->add_option("--broker-port", setting->broker_port, "8883 with TLS")->capture_default_str();
  one->add_option("--broker-ca", setting->broker_ca, "PEM file; without it there is no TLS");
  one->add_option("--devices", setting->devices, "their ids")->delimiter(',')->required();
  one->add_option("--deposits", setting->deposits, "of each")->capture_default_str();
  one->add_option("--first", setting->first_seq, "their first number")->capture_default_str();
  one->add_option("--window", setting->window, "sent and not answered")->capture_default_str();
  one->add_option("--every-ms", setting->every_ms,
                  "between two deposits of a bin; 0: as fast as they are answered")
      ->check(CLI::Range(0, 3'600'000))
      ->capture_default_str();
  one->add_option("--material", setting->material, "a leaf of the catalogue")
      ->capture_default_str();
  one->add_option("--seconds", setting->seconds, "at most")->capture_default_str();
  one->add_flag("--json", setting->json, "answer in JSON");
  one->callback([&common, &verb, setting] {
    verb = [&common, setting] { return common.doors.devices.simulate_bins(*setting); };
  });
}

}  // namespace huan::cli
