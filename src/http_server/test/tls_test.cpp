// SPDX-License-Identifier: Apache-2.0
// TLS with a certificate made here.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>

#include "server_fixture.hpp"

namespace huan::http_server {
namespace {

using std::chrono::milliseconds;

template <auto Free>
struct Freeing {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freeing<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freeing<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, Freeing<SSL_free>>;
using File = std::unique_ptr<std::FILE, Freeing<std::fclose>>;

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    std::string pattern = (std::filesystem::temp_directory_path() / "huan-tls-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    auto* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(certificate.get(), name);
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    const File key_file(std::fopen(path("key.pem").c_str(), "w"));
    PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    const File certificate_file(std::fopen(path("cert.pem").c_str(), "w"));
    PEM_write_X509(certificate_file.get(), certificate.get());
  }

 public:
  ~TlsTest() override { std::filesystem::remove_all(directory_); }

 protected:
  [[nodiscard]] std::string path(const char* name) const { return directory_ + "/" + name; }

  void start(milliseconds handshake = milliseconds(5000)) {
    Router router;
    router.add("GET", "/secure", [](const Request& r) { return text(r.secure ? "yes" : "no"); });
    router.add("POST", "/size",
               [](const Request& r) { return text(std::to_string(r.body().size())); });
    ServerOptions options;
    options.tls = {path("cert.pem"), path("key.pem")};
    options.limits.handshake = handshake;
    server_ = std::move(Server::start(std::move(options), std::move(router), observer_)).value();
  }

  /// What comes back for these bytes over TLS, up to the end of the connection.
  std::string exchange(const std::string& bytes, int version_max = TLS1_3_VERSION) {
    const Context context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_max_proto_version(context.get(), version_max);
    SSL_CTX_set_security_level(context.get(), 0);
    RawClient client(server_->port());
    const Session session(SSL_new(context.get()));
    SSL_set_fd(session.get(), client.descriptor());
    if (SSL_connect(session.get()) != 1) {
      return "no handshake";
    }
    SSL_write(session.get(), bytes.data(), static_cast<int>(bytes.size()));
    std::string got;
    std::array<char, 4096> block{};
    for (;;) {
      const int size = SSL_read(session.get(), block.data(), static_cast<int>(block.size()));
      if (size <= 0) {
        return got;
      }
      got.append(block.data(), static_cast<std::size_t>(size));
    }
  }

  std::string directory_;
  Recording observer_;
  std::unique_ptr<Server> server_;
};

TEST_F(TlsTest, AnswersOverTls) {
  start();
  const std::string close = "Host: x\r\nConnection: close\r\n";
  const auto reply = exchange("GET /secure HTTP/1.1\r\n" + close + "\r\n");
  EXPECT_TRUE(reply.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(reply.ends_with("\r\n\r\nyes"));
  EXPECT_NE(reply.find("\r\nStrict-Transport-Security: max-age=31536000\r\n"), std::string::npos);
  const auto size = exchange("POST /size HTTP/1.1\r\n" + close + "Content-Length: 300000\r\n\r\n" +
                             std::string(300000, 'x'));
  EXPECT_TRUE(size.ends_with("\r\n\r\n300000"));
}

TEST_F(TlsTest, WatchesFramingUnderTlsToo) {
  start();
  EXPECT_TRUE(exchange("GET /secure HTTP/1.1\nHost: x\n\n").starts_with("HTTP/1.1 400 "));
}

TEST_F(TlsTest, SpeaksNoOldVersions) {
  start();
  EXPECT_EQ(exchange("", TLS1_1_VERSION), "no handshake");
  EXPECT_TRUE(
      exchange("GET /secure HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", TLS1_2_VERSION)
          .starts_with("HTTP/1.1 200"));
}

TEST_F(TlsTest, ThoseWhoNeverShakeHandsAreCutOff) {
  start(milliseconds(200));
  RawClient silent(server_->port());
  EXPECT_TRUE(silent.at_end());
  RawClient plain(server_->port());
  plain.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  plain.read_until("\r\n\r\n");
  EXPECT_TRUE(plain.at_end());
  EXPECT_TRUE(eventually([&] { return server_->stats().connections == 0; }));
}

}  // namespace
}  // namespace huan::http_server
