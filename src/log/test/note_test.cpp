// SPDX-License-Identifier: Apache-2.0
#include "huan/log/note.hpp"

#include <gtest/gtest.h>

#include <array>

namespace huan::log {
namespace {

// The example in the documentation of Go's package golang.org/x/mod/sumdb/note.
constexpr std::string_view kPrivate =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view kPublic =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kText =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your "
    "problem is.\n";
constexpr std::string_view kSignature =
    "\n— PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

std::string signers(std::string_view note, std::span<const Verifier> known) {
  const auto opened = open_note(note, known);
  if (!opened.has_value()) {
    return std::string(base::name(opened.error().code));
  }
  std::string names;
  for (const std::string& name : opened->signers) {
    names += name + " ";
  }
  return names;
}

TEST(Note, IsTheOneThatOtherToolsWrite) {
  const auto signer = Signer::parse(std::string(kPrivate) + "\n");
  ASSERT_TRUE(signer.has_value()) << signer.error().detail;
  EXPECT_EQ(signer->private_text(), kPrivate);
  EXPECT_EQ(signer->verifier().text(), kPublic);
  const std::string note = signer->sign(kText);
  EXPECT_EQ(note, std::string(kText) + std::string(kSignature));
  const auto verifier = Verifier::parse(kPublic);
  ASSERT_TRUE(verifier.has_value());
  const auto opened = open_note(note, std::span(&*verifier, 1));
  ASSERT_TRUE(opened.has_value()) << opened.error().detail;
  EXPECT_EQ(opened->text, kText);
  EXPECT_EQ(opened->signers, std::vector<std::string>{"PeterNeumann"});
}

TEST(Note, FindsAnyChange) {
  const auto signer = Signer::generate("huan.test/130100");
  ASSERT_TRUE(signer.has_value());
  const Verifier verifier = signer->verifier();
  const std::string note = signer->sign("origin\n1\nroot\n");
  EXPECT_EQ(signers(note, std::span(&verifier, 1)), "huan.test/130100 ");
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string changed = note;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_EQ(signers(changed, std::span(&verifier, 1)), "bad_checkpoint") << i;
    EXPECT_EQ(signers(note.substr(0, i), std::span(&verifier, 1)), "bad_checkpoint") << i;
  }
}

TEST(Note, PassesOverUnknownSignersOnly) {
  const auto city = Signer::generate("huan.test/130100");
  const auto witness = Signer::generate("witness.test");
  const auto stranger = Signer::generate("witness.test");
  const std::string text = "text\n\nwith an empty line\n";
  const std::string note = city->sign(text) + witness->sign(text).substr(text.size() + 1);
  const std::array known{city->verifier(), witness->verifier()};
  EXPECT_EQ(signers(note, known), "huan.test/130100 witness.test ");
  EXPECT_EQ(signers(note, std::span(known).first(1)), "huan.test/130100 ");
  EXPECT_EQ(signers(note, std::span(known).last(1)), "witness.test ");
  const std::array others{stranger->verifier()};
  EXPECT_EQ(signers(note, others), "bad_checkpoint");
  EXPECT_EQ(signers(note, {}), "bad_checkpoint");
  // A known key's wrong signature is not outweighed by another's right one.
  const std::string forged = city->sign(text) + witness->sign("other\n").substr(7);
  EXPECT_EQ(signers(forged, known), "bad_checkpoint");
}

TEST(Note, RefusesWhatIsNotANote) {
  const auto verifier = Verifier::parse(kPublic);
  const std::string note = std::string(kText) + std::string(kSignature);
  const std::string line(kSignature.substr(1));
  std::string many = note;
  for (int i = 0; i < 100; ++i) {
    many += line;
  }
  for (const std::string& bad :
       {std::string(), std::string("\n\n"), std::string(kText), std::string(kText) + "\n",
        note + "x", note + "\n", note.substr(0, note.size() - 1), "a\tb" + note, "\xFF" + note,
        note + "— x\n", note + "— x !!!!\n", note + "— a+b x08g\n",
        note + "- PeterNeumann x08go/ZJ\n", note + "— PeterNeumann x08g\n", many,
        std::string(kNoteMax, 'a') + note}) {
    EXPECT_EQ(signers(bad, std::span(&*verifier, 1)), "bad_checkpoint") << bad.substr(0, 200);
  }
  EXPECT_EQ(signers(note + line, std::span(&*verifier, 1)), "PeterNeumann ");
}

TEST(Key, RefusesWhatIsNotOne) {
  for (const std::string_view text :
       {"", "PeterNeumann", "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc"}) {
    EXPECT_FALSE(Verifier::parse(text).has_value()) << text;
    EXPECT_FALSE(Signer::parse(text).has_value()) << text;
    EXPECT_FALSE(Signer::parse("PRIVATE+KEY+" + std::string(text)).has_value()) << text;
  }
  EXPECT_FALSE(Verifier::parse(kPrivate).has_value());
  for (const std::string_view name :
       {"", "a b", "a+b", "a\nb", "a\u3000b", "a\u00A0", "\x7F", "\xFF"}) {
    EXPECT_FALSE(is_key_name(name)) << name;
    EXPECT_FALSE(Signer::generate(std::string(name)).has_value());
  }
  EXPECT_TRUE(is_key_name("石家庄/130100"));
}

TEST(Key, ServesUnderSeveralNames) {
  const auto server = Signer::generate("huan.test");
  const auto city = server->renamed("huan.test/130100");
  ASSERT_TRUE(city.has_value());
  EXPECT_EQ(city->verifier().key, server->verifier().key);
  EXPECT_NE(key_id(city->name(), city->verifier().key),
            key_id(server->name(), server->verifier().key));
  EXPECT_EQ(Signer::parse(city->private_text())->verifier().text(), city->verifier().text());
  EXPECT_FALSE(server->renamed("a b").has_value());
}

}  // namespace
}  // namespace huan::log
