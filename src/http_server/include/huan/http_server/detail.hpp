// SPDX-License-Identifier: Apache-2.0
// What an error or a doubt says beside its code, in the reader's language. The engines write it
// once, in English, from a set of sentences with names and numbers in them; here each sentence has
// its Chinese form, with the same names and numbers. What is no such sentence (an id, a number, a
// list of allowed words) is shown as it is.
//
//   detail_text("L-7: 100 g there, 200 g asked", Language::zh)   // "L-7：现有 100 克，需要 200 克"
#pragma once

#include <string>
#include <string_view>

#include "huan/base/error.hpp"

namespace huan::http_server {

[[nodiscard]] std::string detail_text(std::string_view detail, base::Language language);

}  // namespace huan::http_server
