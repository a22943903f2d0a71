// SPDX-License-Identifier: Apache-2.0
#include "huan/app/outcome.hpp"

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::app {

std::string_view name(Status status) {
  switch (status) {
    case Status::posted:
      return "posted";
    case Status::duplicate:
      return "duplicate";
    case Status::refused:
      break;
  }
  return "refused";
}

PreparedEvent prepare(std::string_view text) {
  PreparedEvent prepared;
  auto document = json::Document::parse(text);
  if (!document) {
    prepared.event = std::move(document).error();
    return prepared;
  }
  const json::Value root = document->root();
  if (root.is_object()) {
    if (const auto id = root.find("id"); id && id->is_string()) {
      prepared.id = id->string();
    }
  }
  prepared.event = ledger::parse_event(root);
  if (prepared.event) {
    prepared.time = root.find("time")->string();
    prepared.canonical = json::canonical(root);
  }
  return prepared;
}

void Counts::add(Status status) {
  switch (status) {
    case Status::posted:
      ++posted;
      break;
    case Status::duplicate:
      ++duplicate;
      break;
    case Status::refused:
      ++refused;
      break;
  }
}

}  // namespace huan::app
