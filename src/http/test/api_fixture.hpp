// SPDX-License-Identifier: Apache-2.0
// The whole server on a fresh store with the small pack of New York, over real sockets.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "huan/app/access.hpp"
#include "huan/app/init_city.hpp"
#include "huan/app/pack_rules.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/http/api.hpp"
#include "huan/http_server/testing/raw_client.hpp"
#include "huan/store_sqlite/store.hpp"
#include "huan/store_sqlite/vault_store.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::http {

using http_server::testing::Fields;
using http_server::testing::RawClient;
using http_server::testing::Reply;
using Json = nlohmann::json;

class ApiTest : public ::testing::Test {
 public:
  ~ApiTest() override {
    stop();
    recorder_->stop();
    std::filesystem::remove_all(folder_);
  }

 protected:
  ApiTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "huan-http-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    store_ = store_sqlite::open({.path = folder_ + "/a.db", .create = true});
    recorder_ = std::make_unique<app::Recorder>(*store_, clock_, ids_);
    const auto pack = registry::load_pack("packs/x-nyc");
    EXPECT_TRUE(pack);
    EXPECT_TRUE(app::init_city(*recorder_, *pack, {}));
    token_ = app::issue_token(*recorder_, clock_, {"operator", "tester", "", 0}).value();
    std::filesystem::create_directories(folder_ + "/web/assets");
    write(folder_ + "/web/index.html", "<!doctype html>the page");
    write(folder_ + "/web/assets/a.js", "let a;");
    personal_ = app::Personal::open({*recorder_, vaults(), clock_}, vault_key_).value();
    serve(*personal_);
  }
  void serve(app::Personal& personal) {
    api_ = std::make_unique<Api>(Parts{*store_,
                                       *recorder_,
                                       tracer_,
                                       clock_,
                                       &signer_,
                                       folder_ + "/files",
                                       folder_ + "/web",
                                       &personal,
                                       {},
                                       [this](const std::string& line) {
                                         sent_ = Json::parse(line);
                                         return true;
                                       },
                                       folder_ + "/tracks.db",
                                       tiles_});
    http_server::ServerOptions options;
    if (tiles_) {
      options.decorate = http_server::security_headers_with_images_of(tiles_->origin);
    }
    server_ =
        std::move(http_server::Server::start(options, api_->router(), api_->observer())).value();
    api_->watch(*server_);
  }
  void stop() {
    api_->close();
    server_->stop(std::chrono::seconds(2));
    server_.reset();
  }
  static void write(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }

  [[nodiscard]] Fields with_token(Fields fields = {}) const {
    fields.emplace_back("Authorization", "Bearer " + token_);
    return fields;
  }
  Reply get(const std::string& target, const Fields& fields = {}) {
    return connect().get(target, with_token(fields)).value_or(Reply{});
  }
  Json get_json(const std::string& target, int status = 200) {
    const auto reply = get(target);
    EXPECT_EQ(reply.status, status) << target << "\n" << reply.body;
    return Json::parse(reply.body, nullptr, false);
  }
  Reply send(const std::string& method, const std::string& target, const std::string& body,
             Fields fields = {}) {
    if (fields.empty() || fields.front().first != "Content-Type") {
      fields.insert(fields.begin(), {"Content-Type", "application/json"});
    }
    return connect().request(method, target, body, with_token(fields)).value_or(Reply{});
  }
  Reply post(const Json& events, const std::string& query = "") {
    return send("POST", "/api/v1/events" + query, events.dump());
  }
  RawClient connect() { return RawClient(server_->port()); }

  /// The rules of a pack's folder, on record from its beginning.
  void keep_pack_rules(const std::string& folder) {
    const auto folders = registry::read_pack_folders(folder);
    ASSERT_TRUE(folders);
    const auto pack = registry::parse_pack_folders(*folders);
    ASSERT_TRUE(pack);
    const auto kept = app::keep_first_rules(
        *recorder_, *pack, {wire_pack::to_text(*folders, *pack), pack->records_from});
    ASSERT_TRUE(kept) << kept.error().detail;
  }

  Json receive(const std::string& lot, std::int64_t mass_g) {
    return {{"id", ids_.next().text()},
            {"type", "receive"},
            {"time", "2026-03-01T08:00:00-05:00"},
            {"place", "CD-101"},
            {"from", {{"origin", "household"}}},
            {"outputs", {{{"lot", lot}, {"material", "paper.mixed"}, {"mass_g", mass_g}}}}};
  }
  Json ship(const std::string& shipment, const std::string& lot, std::int64_t mass_g) {
    return {{"id", ids_.next().text()},
            {"type", "ship"},
            {"time", "2026-03-02T08:00:00-05:00"},
            {"place", "CD-101"},
            {"shipment", shipment},
            {"to", {{"place", "CD-102"}}},
            {"inputs", {{{"lot", lot}, {"mass_g", mass_g}}}}};
  }

  static app::VaultStores vaults() {
    return {[](store::Transaction& t) { return store_sqlite::vault_store(t); },
            [](store::Reading& r) { return store_sqlite::vault_store(r); }};
  }

  std::optional<TileService> tiles_{};
  Json sent_;  ///< the latest message to a phone
  std::string folder_;
  base::SystemClock clock_;
  crypto::SystemIdSource ids_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<app::Recorder> recorder_;
  app::Tracer tracer_;
  log::Signer signer_{log::Signer::generate("huan").value()};
  crypto::Key vault_key_{crypto::Key::generate()};
  std::unique_ptr<app::Personal> personal_;
  std::string token_;
  std::unique_ptr<Api> api_;
  std::unique_ptr<http_server::Server> server_;
};

}  // namespace huan::http
