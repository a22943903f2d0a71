// SPDX-License-Identifier: Apache-2.0
#include "names.hpp"

#include <gtest/gtest.h>

namespace huan::tidy {
namespace {

TEST(FileNames, OfTheProjectSaySomething) {
  const Complaints found = file_names(project());
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(FileNames, ThatSayNothingAreFound) {
  EXPECT_EQ(file_names(tree_of({{"src/string_utils.hpp", ""},
                                {"src/LotBook.cpp", ""},
                                {"src/lot_book.cpp", ""}}))
                .size(),
            2U);
  EXPECT_EQ(
      file_names(tree_of({{"web/src/StoreManager.vue", ""}, {"web/src/store-manager.ts", ""}}))
          .size(),
      1U);
}

TEST(Documents, NameWhatExists) {
  const Complaints found = dead_references(project());
  EXPECT_TRUE(found.empty()) << text_of(found);
}

TEST(Documents, ThatNameWhatDoesNotExistAreFound) {
  const auto found = [](const std::string& text) {
    return dead_references(
               tree_of({{"docs/a.md", text}, {"src/x.cpp", ""}, {"Makefile", "all:\nrun: all\n"}}))
        .size();
  };
  EXPECT_EQ(found("`src/x.cpp`, `src/`, `make run`, [x](../src/x.cpp#top), [a](a.md), `build/y`, "
                  "`and/or`\n"),
            0U);
  EXPECT_EQ(found("`src/y.cpp` and `docs/b.md`\n"), 2U);
  EXPECT_EQ(found("`make tea`\n"), 1U);
  EXPECT_EQ(found("[b](b.md) [site](https://example.org)\n"), 1U);
}

}  // namespace
}  // namespace huan::tidy
