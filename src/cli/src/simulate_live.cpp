// SPDX-License-Identifier: Apache-2.0
// simulate --live: the simulated city posts to a running server, as devices would, until it is told
// to end.
#include "simulate_live.hpp"

#include <fmt/core.h>
#include <pthread.h>

#include <csignal>
#include <ctime>

#include "huan/app/simulate.hpp"
#include "huan/http_client/client.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/simulator/live.hpp"

namespace huan::cli {
namespace {

using base::Error;
using base::ErrorCode;

constexpr long kBeatNs = 500'000'000;

struct Answers {
  std::uint64_t posted{0};
  std::uint64_t duplicates{0};
  std::uint64_t refused{0};
  std::uint64_t unexpected{0};
  std::string first_unexpected;
};

/// SIGTERM and SIGINT, waited for between two beats.
class Ending {
 public:
  Ending() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }
  [[nodiscard]] bool came() const {
    const timespec beat{0, kBeatNs};
    return sigtimedwait(&signals_, nullptr, &beat) > 0;
  }

 private:
  sigset_t signals_{};
};

class Poster {
 public:
  explicit Poster(const LiveTarget& target) : target_(target) {}

  base::Result<void> put(const simulator::Registration& registration) {
    std::string body;
    json::Writer w(body);
    w.begin_object().key("data").raw(registration.data).member("id", registration.id);
    w.member("time", "2000-01-01T00:00:00Z").end_object();
    HUAN_TRY(reply, send("PUT", "/api/v1/parties/" + registration.key, body));
    // 409, 412, 428: an earlier run has put it on record.
    const bool there = reply.status == 409 || reply.status == 412 || reply.status == 428;
    if (reply.status >= 300 && !there) {
      return Error{ErrorCode::unreachable, "", fmt::format("{}: {}", reply.status, reply.body)};
    }
    return {};
  }

  /// What has to be registered first is, as its clerk would do; then it goes once more.
  base::Result<void> post(const std::vector<simulator::Sent>& events, Answers& answers) {
    HUAN_TRY(asked, post_once(events, answers));
    for (const simulator::Sent& sent : asked) {
      HUAN_CHECK(enter_register(sent));
    }
    if (!asked.empty()) {
      HUAN_TRY(again, post_once(asked, answers));
      answers.refused += again.size();
      answers.unexpected += again.size();
    }
    return {};
  }

 private:
  base::Result<http_client::Reply> send(const char* method, const std::string& path,
                                        const std::string& body) {
    http_client::Call call;
    call.method = method;
    call.url = target_.url + path;
    call.headers = {{"Authorization", "Bearer " + target_.token},
                    {"Content-Type", "application/json"}};
    call.body = body;
    return client_.send(call);
  }

  /// Those that are not posted for want of a registration.
  base::Result<std::vector<simulator::Sent>> post_once(const std::vector<simulator::Sent>& events,
                                                       Answers& answers) {
    std::string body = "[";
    for (const simulator::Sent& sent : events) {
      body.append(body.size() > 1 ? "," : "").append(sent.json);
    }
    body += "]";
    HUAN_TRY(reply, send("POST", "/api/v1/events?mode=each", body));
    if (reply.status != 200) {
      return Error{ErrorCode::unreachable, "", fmt::format("{}: {}", reply.status, reply.body)};
    }
    HUAN_TRY(document, json::Document::parse(reply.body));
    const auto results = document.root().find("results");
    if (!results || !results->is_array() || results->size() != events.size()) {
      return Error{ErrorCode::unreachable, "", "an answer without a result for each event"};
    }
    std::vector<simulator::Sent> asked;
    std::size_t i = 0;
    for (const json::Value result : results->elements()) {
      const simulator::Sent& sent = events[i++];
      const auto code = result.find("code");
      if (code && code->is_string() && code->string() == "registration_missing") {
        asked.push_back(sent);
      } else {
        add(result, sent, answers);
      }
    }
    return asked;
  }

  base::Result<void> enter_register(const simulator::Sent& sent) {
    const app::PreparedEvent prepared = app::prepare(sent.json);
    if (!prepared.event) {
      return prepared.event.error();
    }
    const std::string body = R"({"data":)" + app::simulated_registration(*prepared.event) +
                             R"(,"time":")" + prepared.time + R"("})";
    HUAN_TRY(reply, send("PUT", "/api/v1/dossiers/register." + prepared.id, body));
    if (reply.status >= 300) {
      return Error{ErrorCode::unreachable, "", fmt::format("{}: {}", reply.status, reply.body)};
    }
    return {};
  }

  static void add(json::Value result, const simulator::Sent& sent, Answers& answers) {
    const auto field = result.find("status");
    const std::string_view status = field && field->is_string() ? field->string() : "";
    answers.posted += status == "posted" ? 1 : 0;
    answers.duplicates += status == "duplicate" ? 1 : 0;
    answers.refused += status == "refused" ? 1 : 0;
    const bool refused = status == "refused";
    if (refused != (sent.expect == simulator::Expect::refused) && answers.unexpected++ == 0) {
      answers.first_unexpected = sent.json;
    }
  }

  const LiveTarget& target_;
  http_client::Client client_;
};

int report(const Common& common, const Answers& answers) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("duplicates", static_cast<std::int64_t>(answers.duplicates));
    w.member("posted", static_cast<std::int64_t>(answers.posted));
    w.member("refused", static_cast<std::int64_t>(answers.refused));
    w.member("unexpected", static_cast<std::int64_t>(answers.unexpected)).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{} events posted, {} sent twice, {} refused\n", answers.posted, answers.duplicates,
               answers.refused);
  }
  if (answers.unexpected > 0) {
    fmt::print(stderr, "{} answers that the simulator did not expect; the first to: {}\n",
               answers.unexpected, answers.first_unexpected);
    return kWanting;
  }
  return kDone;
}

}  // namespace

int simulate_live(const Common& common, const LiveTarget& target) {
  const Ending ending;
  const auto store = common.open(Open::read);
  const auto city = common.one_city(*store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  auto network = app::simulated_city(*store->snapshot(), *city);
  if (!network) {
    return refused(common, network.error());
  }
  base::SystemClock clock;
  simulator::LiveCity live{*network, target.seed, clock.now()};
  Poster poster{target};
  for (const simulator::Registration& registration : live.registrations()) {
    if (const auto put = poster.put(registration); !put) {
      refused(common, put.error());
      return kEnvironment;
    }
  }
  Answers answers;
  std::vector<simulator::Sent> waiting;
  while (!ending.came()) {
    live.advance(clock.now(), [&](simulator::Sent&& sent) { waiting.push_back(std::move(sent)); });
    if (waiting.empty()) {
      continue;
    }
    if (const auto posted = poster.post(waiting, answers); !posted) {
      refused(common, posted.error());
      return kEnvironment;
    }
    waiting.clear();
  }
  return report(common, answers);
}

}  // namespace huan::cli
