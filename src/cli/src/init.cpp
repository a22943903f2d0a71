// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include <filesystem>

#include "huan/app/init_city.hpp"
#include "huan/app/pack_rules.hpp"
#include "huan/json/writer.hpp"
#include "huan/key_files/key_files.hpp"
#include "huan/wire_pack/text.hpp"
#include "pack_words.hpp"
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

/// The city's records, then the rules that it begins with, if its own folder lays any down.
base::Result<app::InitReport> take_in(app::Recorder& recorder, const registry::Pack& pack,
                                      const std::vector<registry::PackFolder>& folders) {
  Progress progress{"init"};
  HUAN_TRY(report, app::init_city(recorder, pack, [&](std::size_t done, std::size_t all) {
             progress.at(done, all);
           }));
  if (wire_pack::states_rules(folders.back())) {
    const app::RulesText rules{wire_pack::to_text(folders, pack), pack.records_from};
    HUAN_TRY(kept, app::keep_first_rules(recorder, pack, rules));
    report.recorded += kept ? 1 : 0;
    report.present += kept ? 0 : 1;
  }
  HUAN_CHECK(keep_pack_words(recorder, pack, folders, pack.records_from));
  return report;
}

int init(const Common& common, const std::string& folder) {
  const auto folders = registry::read_pack_folders(folder);
  if (!folders) {
    return refused(common, folders.error());
  }
  const auto city = wire_pack::parse(*folders);
  if (!city) {
    return refused(common, city.error());
  }
  const registry::Pack& pack = city->pack;
  const auto parent = std::filesystem::path{common.path()}.parent_path();
  if (!parent.empty()) {
    std::filesystem::create_directories(parent);
  }
  if (auto signer = key_files::open_signer(common.keys_folder(), key_files::Missing::make);
      !signer) {
    return refused(common, signer.error());
  }
  const auto store = common.open(Open::create);
  PackClock clock{pack};
  crypto::SystemIdSource ids;
  app::Recorder recorder{*store, clock, ids};
  if (auto personal = open_personal(common, *store, recorder, clock); !personal) {
    return refused(common, personal.error());
  }
  const auto report = take_in(recorder, pack, *folders);
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
