// SPDX-License-Identifier: Apache-2.0
#include "huan/base/error.hpp"

#include <array>

namespace huan::base {
namespace {

struct Row {
  std::string_view name, en, zh, advice_en, advice_zh;
};

constexpr auto kTable = std::to_array<Row>({
#define HUAN_ERROR(code, en, zh, advice_en, advice_zh) {#code, en, zh, advice_en, advice_zh},
#include "huan/base/error_table.inc"
#undef HUAN_ERROR
});

const Row& row(ErrorCode code) { return kTable.at(static_cast<std::size_t>(code)); }

}  // namespace

Error Error::within(std::string_view prefix) const& { return Error{*this}.within(prefix); }

Error Error::within(std::string_view prefix) && {
  at.insert(0, prefix);
  return std::move(*this);
}

std::string_view name(ErrorCode code) noexcept { return row(code).name; }

std::string_view message(ErrorCode code, Language language) noexcept {
  return language == Language::zh ? row(code).zh : row(code).en;
}

std::string_view advice(ErrorCode code, Language language) noexcept {
  return language == Language::zh ? row(code).advice_zh : row(code).advice_en;
}

std::string describe(const Error& error, Language language) {
  std::string line{name(error.code)};
  if (!error.at.empty()) {
    line.append(" ").append(error.at);
  }
  line.append(": ").append(message(error.code, language));
  if (!error.detail.empty()) {
    line.append(language == Language::zh ? "：" : ": ").append(error.detail);
  }
  line.append(language == Language::zh ? "。" : ". ").append(advice(error.code, language));
  return line;
}

}  // namespace huan::base
