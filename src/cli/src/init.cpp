// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <filesystem>

#include "huan/app/init_city.hpp"
#include "huan/json/writer.hpp"
#include "huan/key_files/key_files.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

/// A made-up network belongs to a simulated world: its clock stands at the pack's beginning, so
/// that equal packs and seeds give equal logs. A real one is recorded at the time that it is.
class PackClock final : public base::Clock {
 public:
  explicit PackClock(const registry::Pack& pack)
      : made_up_(!pack.generate.places.empty()), start_(pack.records_from) {}
  base::Instant now() override { return made_up_ ? start_ : system_.now(); }

 private:
  bool made_up_;
  base::Instant start_;
  base::SystemClock system_;
};

int init(const Common& common, const std::string& folder) {
  auto pack = registry::load_pack(folder);
  if (!pack) {
    return refused(common, pack.error());
  }
  const auto parent = std::filesystem::path{common.path()}.parent_path();
  if (!parent.empty()) {
    std::filesystem::create_directories(parent);
  }
  if (auto signer = key_files::open_signer(common.keys_folder(), key_files::Missing::make);
      !signer) {
    return refused(common, signer.error());
  }
  const auto store = common.open(Open::create);
  PackClock clock{*pack};
  crypto::SystemIdSource ids;
  app::Recorder recorder{*store, clock, ids};
  if (auto personal = open_personal(common, *store, recorder, clock); !personal) {
    return refused(common, personal.error());
  }
  Progress progress{"init"};
  const auto report = app::init_city(
      recorder, *pack, [&](std::size_t done, std::size_t all) { progress.at(done, all); });
  if (!report) {
    return refused(common, report.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("city", report->city);
    w.member("present", static_cast<std::int64_t>(report->present));
    w.member("recorded", static_cast<std::int64_t>(report->recorded)).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("city {}: {} records taken in from {}, {} there before\n", report->city,
               group_digits(static_cast<std::int64_t>(report->recorded)), folder,
               group_digits(static_cast<std::int64_t>(report->present)));
  }
  return kDone;
}

}  // namespace

void add_init(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "init", "make the store if there is none, and take a pack in");
  auto folder = std::make_shared<std::string>();
  one->add_option("--pack", *folder, "folder of the pack, e.g. packs/shijiazhuang")->required();
  one->callback(
      [&common, &verb, folder] { verb = [&common, folder] { return init(common, *folder); }; });
}

}  // namespace huan::cli
