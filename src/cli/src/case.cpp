// SPDX-License-Identifier: Apache-2.0
// The evidence of a case: exported whole, and checked anywhere with the city's public key alone.
#include <fmt/core.h>

#include <fstream>
#include <sstream>

#include "huan/app/evidence_bundle.hpp"
#include "huan/app/log_proofs.hpp"
#include "huan/json/writer.hpp"
#include "huan/key_files/key_files.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

struct CaseOptions {
  std::string action;
  std::string key;
  std::string file;
  std::string public_key;
};

int verify_file(const Common& common, const CaseOptions& options) {
  const auto key = log::Verifier::parse(options.public_key);
  if (!key) {
    return refused(common, key.error());
  }
  std::ifstream in(options.file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  const auto checked = app::verify_bundle(std::move(text).str(), *key);
  if (!checked) {
    return refused(common, checked.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("key", checked->key).member("ok", true);
    w.member("records", static_cast<std::int64_t>(checked->records));
    w.member("size", static_cast<std::int64_t>(checked->size)).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{}: {} records, all in the log of {} that the key signed\n", checked->key,
               checked->records, checked->size);
  }
  return kDone;
}

int export_case(const Common& common, const CaseOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = common.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  const auto signer = key_files::open_signer(common.keys_folder(), key_files::Missing::refuse);
  if (!signer) {
    return refused(common, signer.error());
  }
  if (options.action == "key") {
    const auto named = signer->renamed(app::log_origin(*city));
    if (!named) {
      return refused(common, named.error());
    }
    fmt::print("{}\n", named->verifier().text());
    return kDone;
  }
  const auto text = app::evidence_bundle(*reading, *city, options.key, *signer);
  if (!text) {
    return refused(common, text.error());
  }
  fmt::print("{}", *text);
  return kDone;
}

}  // namespace

void add_case(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "case", "a case's evidence: exported whole, and checked");
  auto options = std::make_shared<CaseOptions>();
  one->add_option("action", options->action, "bundle, verify or key")
      ->required()
      ->check(CLI::IsMember({"bundle", "verify", "key"}));
  one->add_option("file", options->file, "verify: the bundle");
  one->add_option("--key", options->key, "bundle: of the case or any other dossier");
  one->add_option("--public-key", options->public_key, "verify: of the city, `huan case key`");
  one->add_option("--city", common.city, "when the store holds several");
  one->callback([&common, &verb, options] {
    verb = [&common, options] {
      return options->action == "verify" ? verify_file(common, *options)
                                         : export_case(common, *options);
    };
  });
}

}  // namespace huan::cli
