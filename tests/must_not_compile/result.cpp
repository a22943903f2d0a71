// SPDX-License-Identifier: Apache-2.0
// A Result is looked at before it is used, and never dropped.
#include "huan/base/result.hpp"

#include <string>

using huan::base::Error;
using huan::base::ErrorCode;
using huan::base::Result;

Result<int> number();
Result<void> done();

#ifdef CASE_0
Result<std::string> good() {
  HUAN_CHECK(done());
  HUAN_TRY(n, number());
  if (n < 0) {
    return Error{ErrorCode::bad_field, "/n", "negative"};
  }
  return std::string(static_cast<std::size_t>(n), 'x');
}
#endif
#ifdef CASE_1  // a Result dropped on the floor
void bad() { number(); }
#endif
#ifdef CASE_2  // a Result<void> too: it carries an error all the same
void bad() { done(); }
#endif
#ifdef CASE_3  // a Result is not its value
int bad() { return number(); }
#endif
#ifdef CASE_4  // a Result is not a flag to hand on
bool bad() { return done(); }
#endif
#ifdef CASE_5  // an error code alone is not an Error: it names no record
Result<int> bad() { return ErrorCode::bad_field; }
#endif
#ifdef CASE_6  // HUAN_TRY returns an Error, so the function must be able to
int bad() {
  HUAN_TRY(n, number());
  return n;
}
#endif
