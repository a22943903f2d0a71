// SPDX-License-Identifier: Apache-2.0
// What is audited: something that takes events as JSON text and can say what it holds.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model.hpp"

namespace huan::auditor {

class Subject {
 public:
  virtual ~Subject() = default;
  /// One reply an event. Not `each`: if one is refused, nothing of the batch is kept.
  virtual std::vector<Reply> post(const std::vector<std::string>& texts, bool each,
                                  std::int64_t now) = 0;
  /// In the words of Model::dump().
  virtual Dump dump() = 0;
  /// What the subject itself finds broken (legs that do not sum to zero, …); empty when sound.
  virtual std::string broken() = 0;
};

using MakeSubject = std::function<std::unique_ptr<Subject>(const World&)>;

}  // namespace huan::auditor
