// SPDX-License-Identifier: Apache-2.0
#include "huan/http_client/client.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

namespace huan::http_client {
namespace {

using base::Error;
using base::ErrorCode;

struct Incoming {
  Reply reply;
  std::size_t body_max;
  bool too_large{false};
};

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;

std::size_t take_body(char* data, std::size_t, std::size_t size, void* target) {
  auto& incoming = *static_cast<Incoming*>(target);
  if (incoming.reply.body.size() + size > incoming.body_max) {
    incoming.too_large = true;
    return 0;
  }
  incoming.reply.body.append(data, size);
  return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* target) {
  auto& incoming = *static_cast<Incoming*>(target);
  std::string_view line(data, size);
  while (line.ends_with('\n') || line.ends_with('\r')) {
    line.remove_suffix(1);
  }
  if (line.starts_with("HTTP/")) {
    incoming.reply.headers.clear();  // an interim response came before
  }
  const auto colon = line.find(':');
  if (colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    incoming.reply.headers.emplace_back(std::move(name), value);
  }
  return size;
}

bool has_line_break(std::string_view text) {
  return text.find_first_of("\r\n") != std::string_view::npos;
}

base::Result<List> header_list(const Call& call) {
  List list;
  const auto append = [&](const std::string& line) {
    auto* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) {
      throw std::bad_alloc();
    }
    static_cast<void>(list.release());
    list.reset(longer);
  };
  for (const auto& [name, value] : call.headers) {
    if (name.empty() || has_line_break(name) || has_line_break(value)) {
      return Error{ErrorCode::bad_field, "headers", name};
    }
    append(value.empty() ? name + ";" : name + ": " + value);
  }
  append("Expect:");  // our servers say 413 early; waiting for 100 costs a second elsewhere
  return list;
}

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

std::string_view Reply::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) {
      return value;
    }
  }
  return {};
}

struct Client::Handle {
  explicit Handle(Options chosen) : options(std::move(chosen)) {
    start_curl();
    curl = curl_easy_init();
    if (curl == nullptr) {
      throw std::runtime_error("cannot start the HTTP client");
    }
  }
  ~Handle() { curl_easy_cleanup(curl); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  void configure(const Call& call, Incoming& incoming, curl_slist* headers) const {
    curl_easy_reset(curl);  // keeps the connections
    curl_easy_setopt(curl, CURLOPT_URL, call.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TCP_NODELAY, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(options.total.count()));
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call.method.c_str());
    curl_easy_setopt(curl, CURLOPT_NOBODY, call.method == "HEAD" ? 1L : 0L);
    if (!call.body.empty() || call.method == "POST" || call.method == "PUT") {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDS,
                       call.body.data() == nullptr ? "" : call.body.data());
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(call.body.size()));
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &incoming);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, &incoming);
    if (!options.ca_file.empty()) {
      curl_easy_setopt(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    }
  }

  Options options;
  CURL* curl{nullptr};
};

Client::Client(Options options) : handle_(std::make_unique<Handle>(std::move(options))) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

base::Result<Reply> Client::send(const Call& call) {
  if (has_line_break(call.method) || call.method.empty()) {
    return Error{ErrorCode::bad_field, "method", call.method};
  }
  HUAN_TRY(headers, header_list(call));
  Incoming incoming{{}, handle_->options.body_max};
  handle_->configure(call, incoming, headers.get());
  const auto result = curl_easy_perform(handle_->curl);
  if (incoming.too_large) {
    return Error{ErrorCode::too_large, "", "answer of " + call.url};
  }
  if (result == CURLE_URL_MALFORMAT || result == CURLE_UNSUPPORTED_PROTOCOL) {
    return Error{ErrorCode::bad_field, "url", call.url};
  }
  if (result != CURLE_OK) {
    return Error{ErrorCode::unreachable, "", call.url + ": " + curl_easy_strerror(result)};
  }
  long status = 0;
  curl_easy_getinfo(handle_->curl, CURLINFO_RESPONSE_CODE, &status);
  incoming.reply.status = static_cast<int>(status);
  return std::move(incoming.reply);
}

}  // namespace huan::http_client
