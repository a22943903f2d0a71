// SPDX-License-Identifier: Apache-2.0
// What issues invoices in reverse, as the options say, and the thread that goes on with those about
// which it did not answer.
#pragma once

#include <memory>
#include <thread>

#include "huan/app/open_invoices.hpp"
#include "huan/cli/cli.hpp"

namespace huan {

/// `simulated` or an address, and the file of the word that it asks for. bad_config.
[[nodiscard]] base::Result<std::unique_ptr<invoicing::Gateway>> invoice_gateway(
    const std::string& given, const std::string& secret_file);

/// Until it is destroyed. All that is given outlives it.
[[nodiscard]] std::jthread go_on_with(const app::Invoices::Parts& parts, store::Store& store,
                                      app::OpenInvoices& open);

}  // namespace huan
