// SPDX-License-Identifier: Apache-2.0
#include "huan/messages/messages.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "huan/http_server/server.hpp"

namespace huan::messages {
namespace {

using app::Sent;

TEST(Outbox, AddsLinesThatItsOwnerAloneReads) {
  std::string folder = (std::filesystem::temp_directory_path() / "huan-out-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/outbox";
  Outbox outbox(path);
  EXPECT_EQ(outbox.put("{\"n\":1}"), Sent::yes);
  EXPECT_EQ(outbox.put("{\"n\":2}"), Sent::yes);
  std::ifstream file(path);
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(text, "{\"n\":1}\n{\"n\":2}\n");
  struct stat status{};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(outbox.put("{}"), Sent::later) << "its folder is gone";
}

class Unwatched final : public http_server::ServerObserver {
 public:
  void answered(const http_server::Answered&) noexcept override {}
  void refused(int, std::string_view) noexcept override {}
  void handler_threw(std::string_view, std::string_view) noexcept override {}
};

TEST(HttpMessages, TellsWhatIsTakenFromWhatIsRefusedAndWhatMayComeAgain) {
  std::atomic<int> status{200};
  std::string seen;
  http_server::Router router;
  router.add("POST", "/messages", [&](const http_server::Request& request) {
    seen = std::string(request.body()) + " " +
           std::string(request.headers.find("Authorization").value_or(""));
    return http_server::json_response(status, "{}");
  });
  Unwatched nobody;
  auto server = std::move(http_server::Server::start({}, std::move(router), nobody)).value();
  HttpMessages messages("http://127.0.0.1:" + std::to_string(server->port()) + "/messages",
                        "secret-word");
  EXPECT_EQ(messages.put("{\"n\":1}"), Sent::yes);
  EXPECT_EQ(seen, "{\"n\":1} Bearer secret-word");
  for (const auto& [answer, meaning] : std::map<int, Sent>{{202, Sent::yes},
                                                           {400, Sent::never},
                                                           {422, Sent::never},
                                                           {401, Sent::later},
                                                           {429, Sent::later},
                                                           {302, Sent::later},
                                                           {503, Sent::later}}) {
    status = answer;
    EXPECT_EQ(messages.put("{}"), meaning) << answer;
  }
  server->stop(std::chrono::seconds(1));
  server.reset();
  EXPECT_EQ(messages.put("{}"), Sent::later) << "nobody is there";
}

}  // namespace
}  // namespace huan::messages
