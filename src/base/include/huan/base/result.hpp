// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error, with the member names of std::expected (which libstdc++ 12 does
// not have in C++20), so that one day it can be an alias. Reading the wrong side is our bug and
// asserts.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "huan/base/assert.hpp"
#include "huan/base/error.hpp"

namespace huan::base {

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = Error;

  // NOLINTNEXTLINE(google-explicit-constructor): `return value;`
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  // NOLINTNEXTLINE(google-explicit-constructor): `return Error{…};`
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] T& value() & { return HUAN_ASSERT(has_value()), *std::get_if<0>(&state_); }
  [[nodiscard]] const T& value() const& {
    return HUAN_ASSERT(has_value()), *std::get_if<0>(&state_);
  }
  [[nodiscard]] T&& value() && {
    return HUAN_ASSERT(has_value()), std::move(*std::get_if<0>(&state_));
  }
  [[nodiscard]] Error& error() & { return HUAN_ASSERT(!has_value()), *std::get_if<1>(&state_); }
  [[nodiscard]] const Error& error() const& {
    return HUAN_ASSERT(!has_value()), *std::get_if<1>(&state_);
  }
  [[nodiscard]] Error&& error() && {
    return HUAN_ASSERT(!has_value()), std::move(*std::get_if<1>(&state_));
  }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  template <class U>
  [[nodiscard]] T value_or(U&& other) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(other));
  }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;
  using error_type = Error;

  Result() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): `return Error{…};`
  Result(Error error) : error_(std::move(error)) {}

  [[nodiscard]] bool has_value() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }
  [[nodiscard]] Error& error() & { return HUAN_ASSERT(error_.has_value()), *error_; }
  [[nodiscard]] const Error& error() const& { return HUAN_ASSERT(error_.has_value()), *error_; }
  [[nodiscard]] Error&& error() && { return HUAN_ASSERT(error_.has_value()), std::move(*error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace huan::base

/// `HUAN_TRY(lot, book.lot(id));` binds the value, or returns the error from the function it stands
/// in.
#define HUAN_TRY(variable, expression) \
  HUAN_TRY_IMPL(HUAN_TRY_NAME(huan_try_, __LINE__), variable, expression)
#define HUAN_TRY_NAME(a, b) HUAN_TRY_JOIN(a, b)
#define HUAN_TRY_JOIN(a, b) a##b
#define HUAN_TRY_IMPL(temporary, variable, expression) \
  auto temporary = (expression);                       \
  if (!temporary.has_value()) {                        \
    return std::move(temporary).error();               \
  }                                                    \
  auto variable = std::move(temporary).value()
/// `HUAN_CHECK(validate(x));` returns the error of a Result<void> from the function it stands in.
#define HUAN_CHECK(expression)                                         \
  do {                                                                 \
    if (auto huan_checked = (expression); !huan_checked.has_value()) { \
      return std::move(huan_checked).error();                          \
    }                                                                  \
  } while (false)
