// SPDX-License-Identifier: Apache-2.0
// The registry, the log's tree and the server's own rows.
#include <string>
#include <vector>

#include "contract.hpp"

namespace huan::contract {

namespace {

using Strings = std::vector<std::string>;
using Registry = Contract;

struct Version {
  std::string key;
  std::int64_t version;
  std::int64_t time_s;
  store::RegistryFilter marks{};
  std::string kind{"places"};
};

void put(store::Transaction& transaction, store::Seq seq, const Version& version) {
  auto record = event(seq);
  record.klass = store::RecordClass::registry;
  record.type = version.kind;
  record.key = version.key;
  record.body = "body " + std::to_string(seq);
  transaction.append(record.view());
  transaction.registry({version.kind,
                        version.key,
                        version.version,
                        {version.time_s},
                        seq,
                        version.marks.subkind,
                        version.marks.district,
                        version.marks.party,
                        "not kept"});
}

std::string show(const std::optional<store::RegistryRow>& row) {
  return row ? row->key + " v" + std::to_string(row->version) + " t" + std::to_string(row->time.s) +
                   " " + row->body
             : "none";
}

Strings show(const std::vector<store::RegistryRow>& rows) {
  Strings texts;
  for (const auto& row : rows) {
    texts.push_back(show(std::optional(row)));
  }
  return texts;
}

TEST_F(Registry, the_latest_version_and_the_one_that_held) {
  write([](store::Transaction& transaction) {
    put(transaction, 1, {"S1", 1, 100});
    put(transaction, 2, {"S1", 2, 300});
    put(transaction, 3, {"S1", 3, 200});
    put(transaction, 4, {"S10", 1, 100});
    put(transaction, 5, {"S2", 1, 100});
    put(transaction, 6, {"S2", 2, 100});
    EXPECT_EQ(show(transaction.reading().registered(kCity, "places", "S1")), "S1 v3 t200 body 3");
  });
  const auto snapshot = store().snapshot();
  const auto at = [&](std::int64_t time_s) {
    return show(snapshot->registered_at(kCity, "places", "S1", {time_s}));
  };
  EXPECT_EQ(show(snapshot->registered(kCity, "places", "S1")), "S1 v3 t200 body 3");
  EXPECT_EQ(at(99), "none");
  EXPECT_EQ(at(100), "S1 v1 t100 body 1");
  EXPECT_EQ(at(199), "S1 v1 t100 body 1");
  EXPECT_EQ(at(200), "S1 v3 t200 body 3");
  EXPECT_EQ(at(299), "S1 v3 t200 body 3");
  EXPECT_EQ(at(300), "S1 v2 t300 body 2") << "a version holds until the next by time";
  EXPECT_EQ(at(1'000), "S1 v2 t300 body 2");
  EXPECT_EQ(show(snapshot->registered_at(kCity, "places", "S2", {100})), "S2 v2 t100 body 6")
      << "of two that hold from the same time, the later edit";
  EXPECT_EQ(show(snapshot->versions(kCity, "places", "S1")),
            (Strings{"S1 v1 t100 body 1", "S1 v2 t300 body 2", "S1 v3 t200 body 3"}));
  EXPECT_EQ(show(snapshot->registered(kCity, "parties", "S1")), "none");
  EXPECT_TRUE(snapshot->versions(kCity, "places", "S3").empty());
}

TEST_F(Registry, latest_versions_are_listed_by_key_with_filters) {
  write([](store::Transaction& transaction) {
    put(transaction, 1, {"b", 1, 1, {"station", "d1", "p1"}});
    put(transaction, 2, {"B", 1, 1, {"station", "d2", "p1"}});
    put(transaction, 3, {"a", 1, 1, {"centre", "d1", "p2"}});
    put(transaction, 4, {"c", 1, 1, {"station", "d1", "p1"}, "parties"});
    put(transaction, 5, {"b", 2, 1, {"station", "d3", "p1"}});
  });
  const auto snapshot = store().snapshot();
  const auto keys = [&](const store::RegistryFilter& filter, const store::Page& page) {
    std::string found;
    for (const auto& row : snapshot->registry(kCity, "places", filter, page)) {
      found += row.key + std::to_string(row.version) + " ";
    }
    return found;
  };
  EXPECT_EQ(keys({}, {}), "B1 a1 b2 ");
  EXPECT_EQ(keys({}, {.after = "B", .limit = 1}), "a1 ");
  EXPECT_EQ(keys({.subkind = "station", .district = "", .party = ""}, {}), "B1 b2 ");
  EXPECT_EQ(keys({.subkind = "", .district = "d1", .party = ""}, {}), "a1 ");
  EXPECT_EQ(keys({.subkind = "", .district = "", .party = "p1"}, {}), "B1 b2 ");
  EXPECT_EQ(keys({.subkind = "station", .district = "d3", .party = "p1"}, {}), "b2 ");
  const auto row = snapshot->registered(kCity, "places", "b");
  EXPECT_EQ(row->subkind, "station");
  EXPECT_EQ(row->district, "d3");
  EXPECT_EQ(row->party, "p1");
  EXPECT_EQ(row->seq, 5U);
}

TEST_F(Registry, the_log_keeps_state_tiles_and_checkpoints) {
  const std::string bytes("\0\xff\x01 tile", 8);
  write([&](store::Transaction& transaction) {
    EXPECT_EQ(transaction.reading().log_state(kCity), "");
    transaction.log_state("first");
    transaction.log_state(bytes);
    transaction.tile(0, 0, "part");
    transaction.tile(0, 0, bytes);
    transaction.tile(63, UINT32_MAX, "");
    transaction.checkpoint({7, {70}, "note 7"});
    transaction.checkpoint({300, {90}, bytes});
    transaction.checkpoint({20, {80}, "note 20"});
  });
  const auto snapshot = store().snapshot();
  EXPECT_EQ(snapshot->log_state(kCity), bytes);
  EXPECT_EQ(snapshot->tile(kCity, 0, 0), bytes);
  EXPECT_EQ(snapshot->tile(kCity, 63, UINT32_MAX), "");
  EXPECT_FALSE(snapshot->tile(kCity, 1, 0));
  EXPECT_EQ(snapshot->checkpoint(kCity)->size, 300U);
  EXPECT_EQ(snapshot->checkpoint(kCity)->note, bytes);
  const auto page = snapshot->checkpoints(kCity, 7, 1);
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page[0].note, "note 20");
  EXPECT_EQ(page[0].time.s, 80);
  EXPECT_FALSE(snapshot->checkpoint(kOther));
}

TEST_F(Registry, the_server_has_rows_of_no_city) {
  write(
      [](store::Transaction& transaction) {
        transaction.city({std::string(kCity), 28'800, "石家庄", "sjz"});
        transaction.city({std::string(kOther), -3600, "", ""});
        transaction.city({std::string(kCity), 28'800, "石家庄市", "sjz"});
        transaction.token({digest_of(2), "operator", "scales", "{}", {5}, {0}});
        transaction.token({digest_of(1), "admin", "", "", {6}, {9}});
        transaction.token({digest_of(3), "admin", "", "", {6}, {9}});
        transaction.forget_token(digest_of(3));
        transaction.forget_token(digest_of(4));
        transaction.setting("language", "zh");
        EXPECT_EQ(transaction.reading().cities().size(), 2U);
      },
      "");
  write([](store::Transaction& transaction) { transaction.setting("language", "en"); });
  const auto snapshot = store().snapshot();
  const auto cities = snapshot->cities();
  ASSERT_EQ(cities.size(), 2U);
  EXPECT_EQ(cities[0].name, "石家庄市");
  EXPECT_EQ(snapshot->city(kOther)->offset_s, -3600);
  EXPECT_FALSE(snapshot->city("x-none"));
  EXPECT_EQ(snapshot->token(digest_of(2))->label, "scales");
  EXPECT_EQ(snapshot->token(digest_of(1))->expires.s, 9);
  EXPECT_FALSE(snapshot->token(digest_of(3)));
  const auto tokens = snapshot->tokens();
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0].role, "admin");
  EXPECT_EQ(snapshot->setting("", "language"), "zh");
  EXPECT_EQ(snapshot->setting(kCity, "language"), "en");
  EXPECT_FALSE(snapshot->setting(kCity, "none"));
}

TEST_F(Registry, a_file_is_kept_as_it_was_first_given) {
  write([](store::Transaction& transaction) {
    transaction.file({digest_of(1), "image/png", "scale.png", 17, {5}});
    transaction.file({digest_of(1), "text/plain", "again", 17, {6}});
  });
  const auto file = store().snapshot()->file(kCity, digest_of(1));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->media_type, "image/png");
  EXPECT_EQ(file->name, "scale.png");
  EXPECT_EQ(file->size, 17);
  EXPECT_FALSE(store().snapshot()->file(kOther, digest_of(1)));
}

}  // namespace

}  // namespace huan::contract
