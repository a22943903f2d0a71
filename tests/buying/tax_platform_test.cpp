// SPDX-License-Identifier: Apache-2.0
// Invoices through a service behind HTTP that fails at random: each is issued once, with the number
// that the service gave it, whoever asks however often.
#include <map>
#include <mutex>
#include <random>
#include <set>

#include "fixture.hpp"
#include "huan/app/open_invoices.hpp"
#include "huan/http_server/server.hpp"
#include "huan/json/document.hpp"
#include "huan/tax_platform/http_gateway.hpp"

namespace huan::app {
namespace {

using invoicing::State;

class Unseen final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered&) noexcept override {}
  void refused(int, std::string_view) noexcept override {}
  void handler_threw(std::string_view, std::string_view) noexcept override {}
};

/// Takes an id once; loses requests before it takes them and answers afterwards.
class FailingPlatform {
 public:
  FailingPlatform() {
    http_server::Router router;
    router.add("POST", "/invoices", [this](const http_server::Request& asked) {
      const auto document = json::Document::parse(asked.body());
      const auto text = [&](json::Value of, std::string_view name) {
        return std::string(of.find(name)->string());
      };
      const auto root = document->root();
      const std::lock_guard lock(mutex_);
      sellers_.insert(text(*root.find("seller"), "id_number"));
      return answer(text(root, "id"), true);
    });
    router.add("GET", "/invoices/{id}", [this](const http_server::Request& asked) {
      const std::lock_guard lock(mutex_);
      return answer(std::string(asked.param("id")), false);
    });
    server_ = std::move(http_server::Server::start({}, std::move(router), nobody_)).value();
  }
  FailingPlatform(const FailingPlatform&) = delete;
  FailingPlatform& operator=(const FailingPlatform&) = delete;
  ~FailingPlatform() { server_->stop(std::chrono::seconds(1)); }

  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_->port());
  }
  void mend() {
    const std::lock_guard lock(mutex_);
    well_ = true;
  }
  [[nodiscard]] const std::map<std::string, std::string>& numbers() const { return numbers_; }
  [[nodiscard]] const std::set<std::string>& sellers() const { return sellers_; }

 private:
  /// Of each three one is lost on its way, one on its way back.
  http_server::Response answer(const std::string& id, bool take) {
    const auto luck = well_ ? 2 : random_() % 3;
    if (luck == 0) {
      return http_server::json_response(503, "{}");
    }
    if (take) {
      numbers_.try_emplace(id, "2613" + std::to_string(numbers_.size()));
    }
    const auto known = numbers_.find(id);
    if (luck == 1) {
      return http_server::json_response(502, "<html>");
    }
    return known == numbers_.end()
               ? http_server::json_response(404, "{}")
               : http_server::json_response(
                     200, R"({"state":"issued","number":")" + known->second + R"("})");
  }

  Unseen nobody_;
  std::mutex mutex_;
  std::mt19937 random_{7};
  bool well_{false};
  std::map<std::string, std::string> numbers_;
  std::set<std::string> sellers_;
  std::unique_ptr<http_server::Server> server_;
};

class TaxPlatformTest : public BuyingTest {
 protected:
  TaxPlatformTest() {
    seller(kCity, "S-1", "11010519491231002X");
    consent(kCity, "S-1", "E-1");
  }
  Invoices::Parts parts(invoicing::Gateway& gateway) {
    return {*recorder_, *personal_, clock_, gateway};
  }
  KeptInvoice ask(invoicing::Gateway& gateway, const std::string& key) {
    Invoices invoices(parts(gateway), rules_.rules.invoicing, "x 1");
    InvoiceAsk one;
    one.city = kCity;
    one.key = key;
    one.buyer = "E-1";
    one.events = {post(kCity, receive("E-1", "S-1", "2026-10-01", 10'100))};
    const auto kept = invoices.request(one);
    EXPECT_TRUE(kept) << kept.error().detail;
    return *kept;
  }
  std::map<State, int> states() {
    std::map<State, int> out;
    for (const KeptInvoice& kept : read_invoices(*store_->snapshot(), kCity, {})) {
      ++out[kept.invoice.state];
    }
    return out;
  }
  void later(std::int64_t s) { clock_.set({clock_.now().s + s}); }

  static constexpr int kMany = 30;
  FailingPlatform platform_;
  tax_platform::HttpGateway http_{platform_.url(), ""};
};

TEST_F(TaxPlatformTest, EachIsIssuedOnceWhateverIsLostAndTheServerGoesOnByItself) {
  {
    OpenInvoices open(http_);
    for (int n = 0; n < kMany; ++n) {
      ask(open, "I-" + std::to_string(n));
    }
    EXPECT_GT(states()[State::requested], 0) << "a platform that fails leaves some open";
    EXPECT_GT(states()[State::issued], 0);
  }
  OpenInvoices open(http_);  // after a restart
  EXPECT_EQ(open.run(parts(open)).waiting, 0U);
  open.find(*store_);
  for (int round = 0; round < 10; ++round) {
    open.run(parts(open));
    later(2);
  }
  platform_.mend();
  later(3'600);
  EXPECT_EQ(open.run(parts(open)).waiting, 0U);
  EXPECT_EQ(states(), (std::map<State, int>{{State::issued, kMany}}));
  std::set<std::string> given;
  for (const KeptInvoice& kept : read_invoices(*store_->snapshot(), kCity, {})) {
    given.insert(kept.invoice.number);
    EXPECT_LE(kept.version, 3) << "asked for, not answered, issued: no version says nothing";
  }
  std::set<std::string> taken;
  for (const auto& [id, number] : platform_.numbers()) {
    taken.insert(number);
  }
  EXPECT_EQ(given, taken);
  EXPECT_EQ(given.size(), static_cast<std::size_t>(kMany));
  EXPECT_EQ(platform_.sellers(), std::set<std::string>{"11010519491231002X"});
  EXPECT_TRUE(verify(*store_, {}).ok);
}

TEST_F(TaxPlatformTest, OneThatIsDownIsTriedOnceARoundAndLessAndLessOften) {
  class Down final : public invoicing::Gateway {
   public:
    invoicing::GatewayReply ask(const std::string&) override { return ++calls, answer; }
    invoicing::GatewayReply issue(const invoicing::GatewayRequest&) override {
      return ++calls, answer;
    }
    int calls{0};
    invoicing::GatewayReply answer;
  } down;
  OpenInvoices open(down);
  EXPECT_EQ(ask(open, "I-1").version, 2);
  EXPECT_EQ(ask(open, "I-2").version, 2);
  EXPECT_EQ(down.calls, 2);
  for (int round = 0; round < 60; ++round) {
    const int before = down.calls;
    EXPECT_EQ(open.run(parts(open)).waiting, 2U);
    EXPECT_LE(down.calls, before + 1) << round;
    later(60);
  }
  EXPECT_GT(down.calls, 10);
  EXPECT_LT(down.calls, 30) << "an hour, and two to be asked for";
  EXPECT_EQ(invoice_on_record(*store_->snapshot(), kCity, "I-1")->version, 2);
  Invoices by_hand(parts(http_), rules_.rules.invoicing, "x 1");
  platform_.mend();
  const auto kept = by_hand.deliver({kCity, "I-1", {"ann"}});
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->invoice.state, State::issued) << "who asks again does not wait";
}

}  // namespace
}  // namespace huan::app
