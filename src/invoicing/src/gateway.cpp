// SPDX-License-Identifier: Apache-2.0
#include "huan/invoicing/gateway.hpp"

#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"

namespace huan::invoicing {
namespace {

constexpr std::size_t kNumberDigits = 17;

std::string simulated_number(const std::string& id) {
  return "SIM" + crypto::hex(crypto::sha256("invoice " + id)).substr(0, kNumberDigits);
}

bool takes(int& left) {
  if (left == 0) {
    return false;
  }
  --left;
  return true;
}

constexpr std::string_view kLeftOut = "●";
constexpr std::size_t kDigitsLeftOut = 11;  // phones, accounts and identity numbers have as many

std::vector<std::string_view> characters_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    out.push_back(text.substr(i, size));
    i += size;
  }
  return out;
}

/// In either width.
bool is_digit(std::string_view c) {
  return (c.size() == 1 && c[0] >= '0' && c[0] <= '9') || (c >= "０" && c <= "９" && c.size() == 3);
}

bool is_blank(std::string_view c) {
  return c == " " || c == "\t" || c == "\n" || c == "\r" || c == "\u00A0" || c == "\u2028" ||
         c == "\u2029" || c == "\u3000";
}

/// Commands of a terminal, and what turns the direction of a line or is not seen in it.
bool acts(std::string_view c) {
  const bool control = c.size() == 1 && !is_blank(c) && (c[0] < ' ' || c[0] == 0x7F);
  const bool upper_control = c.size() == 2 && c >= "\u0080" && c < "\u00A0";
  const auto within = [&](std::string_view first, std::string_view last) {
    return c.size() == 3 && c >= first && c <= last;
  };
  return control || upper_control || c == "\u00AD" || c == "\u061C" || within("\u200B", "\u200F") ||
         within("\u202A", "\u202E") || within("\u2060", "\u206F") || c == "\uFEFF" ||
         (c.size() == 4 && c[0] == '\xF3');
}

/// How many characters from here are a number of somebody's; 0: none is.
std::size_t number_at(const std::vector<std::string_view>& all, std::size_t from) {
  std::size_t digits = 0;
  std::size_t end = from;
  for (std::size_t i = from; i < all.size(); ++i) {
    if (is_digit(all[i])) {
      ++digits;
      end = i + 1;
    } else if (i == from || !(is_blank(all[i]) || all[i] == "-" || acts(all[i]))) {
      break;
    }
  }
  const bool checked = end < all.size() && (all[end] == "X" || all[end] == "x");
  return digits >= kDigitsLeftOut ? end - from + (checked ? 1 : 0) : 0;
}

std::string without(std::string_view said, std::string_view name) {
  std::string out(said);
  for (auto at = out.find(name); !name.empty() && at != std::string::npos;
       at = out.find(name, at)) {
    out.replace(at, name.size(), kLeftOut);
    at += kLeftOut.size();
  }
  return out;
}

}  // namespace

std::string foreign_words(std::string_view said, std::string_view name) {
  if (!base::is_clean_utf8(said)) {
    return {};
  }
  std::string out;
  std::size_t characters = 0;
  const std::string nameless = without(said, name);
  const std::vector<std::string_view> all = characters_of(nameless);
  for (std::size_t i = 0; i < all.size() && characters < kRefusalWordsMax;) {
    const std::size_t number = number_at(all, i);
    if (number == 0 && acts(all[i])) {
      ++i;
      continue;
    }
    const std::string_view one = number > 0 ? kLeftOut : is_blank(all[i]) ? " " : all[i];
    i += number > 0 ? number : 1;
    if (one != " " || (!out.empty() && out.back() != ' ')) {
      out += one;
      ++characters;
    }
  }
  while (out.ends_with(' ')) {
    out.pop_back();
  }
  return out;
}

namespace {

GatewayReply sent(Gateway& gateway, const GatewayRequest& request, std::int64_t attempts) {
  if (attempts > 0) {
    GatewayReply before = gateway.ask(request.id);
    if (before.answer != GatewayAnswer::absent) {
      return before;
    }
  }
  return gateway.issue(request);
}

}  // namespace

GatewayReply deliver(Gateway& gateway, const GatewayRequest& request, std::int64_t attempts) {
  GatewayReply reply = sent(gateway, request, attempts);
  if (reply.answer == GatewayAnswer::refused && !reply.reason.empty() &&
      !base::is_name(reply.reason, kRefusalCodeMax)) {
    const auto seller = request.seller ? request.seller() : std::optional(GatewaySeller{});
    reply.reason = seller ? foreign_words(reply.reason, seller->name) : std::string();
  }
  return reply;
}

std::size_t SimulatedGateway::issued() const {
  const std::lock_guard lock(mutex_);
  return issued_.size();
}

GatewayReply SimulatedGateway::ask(const std::string& id) {
  const std::lock_guard lock(mutex_);
  if (takes(faults_.down)) {
    return {GatewayAnswer::no_answer, "", "the simulated gateway is down"};
  }
  if (!issued_.contains(id)) {
    return {GatewayAnswer::absent, "", ""};
  }
  return {GatewayAnswer::issued, simulated_number(id), ""};
}

GatewayReply SimulatedGateway::issue(const GatewayRequest& request) {
  const std::lock_guard lock(mutex_);
  if (takes(faults_.down)) {
    return {GatewayAnswer::no_answer, "", "the simulated gateway is down"};
  }
  if (takes(faults_.lost)) {
    issued_.insert(request.id);
    return {GatewayAnswer::no_answer, "", "the simulated gateway's answer was lost"};
  }
  if (takes(faults_.refused)) {
    return {GatewayAnswer::refused, "", "the simulated gateway refuses it"};
  }
  issued_.insert(request.id);
  return {GatewayAnswer::issued, simulated_number(request.id), ""};
}

}  // namespace huan::invoicing
