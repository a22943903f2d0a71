// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "huan/base/error.hpp"
#include "huan/base/result.hpp"

namespace huan::base {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) {
    return Error{ErrorCode::bad_number, "/n", "odd"};
  }
  return n / 2;
}

Result<int> quarter(int n) {
  HUAN_TRY(h, half(n));
  HUAN_TRY(q, half(h));
  return q;
}

TEST(Result, CarriesValueOrError) {
  EXPECT_EQ(*quarter(8), 2);
  ASSERT_FALSE(quarter(6).has_value());
  EXPECT_EQ(quarter(6).error().code, ErrorCode::bad_number);
}

TEST(Error, NamesThePlaceFromOutsideIn) {
  EXPECT_EQ(half(1).error().within("/events/3").at, "/events/3/n");
}

TEST(Error, SpeaksBothLanguagesAndSaysWhatToDo) {
  const Error error{ErrorCode::unknown_lot, "/inputs/0/lot", "L-7"};
  EXPECT_EQ(describe(error, Language::en),
            "unknown_lot /inputs/0/lot: lot is not on record at this place: L-7. check the lot's "
            "id and where it stands");
  EXPECT_EQ(describe(error, Language::zh),
            "unknown_lot /inputs/0/lot: 该网点没有此批次：L-7。请核对批次编号及所在网点");
}

}  // namespace
}  // namespace huan::base
