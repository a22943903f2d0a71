// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "generator.hpp"

namespace huan::auditor {

template <class T>
const T& Generator::pick(const std::vector<T>& list) {
  return list.at(static_cast<std::size_t>(below(static_cast<std::int64_t>(list.size()))));
}

}  // namespace huan::auditor
