// SPDX-License-Identifier: Apache-2.0
// Dossiers from the shell: what the verbs that open, move and sign them share. Who has the file may
// bring a dossier anywhere that its table leads to.
#pragma once

#include <string>
#include <vector>

#include "huan/app/file_dossier.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/dossiers.hpp"
#include "oversight_options.hpp"

namespace huan::cli {

/// What is to be changed, as given on the command line; empty: stays as it is.
struct DossierChange {
  std::string key;  ///< empty: a new one of its own
  std::string type;
  std::string about;  ///< "kind:id"
  std::string district;
  std::string party;
  std::string title;
  std::string state;
  std::string from;
  std::string to;
  std::string note;
  std::vector<std::string> sets;      ///< "name=value"; a list's texts are parted by ;
  std::vector<std::string> evidence;  ///< sources
  std::string sign_as;
  std::string as{"operator"};  ///< who does it
};

/// The dossier on record with the change, or a new one. bad_field.
[[nodiscard]] base::Result<registry::Dossier> changed(
    const DossierChange& change, const std::vector<duties::DossierType>& types,
    const std::optional<app::FiledDossier>& before);

/// Records it and prints what became of it; the exit code.
int file_and_print(const Common& common, const Overseen& overseen, const DossierChange& change,
                   const registry::Dossier& dossier, std::int64_t based_on);

/// {"key":…,"version":…,"data":{…}}
void write_keyed(json::Writer& w, const oversight::KeyedDossier& keyed);

}  // namespace huan::cli
