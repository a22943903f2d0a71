// SPDX-License-Identifier: Apache-2.0
// The last step before the wire: compression, the header block, what HEAD and 204 leave out.
#pragma once

#include <string>

#include "huan/http_server/message.hpp"

namespace huan::http_server {

/// What the answer has to know of its request.
struct ReplyTerms {
  bool head_only{false};
  bool keep_alive{true};
  bool accepts_gzip{false};
  bool http_1_0{false};
  std::string request_id;
};

struct WireReply {
  std::string head;
  std::string body;
};

[[nodiscard]] WireReply finish(Response response, const ReplyTerms& terms,
                               std::size_t compress_min);
/// The header block of a response of unknown length (chunked; HTTP/1.0: until the end).
[[nodiscard]] std::string stream_head(const Response& response, const ReplyTerms& terms);
[[nodiscard]] std::string chunk(std::string_view piece);

}  // namespace huan::http_server
