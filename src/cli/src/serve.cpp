// SPDX-License-Identifier: Apache-2.0
#include "verb.hpp"

namespace huan::cli {

void add_serve(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "serve", "answer HTTP until told to stop (SIGTERM ends gracefully)");
  auto options = std::make_shared<ServeOptions>();
  one->add_option("--listen", options->listen,
                  "address and port; beyond loopback only with TLS or a proxy")
      ->envname("HUAN_LISTEN")
      ->capture_default_str();
  one->add_option("--certificate", options->certificate, "PEM file, for TLS");
  one->add_option("--key", options->key, "PEM file of its private key");
  one->add_option("--web", options->web, "folder of the page's files")->envname("HUAN_WEB");
  one->add_flag("--link", options->link, "print a one-time login link");
  one->add_flag("--demo", options->demo,
                "print a one-time login link and simulate events going on");
  one->callback([&common, &verb, options] {
    verb = [&common, options] {
      options->store_path = common.path();
      options->json = common.json;
      return common.doors.serve(*options);
    };
  });
}

}  // namespace huan::cli
