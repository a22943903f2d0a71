// SPDX-License-Identifier: Apache-2.0
#include "huan/bins/message.hpp"

#include <algorithm>
#include <array>

#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::bins {
namespace {

using base::Error;
using base::ErrorCode;
using base::Mass;
using json::Value;

constexpr std::string_view kRoot = "huan/v1/";
constexpr std::int64_t kGramsMax = 100'000'000;  // 100 t: no bin holds more
constexpr std::size_t kDoorsMax = 64;
constexpr int kFull = 100;

/// The members of an object, each asked for once; what nobody asked for is refused.
class BinFields {
 public:
  explicit BinFields(Value object) : object_(object) {}
  std::optional<Value> find(std::string_view key) {
    const auto value = object_.find(key);
    seen_ += value ? 1 : 0;
    return value;
  }
  base::Result<std::string> name(std::string_view key, bool required) {
    const auto value = find(key);
    if (!value && !required) {
      return std::string{};
    }
    if (!value || !value->is_string() || !base::is_name(value->string(), base::kShortNameMax)) {
      return Error{ErrorCode::bad_text, at(key), "1 to 40 printable characters"};
    }
    return std::string{value->string()};
  }
  base::Result<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most) {
    const auto value = find(key);
    if (!value || !value->is_integer() || value->integer() < least || value->integer() > most) {
      return Error{ErrorCode::bad_number, at(key),
                   std::to_string(least) + " to " + std::to_string(most)};
    }
    return value->integer();
  }
  base::Result<bool> boolean(std::string_view key) {
    const auto value = find(key);
    if (!value || !value->is_boolean()) {
      return Error{ErrorCode::bad_field, at(key), "true or false"};
    }
    return value->boolean();
  }
  [[nodiscard]] base::Result<void> finish() const {
    if (seen_ != object_.size()) {
      return Error{ErrorCode::bad_field, "", "a field that is not known"};
    }
    return {};
  }

 private:
  static std::string at(std::string_view key) { return "/" + std::string{key}; }
  Value object_;
  std::size_t seen_{0};
};

base::Result<Deposit> parse_deposit(BinFields& fields) {
  HUAN_TRY(door, fields.name("door", true));
  HUAN_TRY(material, fields.name("material", true));
  HUAN_TRY(before, fields.integer("before_g", 0, kGramsMax));
  HUAN_TRY(after, fields.integer("after_g", before + 1, kGramsMax));
  HUAN_TRY(party, fields.name("party", false));
  return Deposit{std::move(door), std::move(material), Mass{before}, Mass{after}, std::move(party)};
}

base::Result<Status> parse_status(BinFields& fields) {
  const auto doors = fields.find("doors");
  if (!doors || !doors->is_array() || doors->size() > kDoorsMax) {
    return Error{ErrorCode::bad_field, "/doors", "a list of at most 64"};
  }
  Status status;
  status.doors.reserve(doors->size());
  for (const Value value : doors->elements()) {
    if (!value.is_object()) {
      return Error{ErrorCode::bad_field, "/doors", "objects are expected"};
    }
    BinFields one{value};
    HUAN_TRY(door, one.name("door", true));
    HUAN_TRY(percent, one.integer("fill_pct", 0, kFull));
    HUAN_CHECK(one.finish());
    status.doors.push_back({std::move(door), static_cast<int>(percent)});
  }
  return status;
}

base::Result<Fault> parse_fault(BinFields& fields) {
  HUAN_TRY(code, fields.name("code", true));
  HUAN_TRY(door, fields.name("door", false));
  HUAN_TRY(cleared, fields.boolean("cleared"));
  return Fault{std::move(code), std::move(door), cleared};
}

base::Result<Done> parse_done(BinFields& fields) {
  const auto command = fields.find("command");
  const auto id =
      command && command->is_string() ? base::Uuid::parse(command->string()) : std::nullopt;
  if (!id) {
    return Error{ErrorCode::bad_field, "/command", "the command's UUID"};
  }
  HUAN_TRY(ok, fields.boolean("ok"));
  return Done{*id, ok};
}

/// Reads what the topic's last word says into the message.
base::Result<void> parse_what(std::string_view word, BinFields& fields, Message& message) {
  if (word == "deposit") {
    HUAN_TRY(deposit, parse_deposit(fields));
    message.what = std::move(deposit);
  } else if (word == "status") {
    HUAN_TRY(status, parse_status(fields));
    message.what = std::move(status);
  } else if (word == "fault") {
    HUAN_TRY(fault, parse_fault(fields));
    message.what = std::move(fault);
  } else if (word == "done") {
    HUAN_TRY(done, parse_done(fields));
    message.what = done;
  } else if (word == "heartbeat") {
    message.what = Heartbeat{};
  } else {
    return Error{ErrorCode::bad_text, "topic", "not a topic of bins"};
  }
  return {};
}

}  // namespace

base::Result<Message> parse_message(std::string_view topic, std::string_view payload) {
  const auto up = topic.find("/up/");
  if (!topic.starts_with(kRoot) || up == std::string_view::npos || up < kRoot.size()) {
    return Error{ErrorCode::bad_text, "topic", "not a topic of bins"};
  }
  Message message;
  message.device = std::string{topic.substr(kRoot.size(), up - kRoot.size())};
  if (!base::is_name(message.device, base::kShortNameMax) ||
      message.device.find_first_of("/+#") != std::string::npos) {
    return Error{ErrorCode::bad_text, "topic", "not the id of a device"};
  }
  HUAN_TRY(document, json::Document::parse(payload, {.depth_max = 4, .text_max = kPayloadMax}));
  if (!document.root().is_object()) {
    return Error{ErrorCode::bad_field, "", "an object is expected"};
  }
  BinFields fields{document.root()};
  HUAN_TRY(seq, fields.integer("seq", 1, base::kIntegerMax));
  const auto at = fields.find("at");
  const auto time = at && at->is_string() ? base::parse_time(at->string()) : std::nullopt;
  if (!time) {
    return Error{ErrorCode::bad_time, "/at", "RFC 3339 with offset, whole seconds"};
  }
  message.seq = seq;
  message.at = *time;
  HUAN_CHECK(parse_what(topic.substr(up + 4), fields, message));
  HUAN_CHECK(fields.finish());
  return message;
}

std::string receive_event(const Message& message, const Deposit& deposit, const Bin& bin,
                          std::int64_t offset_s, const base::Uuid& id) {
  const std::int64_t mass = (deposit.after - deposit.before).count();
  std::string out;
  json::Writer w(out);
  w.begin_object().key("from").begin_object().member("origin", "household");
  if (!deposit.party.empty()) {
    w.member("party", deposit.party);
  }
  w.end_object().member("id", id.text()).key("outputs").begin_array().begin_object();
  w.member("lot", bin.code + "-" + std::to_string(message.seq));
  w.member("mass_g", mass).member("material", deposit.material).end_object().end_array();
  w.member("place", bin.place);
  w.member("time", base::format_time(base::Instant{message.at.s + offset_s}, 0));
  w.member("type", "receive").key("weighings").begin_array().begin_object();
  w.member("at", base::format_time(message.at, 0)).member("gross_g", deposit.after.count());
  w.member("scale", message.device).member("serial", std::to_string(message.seq));
  w.member("tare_g", deposit.before.count()).end_object().end_array().end_object();
  return out;
}

std::string open_command(const base::Uuid& command, std::string_view door) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("command", command.text()).member("door", door).end_object();
  return out;
}

std::string answer(std::int64_t seq, std::string_view status, std::string_view code) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  if (!code.empty()) {
    w.member("code", code);
  }
  w.member("seq", seq).member("status", status).end_object();
  return out;
}

}  // namespace huan::bins
