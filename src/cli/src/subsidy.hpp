// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verb.hpp"

namespace huan::cli {

void add_buying(CLI::App& root, Common& common, Verb& verb);
void add_subsidy(CLI::App& root, Common& common, Verb& verb);

}  // namespace huan::cli
