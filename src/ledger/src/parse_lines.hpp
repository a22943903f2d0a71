// SPDX-License-Identifier: Apache-2.0
// The lines of events: outputs, inputs, acceptances, counts, settlement legs, weighings.
#pragma once

#include "huan/ledger/event.hpp"

namespace huan::ledger {

[[nodiscard]] base::Result<OutputLine> parse_output(json::Value value);
[[nodiscard]] base::Result<InputLine> parse_input(json::Value value);
[[nodiscard]] base::Result<AcceptLine> parse_accept(json::Value value);
[[nodiscard]] base::Result<CountLine> parse_count(json::Value value);
[[nodiscard]] base::Result<SettleLeg> parse_settle(json::Value value);
[[nodiscard]] base::Result<Weighing> parse_weighing(json::Value value);
[[nodiscard]] base::Result<Payment> parse_payment(json::Value value);

}  // namespace huan::ledger
