// SPDX-License-Identifier: Apache-2.0
#include "verb.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "huan/json/writer.hpp"
#include "huan/key_files/key_files.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::cli {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::int64_t kPatienceMs = 2'000;
constexpr std::int64_t kRedrawMs = 200;
constexpr int kBarWidth = 30;

std::int64_t now_ms() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

bool chinese() {
  const char* lang = std::getenv("LANG");
  return lang != nullptr && std::string_view{lang}.starts_with("zh");
}

}  // namespace

Writing::Writing(const Common& common, Open how)
    : store(common.open(how)), recorder(*store, clock, ids) {
  recorder.judge_tickets(wire_pack::buying_rules_of);
}

std::string Common::path() const {
  if (!store_url.starts_with(kSqlite) || store_url.size() == kSqlite.size()) {
    throw CLI::ValidationError("--store", "sqlite:PATH is expected");
  }
  return store_url.substr(kSqlite.size());
}

std::string Common::keys_folder() const {
  const std::string file = path();
  const auto dot = file.rfind(".db");
  return (dot == std::string::npos ? file : file.substr(0, dot)) + ".keys";
}

std::string Common::files_folder() const {
  const std::string file = path();
  const auto dot = file.rfind(".db");
  return (dot == std::string::npos ? file : file.substr(0, dot)) + ".files";
}

std::unique_ptr<store::Store> Common::open(Open how) const { return doors.open_store(path(), how); }

base::Result<std::string> Common::one_city(store::Reading& reading) const {
  const auto cities = reading.cities();
  std::string there;
  for (const store::CityRow& row : cities) {
    if (row.city == city) {
      return city;
    }
    there += (there.empty() ? "" : ", ") + row.city;
  }
  if (!city.empty() || cities.size() != 1) {
    return base::Error{base::ErrorCode::unknown_city, "--city",
                       cities.empty() ? "the store holds none yet" : "the store holds " + there};
  }
  return cities.front().city;
}

base::Result<std::unique_ptr<app::Personal>> open_personal(const Common& common,
                                                           store::Store& store,
                                                           app::Recorder& recorder,
                                                           base::Clock& clock) {
  using key_files::Missing;
  const auto missing = app::knows_vault_key(*store.snapshot()) ? Missing::leave : Missing::make;
  HUAN_TRY(key, key_files::open_vault_key(common.keys_folder(), missing));
  auto personal = app::Personal::open({recorder, common.doors.vaults, clock}, key);
  if (!personal) {
    return std::move(personal).error().within(key_files::vault_file(common.keys_folder()));
  }
  return personal;
}

PersonalToRead::PersonalToRead(const Common& common, store::Store& store)
    : recorder(store, clock, ids), personal([&]() -> base::Result<std::unique_ptr<app::Personal>> {
        HUAN_TRY(key, key_files::open_vault_key(common.keys_folder(), key_files::Missing::leave));
        return app::Personal::open_to_read({recorder, common.doors.vaults, clock}, key,
                                           *store.snapshot());
      }()) {}

Progress::Progress(std::string what)
    : what_(std::move(what)), terminal_(::isatty(STDERR_FILENO) != 0), started_ms_(now_ms()) {}

Progress::~Progress() {
  if (shown_) {
    fmt::print(stderr, "\r\033[K");
  }
}

void Progress::at(std::uint64_t done, std::uint64_t all) {
  const std::int64_t now = now_ms();
  if (!terminal_ || all == 0 || now - started_ms_ < kPatienceMs || now - drawn_ms_ < kRedrawMs) {
    return;
  }
  drawn_ms_ = now;
  shown_ = true;
  const auto filled = static_cast<int>(done * kBarWidth / all);
  const auto left_s = done == 0 ? 0
                                : (now - started_ms_) * static_cast<std::int64_t>(all - done) /
                                      static_cast<std::int64_t>(done) / 1'000;
  fmt::print(stderr, "\r\033[K{} [{}{}] {} %  {} s left", what_,
             std::string(static_cast<std::size_t>(filled), '#'),
             std::string(static_cast<std::size_t>(kBarWidth - filled), '.'), done * 100 / all,
             left_s);
  std::fflush(stderr);
}

int refused(const Common& common, const base::Error& error) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("at", error.at).member("code", std::string{base::name(error.code)});
    w.member("detail", error.detail).member("ok", false).end_object();
    fmt::print("{}\n", out);
  }
  fmt::print(stderr, "huan: {}\n",
             base::describe(error, chinese() ? base::Language::zh : base::Language::en));
  switch (error.code) {
    case base::ErrorCode::store_busy:
    case base::ErrorCode::store_missing:
    case base::ErrorCode::store_failed:
    case base::ErrorCode::bad_config:
      return kEnvironment;
    default:
      return kRefused;
  }
}

std::string group_digits(std::int64_t n) {
  std::string digits = std::to_string(n < 0 ? -n : n);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return (n < 0 ? "-" : "") + digits;
}

std::string mass_text(std::int64_t grams) {
  constexpr std::int64_t kTonne = 1'000'000;
  constexpr std::int64_t kKilogram = 1'000;
  const bool tonnes = grams >= 10 * kTonne || grams <= -10 * kTonne;
  const std::int64_t unit = tonnes ? kTonne : kKilogram;
  const std::int64_t magnitude = grams < 0 ? -grams : grams;
  const auto fraction = tonnes ? fmt::format("{:06}", magnitude % unit).substr(0, 3)
                               : fmt::format("{:03}", magnitude % unit);
  return fmt::format("{}{}.{} {}", grams < 0 ? "-" : "", group_digits(magnitude / unit), fraction,
                     tonnes ? "t" : "kg");
}

CLI::App* add_verb(CLI::App& root, Common& common, const std::string& name,
                   const std::string& help) {
  CLI::App* verb = root.add_subcommand(name, help);
  verb->add_option("--store", common.store_url, "where the records are: sqlite:PATH")
      ->envname("HUAN_STORE")
      ->capture_default_str();
  verb->add_flag("--json", common.json, "answer in JSON");
  return verb;
}

}  // namespace huan::cli
