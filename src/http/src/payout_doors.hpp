// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "doors.hpp"

namespace huan::http {

void add_notice_doors(Doors& doors);
void add_payout_doors(Doors& doors);
void add_push_doors(Doors& doors);
void add_staff_notice_doors(Doors& doors);

}  // namespace huan::http
