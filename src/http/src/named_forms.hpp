// SPDX-License-Identifier: Apache-2.0
// Doors of the forms of the law with names (app/named_forms.hpp); the same forms without names are
// at the doors beside them.
#pragma once

#include <string>

#include "doors.hpp"
#include "huan/app/named_forms.hpp"

namespace huan::http {

/// For the asker, who says what for in `purpose`.
[[nodiscard]] Result<app::NamesOnForm> names_for(Context& context, const Request& request,
                                                 const app::Access& access, std::string city);

/// JSON, or CSV for `format=csv`; kept by nobody on the way.
[[nodiscard]] Result<Response> answer_form(const Request& request, const app::NamedForm& form);

void add_named_form_doors(Doors& doors);

}  // namespace huan::http
