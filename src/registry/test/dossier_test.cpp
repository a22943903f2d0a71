// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/dossier.hpp"

#include <gtest/gtest.h>

#include "huan/json/document.hpp"
#include "huan/registry/judged.hpp"

namespace huan::registry {
namespace {

template <class Parse>
auto parse_with(Parse parse, const std::string& text) {
  const auto document = json::Document::parse(text);
  EXPECT_TRUE(document) << text;
  return parse(document->root(), "/data");
}
auto dossier_of(const std::string& text) { return parse_with(parse_dossier, text); }

constexpr const char* kWhole =
    R"({"about":{"id":"130102","kind":"district"},"district":"130102","evidence":[{"day":"2025-03-01","source":"minutes 3"}],"fields":{"drawn":true,"names":["a","b"],"score_ppm":870000,"what":"x"},"from":"2025-01-01","note":"n","signatures":[{"by":"commerce","day":"2025-03-02","of":"00","role":"lead"}],"state":"open","title":"2025","to":"2025-12-31","type":"evaluation"})";

TEST(Dossier, IsWrittenAsItWasRead) {
  const auto read = dossier_of(kWhole);
  ASSERT_TRUE(read) << read.error().at << read.error().detail;
  EXPECT_EQ(to_json(*read), kWhole);
  EXPECT_EQ(std::get<std::int64_t>(read->fields.at("score_ppm")), 870'000);
}

TEST(Dossier, WhatIsNotOfItsFormIsRefused) {
  for (
      const char* wrong : {
          R"({"state":"open","type":"t"})",
          R"({"about":{"id":"x","kind":"city"},"type":"t"})",
          R"({"about":{"id":"x"},"state":"open","type":"t"})",
          R"({"about":{"id":"x","kind":"city"},"state":"open","type":"t","zzz":1})",
          R"({"about":{"id":"x","kind":"city"},"fields":{"a":{}},"state":"open","type":"t"})",
          R"({"about":{"id":"x","kind":"city"},"fields":{"a b":1},"state":"open","type":"t"})",
          R"({"about":{"id":"x","kind":"city"},"fields":{"phone":"1"},"state":"o","type":"t"})",
          R"({"about":{"id":"x","kind":"city"},"evidence":[{}],"state":"open","type":"t"})",
          R"({"about":{"id":"x","kind":"city"},"evidence":1,"state":"open","type":"t"})",
          R"({"about":{"id":"x","kind":"city"},"from":"2025-02-01","state":"o","to":"2025-01-01","type":"t"})",
      }) {
    EXPECT_FALSE(dossier_of(wrong)) << wrong;
  }
}

TEST(Dossier, WhatIsSignedIsTheContentAndNotTheState) {
  auto dossier = *dossier_of(kWhole);
  const std::string before = content_digest(dossier);
  dossier.state = "accepted";
  dossier.note = "";
  dossier.signatures.clear();
  EXPECT_EQ(content_digest(dossier), before);
  dossier.fields["score_ppm"] = std::int64_t{870'001};
  EXPECT_NE(content_digest(dossier), before);
}

TEST(Judged, IsWrittenAsItWasReadAndHeldToItsForm) {
  const std::string text =
      R"({"day":"2025-06-30","district":"130102","kind":"place","norms":[{"norm":"base.a4","since":"2025-03-01","verdict":"fail"}],"pack":"x","party":"E-1","subject":"S-1","version":"1"})";
  const auto read = parse_with(parse_judged, text);
  ASSERT_TRUE(read) << read.error().at;
  EXPECT_EQ(to_json(*read), text);
  for (
      const char* wrong :
      {R"({"kind":"place","norms":[],"pack":"x","subject":"S-1","version":"1"})",
       R"({"day":"2025-06-30","kind":"place","norms":[{"norm":"a","verdict":"guilty"}],"pack":"x","subject":"S-1","version":"1"})",
       R"({"day":"2025-06-30","kind":"planet","norms":[],"pack":"x","subject":"S-1","version":"1"})"}) {
    EXPECT_FALSE(parse_with(parse_judged, wrong)) << wrong;
  }
}

}  // namespace
}  // namespace huan::registry
