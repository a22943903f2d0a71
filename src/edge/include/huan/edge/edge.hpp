// SPDX-License-Identifier: Apache-2.0
// The edge: a small program beside a scale. It reads the indicator, shows the weight to the station
// page on a loopback door, and keeps tickets on its disk until the server has answered for them.
//
// Guaranteed: a ticket that was answered 202 is on the disk and is sent, in order, until the server
// posts or refuses it, over restarts of either side; ids are made ahead by the page, so what is
// sent twice is posted once. A number of a weighing is given once. Not guaranteed: that a ticket is
// posted; what the server refuses stays listed with the reason. The doors stand in
// docs/devices.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "huan/base/result.hpp"
#include "huan/scales/decode.hpp"
#include "huan/scales/weighing.hpp"

namespace huan::edge {

struct IndicatorOptions {
  std::string line;  ///< tcp:HOST:PORT or serial:/dev/ttyS0@9600; empty: none
  scales::DecoderOptions decoder{};
  char ask{0};  ///< 'A'…'Z': command mode, asked five times a second; 0: it sends by itself
};

struct EdgeOptions {
  std::uint16_t port{0};  ///< of the loopback door; 0: any free one
  std::string folder;     ///< for the journal; made when missing
  std::string server;     ///< http(s)://…, without the path
  std::string token;
  std::string ca_file{};  ///< PEM; empty: the system's
  std::string scale;      ///< its id in the registry, for weighings[].scale
  std::string page{};     ///< origin of the station page; empty: the server's
  IndicatorOptions indicator{};
  IndicatorOptions second{};  ///< of the same platform
  scales::PlatformOptions platform{};
  scales::TareBand tare_band{};
};

class Edge {
 public:
  /// Listens and reads when it returns. Errors: bad_config (line, port, folder), bad_file (a
  /// journal that was altered).
  [[nodiscard]] static base::Result<std::unique_ptr<Edge>> start(const EdgeOptions& options);
  ~Edge();
  Edge(const Edge&) = delete;
  Edge& operator=(const Edge&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] std::size_t waiting() const;  ///< tickets without the server's answer

 private:
  struct Parts;
  explicit Edge(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace huan::edge
