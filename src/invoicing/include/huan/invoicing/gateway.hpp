// SPDX-License-Identifier: Apache-2.0
// Where invoices are really issued: a tax platform behind a port. A request has an id of its own
// that never changes, so that asking again issues nothing again; what became of one whose answer
// was lost is asked before it is sent anew. The simulated gateway issues nothing: its numbers are
// drawn from the id, begin with SIM and are the same whenever it is asked, and it can be told to
// fail.
//
//   const GatewayReply reply = deliver(gateway, {id, body}, attempts);
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace huan::invoicing {

/// What stands in the vault alone.
struct GatewaySeller {
  std::string name;  ///< empty: not known
  std::string id_number;
};
struct GatewayRequest {
  std::string id;    ///< "130100/INV-7"
  std::string body;  ///< the invoice, RFC 8785
  /// Asked for by a gateway that needs it, since each reading is recorded; nullopt: not readable.
  std::function<std::optional<GatewaySeller>()> seller{};
};

enum class GatewayAnswer : std::uint8_t {
  issued,
  refused,   ///< for good
  absent,    ///< of ask(): never seen
  no_answer  ///< not reached, or the answer was lost: whether it was issued is not known
};
struct GatewayReply {
  GatewayAnswer answer{GatewayAnswer::no_answer};
  std::string number;  ///< of `issued`
  std::string reason;  ///< of `refused`, `no_answer`; of a service: its code, or its own words
};

inline constexpr std::size_t kRefusalCodeMax = 40;    ///< bytes: a word without spaces
inline constexpr std::size_t kRefusalWordsMax = 200;  ///< characters
/// What a service says in words of its own, fit for the record: one line without characters that
/// act on a page or a terminal, cut to kRefusalWordsMax. No person stands on record: `name` and
/// runs of eleven digits (blanks and hyphens between them or not) are left out. Empty: no UTF-8.
[[nodiscard]] std::string foreign_words(std::string_view said, std::string_view name);

class Gateway {
 public:
  virtual ~Gateway() = default;
  /// What became of the request with this id.
  virtual GatewayReply ask(const std::string& id) = 0;
  /// The same id is issued once, however often it is sent.
  virtual GatewayReply issue(const GatewayRequest& request) = 0;
};

/// Sends it; what was sent before (`attempts` > 0) is asked about first. Never throws anything of
/// its own. A reason in words has gone through foreign_words(); where the seller's name cannot be
/// read to be left out, they are dropped.
[[nodiscard]] GatewayReply deliver(Gateway& gateway, const GatewayRequest& request,
                                   std::int64_t attempts);

/// Any thread.
class SimulatedGateway final : public Gateway {
 public:
  /// What goes wrong with the next requests.
  struct Faults {
    int down{0};     ///< so many are not reached
    int lost{0};     ///< then so many are issued, and the answer is lost
    int refused{0};  ///< then so many are refused
  };
  SimulatedGateway() = default;
  explicit SimulatedGateway(Faults faults) : faults_(faults) {}

  GatewayReply ask(const std::string& id) override;
  GatewayReply issue(const GatewayRequest& request) override;
  [[nodiscard]] std::size_t issued() const;

 private:
  mutable std::mutex mutex_;
  Faults faults_;
  std::set<std::string> issued_;
};

}  // namespace huan::invoicing
