// SPDX-License-Identifier: Apache-2.0
#include "../src/framing_guard.hpp"

#include <gtest/gtest.h>

namespace huan::http_server {
namespace {

struct Outcome {
  std::size_t passed{0};
  int status{0};  ///< 0: nothing refused
  bool idle{false};
};

Outcome feed(const std::string& bytes, std::size_t step, FramingLimits limits = {}) {
  FramingGuard guard(limits);
  Outcome outcome;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    const auto part = std::string_view(bytes).substr(at, step);
    const auto verdict = guard.inspect(part);
    outcome.passed += verdict.passed;
    if (verdict.refusal) {
      outcome.status = verdict.refusal->status;
      return outcome;
    }
  }
  outcome.idle = guard.is_idle();
  return outcome;
}

const std::string kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

TEST(FramingGuard, PassesWholeRequestsHoweverTheyAreCut) {
  const std::string bytes = kGet + "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello" +
                            "POST /b HTTP/1.1\r\nhost:x\r\ntransfer-encoding: Chunked\r\n\r\n"
                            "5\r\nhello\r\n1;name=\"v\"\r\n!\r\n0\r\nTrailer: y\r\n\r\n" +
                            "\r\nGET /c HTTP/1.0\r\n\r\n";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    const auto outcome = feed(bytes, step);
    EXPECT_EQ(outcome.status, 0) << step;
    EXPECT_EQ(outcome.passed, bytes.size()) << step;
    EXPECT_TRUE(outcome.idle) << step;
  }
}

struct Case {
  const char* name;
  std::string bytes;
  int status;
};

std::vector<Case> ambiguous() {
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  return {
      {"both lengths", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"two lengths", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400},
      {"list of lengths", post + "Content-Length: 5, 5\r\n\r\nhello", 400},
      {"signed length", post + "Content-Length: +5\r\n\r\nhello", 400},
      {"hex length", post + "Content-Length: 0x5\r\n\r\nhello", 400},
      {"empty length", post + "Content-Length:\r\n\r\n", 400},
      {"overlong length", post + "Content-Length: 18446744073709551617\r\n\r\n", 400},
      {"bare LF in the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400},
      {"bare LF in a field", "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", 400},
      {"bare LF at the end", "GET / HTTP/1.1\r\nHost: x\r\n\n", 400},
      {"bare CR in a field", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rC: d\r\n\r\n", 400},
      {"folded field", post + "Content-Length: 5\r\n 0\r\n\r\nhello", 400},
      {"space before the colon", post + "Content-Length : 5\r\n\r\nhello", 400},
      {"field without colon", post + "Content-Length\r\n\r\n", 400},
      {"NUL in a value", post + std::string("A: b\0c\r\n\r\n", 10), 400},
      {"other coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 400},
      {"identity", post + "Transfer-Encoding: identity\r\n\r\n", 400},
      {"masked chunked", post + "Transfer-Encoding: xchunked\r\n\r\n", 400},
      {"chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"chunk without size", chunked + "\r\n", 400},
      {"chunk of 0x5", chunked + "0x5\r\nhello\r\n0\r\n\r\n", 400},
      {"negative chunk", chunked + "-5\r\n", 400},
      {"overlong chunk size", chunked + "000000005\r\n", 400},
      {"bare LF after a chunk size", chunked + "5\nhello\r\n0\r\n\r\n", 400},
      {"bare LF in a chunk extension", chunked + "5;a\nhello\r\n0\r\n\r\n", 400},
      {"chunk longer than it says", chunked + "3\r\nhello\r\n0\r\n\r\n", 400},
      {"framing in a trailer", chunked + "0\r\nContent-Length: 5\r\n\r\n", 400},
      {"tabs in the request line", "GET\t/\tHTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"space in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"bytes above ASCII in the target", "GET /\xe7\xba\xb8 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"other version", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
      {"lower case version", "GET / http/1.1\r\nHost: x\r\n\r\n", 505},
      {"version of HTTP/0.9", "GET /\r\n", 400},
      {"a method that is none", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"tunnel", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"upgrade", "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\n\r\n", 501},
      {"other expectation", post + "Expect: cake\r\n\r\n", 400},
      {"many empty lines", "\r\n\r\n\r\n" + kGet, 400},
      {"TLS hello", std::string("\x16\x03\x01\x02\x00\x01\x00\n", 8), 400},
  };
}

TEST(FramingGuard, RefusesWhatCanBeReadInTwoWays) {
  for (const auto& test : ambiguous()) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, test.bytes.size()}) {
      EXPECT_EQ(feed(test.bytes, step).status, test.status) << test.name << " in steps of " << step;
    }
    // A good request before it is still answered, and not a byte more.
    const std::size_t blank = test.bytes.starts_with("\r\n") ? 4 : 0;
    EXPECT_EQ(feed(kGet + test.bytes, 10000).passed, kGet.size() + blank) << test.name;
  }
}

TEST(FramingGuard, HoldsTheLimits) {
  FramingLimits limits;
  limits.target_max = 100;
  limits.header_max = 200;
  limits.fields_max = 5;
  limits.body_max = 10;
  limits.chunks_max = 3;
  const std::string post = "POST / HTTP/1.1\r\nHost: x\r\n";
  const auto status = [&](const std::string& bytes) { return feed(bytes, 3, limits).status; };
  EXPECT_EQ(status("GET /" + std::string(99, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), 0);
  EXPECT_EQ(status("GET /" + std::string(100, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n"), 414);
  EXPECT_EQ(status(std::string(1000, 'a')), 414);
  EXPECT_EQ(status(post + "A: " + std::string(300, 'a')), 431);
  EXPECT_EQ(status(post + "A: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n"), 0);
  EXPECT_EQ(status(post + "A: b\r\nA: b\r\nA: b\r\nA: b\r\nA: b\r\n\r\n"), 431);
  EXPECT_EQ(status(post + "Content-Length: 10\r\n\r\n0123456789"), 0);
  EXPECT_EQ(status(post + "Content-Length: 11\r\n\r\n"), 413);
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(status(chunked + "a\r\n0123456789\r\n0\r\n\r\n"), 0);
  EXPECT_EQ(status(chunked + "a\r\n0123456789\r\n1\r\na\r\n"), 413);
  EXPECT_EQ(status(chunked + "1\r\na\r\n1\r\na\r\n1\r\na\r\n0\r\n\r\n"), 413);
  EXPECT_EQ(status(chunked + "1;" + std::string(300, 'x')), 400);
}

TEST(FramingGuard, SeesWhoWaitsForContinue) {
  FramingLimits limits;
  FramingGuard guard(limits);
  EXPECT_TRUE(guard
                  .inspect("PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                           "Content-Length: 3\r\n\r\n")
                  .wants_continue);
  EXPECT_FALSE(guard.inspect("abc").wants_continue);
  EXPECT_TRUE(guard.is_idle());
}

}  // namespace
}  // namespace huan::http_server
