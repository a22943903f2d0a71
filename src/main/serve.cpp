// SPDX-License-Identifier: Apache-2.0
#include "serve.hpp"

#include <fmt/core.h>
#include <pthread.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <thread>

#include "huan/app/access.hpp"
#include "huan/app/accounts.hpp"
#include "huan/app/files.hpp"
#include "huan/app/inspections.hpp"
#include "huan/app/live_demo.hpp"
#include "huan/app/pack_rules.hpp"
#include "huan/app/recorder.hpp"
#include "huan/app/tracer.hpp"
#include "huan/base/drill_clock.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/id_source.hpp"
#include "huan/http/api.hpp"
#include "huan/http_server/server.hpp"
#include "huan/json/writer.hpp"
#include "huan/key_files/key_files.hpp"
#include "huan/wire_pack/text.hpp"
#include "identity_provider.hpp"
#include "invoicing.hpp"
#include "messages.hpp"
#include "payments.hpp"

namespace huan {
namespace {

constexpr std::chrono::seconds kGrace{10};
constexpr std::chrono::hours kSweep{1};
constexpr std::int64_t kLoginS = 3'600;
constexpr std::uint64_t kDemoSeed = 1;

struct Address {
  std::string host;
  std::uint16_t port{0};
};

base::Result<Address> parse_listen(const std::string& listen) {
  const auto colon = listen.rfind(':');
  const auto port =
      colon == std::string::npos ? std::nullopt : base::parse_integer(listen.substr(colon + 1));
  if (!port || *port < 0 || *port > 65'535 || colon == 0) {
    return base::Error{base::ErrorCode::bad_config, "--listen",
                       "address and port, like 127.0.0.1:8080"};
  }
  std::string host = listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
  }
  return Address{std::move(host), static_cast<std::uint16_t>(*port)};
}

bool is_loopback(const std::string& host) {
  return host.starts_with("127.") || host == "::1" || host == "localhost";
}

/// Blocks the signals that end the server in every thread started from here on, so that only wait()
/// sees them.
class Ending {
 public:
  Ending() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  /// 0: none came in that time.
  int wait(std::chrono::seconds patience) const {
    const timespec until{.tv_sec = patience.count(), .tv_nsec = 0};
    const int signal = sigtimedwait(&signals_, nullptr, &until);
    return signal > 0 ? signal : 0;
  }

 private:
  sigset_t signals_{};
};

std::string beside(const std::string& store_path, const char* ending) {
  const auto dot = store_path.rfind(".db");
  return (dot == std::string::npos ? store_path : store_path.substr(0, dot)) + ending;
}

/// The page's files: as told, or beside the program's checkout.
std::string web_folder(const cli::ServeOptions& options) {
  if (!options.web.empty()) {
    return options.web;
  }
  return std::filesystem::exists("web/dist/index.html") ? "web/dist" : "";
}

constexpr int kUsage = 2;
constexpr int kEnvironment = 4;

int fail(const base::Error& error, int code = kEnvironment) {
  fmt::print(stderr, "huan: {}\n", base::describe(error, base::Language::en));
  return code;
}

/// Builds each city's trace graph before somebody asks, so that the first question is as quick as
/// the next.
void warm(store::Store& store, app::Tracer& tracer) {
  try {
    const auto reading = store.snapshot();
    for (const store::CityRow& city : reading->cities()) {
      tracer.with_graph(*reading, city.city, [](const trace::Graph&) {});
    }
  } catch (const store::Failure& failure) {
    spdlog::warn("trace: {}; built when asked", failure.what());
  }
}

/// Personal data with the key beside the store. A store that had one before goes on without it.
base::Result<std::unique_ptr<app::Personal>> open_personal(const std::string& keys_folder,
                                                           store::Store& store,
                                                           app::Personal::Parts parts) {
  using key_files::Missing;
  const auto missing = app::knows_vault_key(*store.snapshot()) ? Missing::leave : Missing::make;
  HUAN_TRY(key, key_files::open_vault_key(keys_folder, missing));
  if (!key) {
    spdlog::warn("personal data is not readable here: {} is missing",
                 key_files::vault_file(keys_folder));
  }
  auto personal = app::Personal::open(std::move(parts), key);
  if (!personal) {
    return std::move(personal).error().within(key_files::vault_file(keys_folder));
  }
  return personal;
}

/// Personal data whose retention has ended, city by city, each with its proof on record.
void delete_ended(store::Store& store, app::Personal& personal) {
  for (const store::CityRow& city : store.snapshot()->cities()) {
    const auto runs = personal.delete_ended(city.city, {"huan/retention"}, false);
    if (!runs) {
      spdlog::warn("{}: personal data whose retention has ended stays for now: {}", city.city,
                   runs.error().detail);
      continue;
    }
    for (const app::DeletionRun& run : *runs) {
      spdlog::info("{}: {} values removed whose retention has ended; on record as {}", city.city,
                   run.removed, run.key);
    }
  }
}

/// The bulletin of the month before, in each city whose rules are on record.
void draft_bulletins(store::Store& store, app::Recorder& recorder, base::Clock& clock) {
  app::Files files("");  // a bulletin has none
  for (const store::CityRow& city : store.snapshot()->cities()) {
    const auto text = app::rules_at(*store.snapshot(), city.city, clock.now());
    const auto rules =
        text ? wire_pack::from_text(*text) : base::Result<wire_pack::City>(base::Error{});
    if (!rules) {
      continue;
    }
    const auto drafted = app::draft_bulletin_of_month(
        {store, recorder, clock, files, rules->rules.duties, city, "operator", {"huan/bulletin"}});
    if (drafted && !drafted->empty()) {
      spdlog::info("{}: the bulletin of last month is drafted as {}", city.city, *drafted);
    }
  }
}

/// Until a signal comes; once an hour removes personal data whose retention has ended, and tokens
/// that have expired, and drafts last month's bulletin.
int wait_and_sweep(const Ending& ending, store::Store& store, app::Personal& personal,
                   app::Recorder& recorder) {
  for (;;) {
    try {
      delete_ended(store, personal);
      base::SystemClock clock;
      app::sweep_tokens(recorder, clock);
      draft_bulletins(store, recorder, clock);
    } catch (const store::Failure& failure) {
      spdlog::warn("personal data whose retention has ended stays for now: {}", failure.what());
    }
    if (const int signal = ending.wait(kSweep); signal != 0) {
      return signal;
    }
  }
}

/// A server that nobody can log in to gets its first account, with a password for one use, which
/// is returned; empty: there are accounts.
std::string first_account(store::Store& store, app::Recorder& recorder, base::Clock& clock) {
  if (!store.snapshot()->accounts().empty()) {
    return {};
  }
  app::Accounts accounts({store, recorder, clock});
  app::AccountRequest request;
  request.account = "operator";
  request.roles = {"operator"};
  auto password = accounts.add({{access::Role::system_operator}}, request);
  return password ? std::move(*password) : std::string{};
}

void show_password(const std::string& password) {
  fmt::print("\n  First start: the account `operator` has the password  {}\n", password);
  fmt::print("  It is shown once, kept nowhere, and has to be changed at the first login.\n\n");
}

void invite(const std::string& url, const std::string& link) {
  fmt::print("\n  Huan 环 is up: {}\n\n", link);
  fmt::print("  The link works once, within an hour. What to look at:\n");
  fmt::print("  - today's mass by material, and tickets as they are weighed in\n");
  fmt::print("  - search a lot of the list and see where it came from and what became of it\n");
  fmt::print("  - {}/m is what residents see on a phone; their codes come to data/huan.outbox\n",
             url);
  fmt::print("  - {}/dispatch plans the day's trucks; {}/driver is what their drivers see\n", url,
             url);
  fmt::print(
      "  - {}/supervision is a draw with its inspections; {}/open is what the public sees of it\n",
      url, url);
  fmt::print("  - {}/plan says where places should stand and which way trucks should go\n", url);
  fmt::print("  - {}/api/openapi.yaml for the doors; build/release/huan --help for the commands\n",
             url);
  fmt::print(
      "  - build/release/huan verify --store sqlite:data/huan.db proves that nothing was "
      "altered\n");
  fmt::print("  All places and figures of the demo are synthetic. Ctrl-C ends it.\n\n");
}

/// Says that the server is up, and what its first visitor needs: in words, or as one line of JSON.
void announce(const cli::ServeOptions& options, const std::string& url,
              const app::LiveDemo::Parts& parts) {
  const std::string password = first_account(parts.store, parts.recorder, parts.clock);
  const auto secret =
      options.demo || options.link
          ? app::issue_token(parts.recorder, parts.clock, {"operator", "demo", "login", kLoginS})
          : base::Result<std::string>{std::string{}};
  const std::string link = secret && !secret->empty() ? url + "/#login=" + *secret : "";
  if (options.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object();
    if (!password.empty()) {
      w.member("account", "operator");
    }
    if (!link.empty()) {
      w.member("link", link);
    }
    w.member("ok", true);
    if (!password.empty()) {
      w.member("password", password);
    }
    w.member("url", url).end_object();
    fmt::print("{}\n", out);
  } else {
    if (!password.empty()) {
      show_password(password);
    }
    if (!link.empty()) {
      invite(url, link);
    }
  }
  std::fflush(stdout);
}

/// The simulated city of the demo, posting live; nullptr when it was not asked for or has no
/// network.
std::unique_ptr<app::LiveDemo> enliven(const cli::ServeOptions& options,
                                       const app::LiveDemo::Parts& parts) {
  const auto cities = parts.store.snapshot()->cities();
  if (!options.demo || cities.empty()) {
    return nullptr;
  }
  auto demo = app::LiveDemo::start(parts, cities.front().city, kDemoSeed);
  if (!demo) {
    spdlog::warn("demo: {}", base::describe(demo.error(), base::Language::en));
    return nullptr;
  }
  return std::move(*demo);
}

/// An answer in JSON stands alone: the log goes to standard error.
void log_beside(bool json) {
  if (json) {
    spdlog::set_default_logger(spdlog::stderr_color_mt("huan"));
  }
}

void warn_of_plain_http(const cli::ServeOptions& options, const Address& address) {
  if (options.certificate.empty() && options.proxies.empty() && !is_loopback(address.host)) {
    spdlog::warn("serving {} without TLS: put a proxy with TLS before it", address.host);
  }
}

void warn_of_drill() {
  if (const auto& drill = base::drill_clock()) {
    spdlog::warn("HUAN_CLOCK: this is a drill, time runs {} times as fast from {}", drill->speed,
                 base::format_time(drill->from, 0));
  }
}

/// nullopt: none was named. bad_config.
base::Result<std::optional<http::TileService>> tile_service(const cli::ServeOptions& options) {
  if (options.tiles.empty()) {
    return std::optional<http::TileService>();
  }
  HUAN_TRY(tiles, http::TileService::parse(options.tiles, options.tiles_attribution));
  return std::optional(std::move(tiles));
}

http_server::ServerOptions server_options(const cli::ServeOptions& options, const Address& address,
                                          const std::optional<http::TileService>& tiles) {
  http_server::ServerOptions made;
  made.address = address.host;
  made.port = address.port;
  made.tls = {options.certificate, options.key};
  made.proxies = options.proxies;
  if (tiles) {
    made.decorate = http_server::security_headers_with_images_of(tiles->origin);
  }
  return made;
}

/// To whom money, invoices and messages go.
struct WaysOut {
  std::unique_ptr<rewards::PaymentGateway> bank;
  std::unique_ptr<invoicing::Gateway> tax_platform;
  PutMessage codes;  ///< somebody waits for each: behind no notice
  PutMessage notices;
};

base::Result<WaysOut> ways_out(const cli::ServeOptions& options) {
  HUAN_TRY(bank, payment_gateway(options, beside(options.store_path, ".payments")));
  HUAN_TRY(tax_platform, invoice_gateway(options.invoicing, options.invoicing_secret));
  HUAN_TRY(codes, message_way(options, beside(options.store_path, ".outbox")));
  HUAN_TRY(notices, message_way(options, beside(options.store_path, ".outbox")));
  return WaysOut{std::move(bank), std::move(tax_platform), std::move(codes), std::move(notices)};
}

app::Notifier::Parts told_by(app::Notifier::Parts parts, const http::Api& api) {
  parts.devices = [&api](store::Reading& reading, const store::CityRow& city) {
    return api.devices_in_trouble(reading, city);
  };
  return parts;
}

}  // namespace

int serve(const cli::ServeOptions& options, const OpenStore& open_store, app::VaultStores vaults) {
  log_beside(options.json);
  const auto address = parse_listen(options.listen);
  if (!address) {
    return fail(address.error(), kUsage);
  }
  warn_of_plain_http(options, *address);
  auto oidc = identity_provider(options.oidc);
  if (!oidc) {
    return fail(oidc.error(), kUsage);
  }
  const auto tiles = tile_service(options);
  if (!tiles) {
    return fail(tiles.error(), kUsage);
  }
  warn_of_drill();
  const Ending ending;
  const auto store = open_store(options.store_path, cli::Open::write);
  const std::string keys_folder = beside(options.store_path, ".keys");
  const auto signer = key_files::open_signer(keys_folder, key_files::Missing::make);
  if (!signer) {
    return fail(signer.error());
  }
  base::SystemClock clock;
  crypto::SystemIdSource ids;
  app::Recorder recorder{*store, clock, ids};
  recorder.judge_tickets(wire_pack::buying_rules_of);
  app::Tracer tracer;
  const auto personal = open_personal(keys_folder, *store, {recorder, std::move(vaults), clock});
  if (!personal) {
    return fail(personal.error());
  }
  const auto ways = ways_out(options);
  if (!ways) {
    return fail(ways.error(), kUsage);
  }
  app::OpenInvoices invoices(*ways->tax_platform);
  http::Api api{{*store, recorder, tracer, clock, &*signer, beside(options.store_path, ".files"),
                 web_folder(options), personal->get(), std::move(*oidc),
                 [&ways](const std::string& line) { return ways->codes(line) == app::Sent::yes; },
                 beside(options.store_path, ".tracks.db"), *tiles, &invoices}};
  auto server = http_server::Server::start(server_options(options, *address, *tiles), api.router(),
                                           api.observer());
  if (!server) {
    return fail(server.error());
  }
  api.watch(**server);
  const std::string url = fmt::format("{}://{}:{}", options.certificate.empty() ? "http" : "https",
                                      address->host, (*server)->port());
  spdlog::info("listening on {}", url);
  const app::LiveDemo::Parts parts{recorder, *store, clock};
  announce(options, url, parts);
  auto demo = enliven(options, parts);
  auto paying = pay_out({recorder, *store, **personal, clock}, *ways->bank);
  auto invoicing = go_on_with({recorder, **personal, clock, invoices}, *store, invoices);
  auto telling = send_notices(told_by({recorder, *store, **personal, clock, ways->notices}, api));
  std::thread warming{[&] { warm(*store, tracer); }};
  const int signal = wait_and_sweep(ending, *store, **personal, recorder);
  spdlog::info("signal {}: finishing what was accepted", signal);
  demo.reset();
  paying = {};  // stops and waits
  invoicing = {};
  telling = {};
  warming.join();
  api.close();
  (*server)->stop(kGrace);
  recorder.stop();
  return 0;
}

}  // namespace huan
