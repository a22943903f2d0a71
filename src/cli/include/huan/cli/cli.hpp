// SPDX-License-Identifier: Apache-2.0
// The command line: one binary, one verb a file. Verbs parse, call a use case, and render for
// people or, with --json, for scripts. Exit codes: 0 done, 1 checked and found wanting, 2 usage, 3
// input refused, 4 environment (events.md §7). What the verbs need of the outside is plugged in by
// main.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "huan/app/personal.hpp"
#include "huan/cli/devices.hpp"
#include "huan/store/store.hpp"

namespace huan::invoicing {
class Gateway;
}

namespace huan::cli {

enum class Open : std::uint8_t { read, write, create };

/// An identity provider, as given.
struct OidcOptions {
  std::string issuer;
  std::string client;
  std::string secret_file;
  std::string redirect;
  std::string name;
  std::string ca_file;
  std::string claim;
  std::vector<std::string> maps;  ///< "value=role,city:130100,…"
};

struct ServeOptions {
  std::string store_path;
  std::string listen{"127.0.0.1:8080"};
  std::string certificate;  ///< PEM; with key: TLS
  std::string key;
  std::vector<std::string> proxies;  ///< addresses and networks that are believed
  OidcOptions oidc{};
  std::string tiles{};                 ///< address of map tiles with {z}, {x} and {y}; empty: none
  std::string tiles_attribution{};     ///< shown on the map with them
  std::string payments{"simulated"};   ///< simulated[:FAULTY] or an address
  std::string payments_secret;         ///< file with the word that it asks for
  std::string invoicing{"simulated"};  ///< simulated or an address
  std::string invoicing_secret;        ///< file with the word that it asks for
  std::string messages{"outbox"};      ///< outbox, or the address of a gateway
  std::string messages_secret;         ///< file with the word that it asks for
  std::string web;                     ///< folder of the page's files
  bool link{false};                    ///< print a one-time login link
  bool demo{false};                    ///< the same, and let the simulator post live
  bool json{false};  ///< say in one line of JSON where it listens; the log goes to standard error
};

struct BenchOptions {
  std::string name;
  std::string scratch;  ///< folder for its files
  bool json{false};
  // of routing alone
  std::string data{"../shared/data/routing"};
  std::string set;    ///< empty: all
  int instances{0};   ///< of each set; 0: all
  double seconds{0};  ///< of CPU time each; 0: the set's own
};

/// What main provides.
struct Doors {
  std::function<std::unique_ptr<store::Store>(const std::string& path, Open open)> open_store;
  app::VaultStores vaults;
  std::function<int(const ServeOptions&)> serve;
  std::function<int(const BenchOptions&)> bench;
  /// What issues invoices: simulated or an address, with the file of its secret word. bad_config.
  std::function<base::Result<std::unique_ptr<invoicing::Gateway>>(const std::string& address,
                                                                  const std::string& secret_file)>
      tax_platform;
  DeviceDoors devices;
};

[[nodiscard]] int run(int argc, const char* const* argv, const Doors& doors);

}  // namespace huan::cli
