// SPDX-License-Identifier: Apache-2.0
#include "figures.hpp"

#include <fmt/format.h>

#include <iterator>

namespace huan::http {
namespace {

constexpr std::array<double, 11> kBounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                         0.05,   0.1,   0.25,   1,     5};

void head(std::string& out, std::string_view name, std::string_view help, std::string_view type) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
}

std::string labels(const std::pair<std::string, std::string>& key) {
  // Methods are tokens and patterns our own: neither holds a quote or a backslash.
  return fmt::format("method=\"{}\",route=\"{}\"", key.first, key.second);
}

}  // namespace

void Figures::answered(const http_server::Answered& exchange) noexcept try {
  const double seconds = static_cast<double>(exchange.duration.count()) / 1e6;
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && seconds > kBounds[bucket]) {
    ++bucket;
  }
  // What matched no route may have any method: one label for all, so that nobody can fill memory.
  const bool known = !exchange.route.empty();
  const std::lock_guard lock(mutex_);
  auto& route = routes_[{known ? std::string(exchange.method) : "other",
                         known ? std::string(exchange.route) : "none"}];
  ++route.by_status[exchange.status];
  ++route.buckets[bucket];
  ++route.count;
  route.seconds += seconds;
  route.bytes_in += exchange.bytes_in;
  route.bytes_out += exchange.bytes_out;
} catch (...) {
  // Out of memory: a figure is lost, the answer is not.
}

void Figures::refused(int status, std::string_view) noexcept try {
  const std::lock_guard lock(mutex_);
  ++refused_[status];
} catch (...) {
}

void Figures::handler_threw(std::string_view, std::string_view) noexcept {
  const std::lock_guard lock(mutex_);
  ++thrown_;
}

void Figures::write(std::string& out) const {
  const std::lock_guard lock(mutex_);
  write_counts(out);
  write_durations(out);
  head(out, "huan_http_refused_total", "Requests refused before any handler, by status.",
       "counter");
  for (const auto& [status, count] : refused_) {
    fmt::format_to(std::back_inserter(out), "huan_http_refused_total{{status=\"{}\"}} {}\n", status,
                   count);
  }
  write_counter(out, "huan_http_handler_failures_total", "Handlers that threw.",
                static_cast<double>(thrown_));
}

void Figures::write_counts(std::string& out) const {
  auto to = std::back_inserter(out);
  head(out, "huan_http_requests_total", "Answered requests.", "counter");
  for (const auto& [key, route] : routes_) {
    for (const auto& [status, count] : route.by_status) {
      fmt::format_to(to, "huan_http_requests_total{{{},status=\"{}\"}} {}\n", labels(key), status,
                     count);
    }
  }
  head(out, "huan_http_received_bytes_total", "Bytes of request bodies.", "counter");
  for (const auto& [key, route] : routes_) {
    fmt::format_to(to, "huan_http_received_bytes_total{{{}}} {}\n", labels(key), route.bytes_in);
  }
  head(out, "huan_http_sent_bytes_total", "Bytes of responses.", "counter");
  for (const auto& [key, route] : routes_) {
    fmt::format_to(to, "huan_http_sent_bytes_total{{{}}} {}\n", labels(key), route.bytes_out);
  }
}

void Figures::write_durations(std::string& out) const {
  auto to = std::back_inserter(out);
  head(out, "huan_http_request_seconds", "From the whole request read to its answer.", "histogram");
  for (const auto& [key, route] : routes_) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      sum += route.buckets[i];
      fmt::format_to(to, "huan_http_request_seconds_bucket{{{},le=\"{}\"}} {}\n", labels(key),
                     kBounds[i], sum);
    }
    fmt::format_to(to, "huan_http_request_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels(key),
                   route.count);
    fmt::format_to(to, "huan_http_request_seconds_sum{{{}}} {}\n", labels(key), route.seconds);
    fmt::format_to(to, "huan_http_request_seconds_count{{{}}} {}\n", labels(key), route.count);
  }
}

void write_gauge(std::string& out, std::string_view name, std::string_view help, double value) {
  head(out, name, help, "gauge");
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

void write_counter(std::string& out, std::string_view name, std::string_view help, double value) {
  head(out, name, help, "counter");
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

}  // namespace huan::http
