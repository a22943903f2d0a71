// SPDX-License-Identifier: Apache-2.0
#include "forwarded.hpp"

#include <gtest/gtest.h>

namespace huan::http_server {
namespace {

Request from(const std::string& remote, const std::vector<std::string>& lists,
             const std::string& scheme = "") {
  Request request;
  request.remote = remote;
  for (const auto& list : lists) {
    request.headers.add("x-forwarded-for", list);
  }
  if (!scheme.empty()) {
    request.headers.add("X-Forwarded-Proto", scheme);
  }
  return request;
}

/// Who is said to ask.
std::string asker(const std::vector<std::string>& proxies, Request request) {
  Proxies::parse(proxies)->resolve(request);
  return request.remote + (request.secure ? " secure" : "");
}

TEST(Forwarded, NobodyIsBelievedWhoWasNotNamed) {
  EXPECT_EQ(asker({}, from("127.0.0.1", {"1.2.3.4"}, "https")), "127.0.0.1");
  EXPECT_EQ(asker({"10.0.0.5"}, from("10.0.0.6", {"1.2.3.4"}, "https")), "10.0.0.6");
  EXPECT_EQ(asker({"10.0.0.5"}, from("10.0.0.5", {"1.2.3.4"}, "https")), "1.2.3.4 secure");
}

TEST(Forwarded, WhatAClientWroteIsNeverReached) {
  const std::vector<std::string> proxies{"10.0.0.0/8"};
  EXPECT_EQ(asker(proxies, from("10.0.0.5", {"6.6.6.6, 1.2.3.4"})), "1.2.3.4");
  EXPECT_EQ(asker(proxies, from("10.0.0.5", {"6.6.6.6", "1.2.3.4, 10.9.9.9"})), "1.2.3.4");
  EXPECT_EQ(asker(proxies, from("10.0.0.5", {"6.6.6.6, unknown"})), "10.0.0.5");
  EXPECT_EQ(asker(proxies, from("10.0.0.5", {"6.6.6.6,, 10.9.9.9"})), "10.9.9.9");
  EXPECT_EQ(asker(proxies, from("10.0.0.5", {"10.1.1.1"})), "10.1.1.1") << "a client within";
  EXPECT_EQ(asker(proxies, from("10.0.0.5", {})), "10.0.0.5");
  EXPECT_EQ(asker(proxies, from("10.0.0.5", {"1.2.3.4"}, "https, http")), "1.2.3.4");
}

TEST(Forwarded, AddressesAreReadInTheirForms) {
  const std::vector<std::string> proxies{"::1", "fd00::/8", "127.0.0.1"};
  EXPECT_EQ(asker(proxies, from("::1", {"2001:DB8::7"})), "2001:db8::7");
  EXPECT_EQ(asker(proxies, from("fd12::1", {"[2001:db8::7]:4711"})), "2001:db8::7");
  EXPECT_EQ(asker(proxies, from("::ffff:127.0.0.1", {"1.2.3.4:80"})), "1.2.3.4");
  for (const std::string bad :
       {"", "1.2.3", "1.2.3.4.5", "[::1", "::1%lo", "1.2.3.4 x", "0x7f.1"}) {
    EXPECT_FALSE(parse_address(bad)) << bad;
  }
}

TEST(Forwarded, ANetworkIsMatchedToTheBit) {
  const auto proxies = Proxies::parse({"192.0.2.128/25", "2001:db8:8000::/33"});
  ASSERT_TRUE(proxies);
  EXPECT_TRUE(proxies->trusts(*parse_address("192.0.2.128")));
  EXPECT_FALSE(proxies->trusts(*parse_address("192.0.2.127")));
  EXPECT_TRUE(proxies->trusts(*parse_address("2001:db8:ffff::1")));
  EXPECT_FALSE(proxies->trusts(*parse_address("2001:db8:7fff::1")));
  EXPECT_TRUE(Proxies::parse({"0.0.0.0/0"})->trusts(*parse_address("8.8.8.8")));
  EXPECT_FALSE(Proxies::parse({"0.0.0.0/0"})->trusts(*parse_address("2001:db8::1")));
  for (const std::string bad : {"proxy", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "10.0.0.0/", ""}) {
    const auto refused = Proxies::parse({bad});
    ASSERT_FALSE(refused) << bad;
    EXPECT_EQ(refused.error().code, base::ErrorCode::bad_config);
  }
}

TEST(Forwarded, APeerOfIpv6IsItsNetwork) {
  const auto peer = [](const char* text) { return address_text(peer_of(*parse_address(text))); };
  EXPECT_EQ(peer("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(peer("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
}

}  // namespace
}  // namespace huan::http_server
