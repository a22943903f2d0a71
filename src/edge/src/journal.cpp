// SPDX-License-Identifier: Apache-2.0
#include "journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "huan/crypto/digest.hpp"
#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::edge {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kDigestDigits = 32;
constexpr std::size_t kTaresOfVehicle = 8;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

std::string line_of(const std::string& json) {
  return crypto::hex(crypto::sha256(json)).substr(0, kDigestDigits) + ' ' + json + '\n';
}

/// The JSON of a line; nullopt when it is not whole.
std::optional<std::string_view> json_of(std::string_view line) {
  if (line.size() <= kDigestDigits + 1 || line[kDigestDigits] != ' ') {
    return std::nullopt;
  }
  const std::string_view json = line.substr(kDigestDigits + 1);
  const std::string digest = crypto::hex(crypto::sha256(json));
  return line.substr(0, kDigestDigits) == std::string_view{digest}.substr(0, kDigestDigits)
             ? std::optional{json}
             : std::nullopt;
}

std::string text_of(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  return value && value->is_string() ? std::string{value->string()} : std::string{};
}

std::int64_t integer_of(json::Value object, std::string_view key) {
  const auto value = object.find(key);
  return value && value->is_integer() ? value->integer() : 0;
}

std::string ticket_json(const std::string& id, const std::string& event) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("event").raw(event).member("ticket", id).end_object();
  return out;
}

/// With the event's digest: once the file is made shorter, that is all that is left of it.
std::string answer_json(const std::string& id, const Answer& answer, const std::string& digest) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("answer", id).member("code", answer.code).member("digest", digest);
  w.member("message", answer.message).member("status", answer.status).end_object();
  return out;
}

std::string weighed_json(const Weighed& weighed) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("as", weighed.as).member("mass_g", weighed.mass.count());
  w.member("serial", weighed.serial).member("vehicle", weighed.vehicle).end_object();
  return out;
}

std::string read_whole(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

void write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno != EINTR) {
      fail("journal");
    }
    bytes.remove_prefix(n > 0 ? static_cast<std::size_t>(n) : 0);
  }
}

void sync_folder(const std::string& path) {
  const std::string folder = std::filesystem::path{path}.parent_path().string();
  const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (handle < 0) {
    fail(folder);
  }
  const int synced = ::fsync(handle);
  ::close(handle);
  if (synced != 0) {
    fail(folder);
  }
}

}  // namespace

base::Result<std::unique_ptr<Journal>> Journal::open(const std::string& folder, Limits limits) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const std::string path = (std::filesystem::path{folder} / "tickets.journal").string();
  std::unique_ptr<Journal> journal{new Journal{path, limits}};
  journal->file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0600);
  if (journal->file_ < 0) {
    return Error{ErrorCode::bad_config, "--folder", path + ": " + std::strerror(errno)};
  }
  if (::flock(journal->file_, LOCK_EX | LOCK_NB) != 0) {
    return Error{ErrorCode::bad_config, "--folder", path + " is in use by another process"};
  }
  HUAN_CHECK(journal->load());
  sync_folder(path);
  if (static_cast<std::size_t>(journal->size_) > limits.compact_above) {
    journal->compact();
  }
  return journal;
}

Journal::~Journal() {
  if (file_ >= 0) {
    ::close(file_);
  }
}

base::Result<void> Journal::load() {
  const std::string text = read_whole(path_);
  std::size_t at = 0;
  for (std::size_t number = 1; at < text.size(); ++number) {
    const auto end = text.find('\n', at);
    if (end == std::string::npos) {
      break;  // torn
    }
    const auto json = json_of(std::string_view{text}.substr(at, end - at));
    const auto document = json ? json::Document::parse(*json, json::kStored)
                               : base::Result<json::Document>{Error{ErrorCode::bad_file, "", ""}};
    if (!document && end + 1 == text.size()) {
      break;  // torn in the middle: its end was written before the rest
    }
    if (!document || !apply(document->root())) {
      return Error{ErrorCode::bad_file, path_ + " line " + std::to_string(number),
                   "was altered: set the file aside and look at it before going on"};
    }
    at = end + 1;
  }
  if (at < text.size() && ::ftruncate(file_, static_cast<off_t>(at)) != 0) {
    fail(path_);
  }
  size_ = static_cast<std::int64_t>(at);
  return {};
}

base::Result<void> Journal::apply(json::Value line) {
  if (!line.is_object()) {
    return Error{ErrorCode::bad_file, "", ""};
  }
  if (const auto event = line.find("event")) {
    apply_ticket(text_of(line, "ticket"), json::canonical(*event));
  } else if (line.find("answer")) {
    const std::string id = text_of(line, "answer");
    if (!tickets_.contains(id)) {
      apply_ticket(id, "");
      tickets_.find(id)->second.digest = text_of(line, "digest");
    }
    apply_answer(id, {text_of(line, "status"), text_of(line, "code"), text_of(line, "message")});
  } else {
    serial_ = std::max(serial_, integer_of(line, "serial"));
    if (text_of(line, "as") == "tare") {
      apply_tare(text_of(line, "vehicle"), base::Mass{integer_of(line, "mass_g")});
    }
  }
  return {};
}

void Journal::apply_ticket(const std::string& id, std::string event) {
  Kept kept;
  kept.digest = crypto::hex(crypto::sha256(event));
  kept.place = next_++;
  waiting_bytes_ += event.size();
  kept.event = std::move(event);
  waiting_.emplace(kept.place, id);
  tickets_.insert_or_assign(id, std::move(kept));
}

void Journal::apply_answer(const std::string& id, Answer answer) {
  const auto found = tickets_.find(id);
  if (found == tickets_.end() || found->second.answer) {
    return;
  }
  Kept& kept = found->second;
  waiting_.erase(kept.place);
  waiting_bytes_ -= kept.event.size();
  kept.event = std::string{};
  kept.answer = std::move(answer);
  kept.place = next_++;
  answered_.emplace(kept.place, id);
  if (answered_.size() > limits_.answered_max) {
    tickets_.erase(answered_.begin()->second);
    answered_.erase(answered_.begin());
  }
}

void Journal::apply_tare(const std::string& vehicle, base::Mass mass) {
  if (vehicle.empty() || (tares_.size() >= limits_.vehicles_max && !tares_.contains(vehicle))) {
    return;
  }
  auto& tares = tares_[vehicle];
  tares.push_back(mass);
  if (tares.size() > kTaresOfVehicle) {
    tares.erase(tares.begin());
  }
}

/// What was written in part is taken back; where even that fails, nothing is added any more.
void Journal::append(const std::string& lines) {
  if (broken_) {
    errno = EIO;
    fail(path_);
  }
  try {
    write_all(file_, lines);
    if (::fdatasync(file_) != 0) {
      fail(path_);
    }
  } catch (...) {
    broken_ = ::ftruncate(file_, static_cast<off_t>(size_)) != 0 || ::fdatasync(file_) != 0;
    throw;
  }
  size_ += static_cast<std::int64_t>(lines.size());
}

void Journal::compact() {
  const std::string path = path_ + ".next";
  const int next = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_APPEND, 0600);
  if (next < 0 || ::flock(next, LOCK_EX | LOCK_NB) != 0) {
    fail(path);
  }
  std::string text;
  for (const auto& [place, id] : answered_) {
    const Kept& kept = tickets_.find(id)->second;
    text += line_of(answer_json(id, *kept.answer, kept.digest));
  }
  for (const auto& [place, id] : waiting_) {
    text += line_of(ticket_json(id, tickets_.find(id)->second.event));
  }
  for (const auto& [vehicle, tares] : tares_) {
    for (const base::Mass tare : tares) {
      text += line_of(weighed_json({serial_, tare, "tare", vehicle}));
    }
  }
  text += line_of(weighed_json({serial_, base::Mass{}, "last", ""}));
  write_all(next, text);
  if (::fsync(next) != 0 || ::rename(path.c_str(), path_.c_str()) != 0) {
    fail(path);
  }
  sync_folder(path_);
  ::close(file_);
  file_ = next;
  size_ = static_cast<std::int64_t>(text.size());
}

std::optional<base::Result<Ticket>> Journal::known(const std::string& id,
                                                   const std::string& event) const {
  if (const auto found = tickets_.find(id); found != tickets_.end()) {
    if (found->second.digest != crypto::hex(crypto::sha256(event))) {
      return Error{ErrorCode::id_conflict, "/id", id};
    }
    return Ticket{id, found->second.answer};
  }
  if (waiting_.size() >= limits_.waiting_max || waiting_bytes_ + event.size() > limits_.bytes_max) {
    return Error{ErrorCode::overloaded, "", "too many tickets wait for the server"};
  }
  return std::nullopt;
}

base::Result<Ticket> Journal::keep(const base::Uuid& id, const std::string& event) {
  return keep_all({{id, event}}).front();
}

std::vector<base::Result<Ticket>> Journal::keep_all(
    const std::vector<std::pair<base::Uuid, std::string>>& events) {
  const std::scoped_lock lock(mutex_);
  std::string lines;
  std::map<std::string, const std::string*> fresh;
  for (const auto& [id, event] : events) {
    if (!known(id.text(), event) && fresh.emplace(id.text(), &event).second) {
      lines += line_of(ticket_json(id.text(), event));
    }
  }
  if (!lines.empty()) {
    append(lines);
  }
  std::vector<base::Result<Ticket>> results;
  results.reserve(events.size());
  for (const auto& [id, event] : events) {
    const auto added = fresh.find(id.text());
    if (added != fresh.end() && added->second == &event) {
      apply_ticket(id.text(), event);
      results.emplace_back(Ticket{id.text(), std::nullopt});
    } else {
      results.push_back(*known(id.text(), event));
    }
  }
  return results;
}

std::vector<std::pair<std::string, std::string>> Journal::waiting(std::size_t count,
                                                                  std::size_t bytes) const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::pair<std::string, std::string>> first;
  std::size_t size = 0;
  for (const auto& [place, id] : waiting_) {
    const std::string& event = tickets_.find(id)->second.event;
    size += event.size();
    if (first.size() == count || (size > bytes && !first.empty())) {
      break;
    }
    first.emplace_back(id, event);
  }
  return first;
}

std::size_t Journal::waiting_count() const {
  const std::scoped_lock lock(mutex_);
  return waiting_.size();
}

void Journal::answer_all(const std::vector<std::pair<std::string, Answer>>& answers) {
  const std::scoped_lock lock(mutex_);
  std::string lines;
  for (const auto& [id, answer] : answers) {
    const auto found = tickets_.find(id);
    if (found != tickets_.end() && !found->second.answer) {
      lines += line_of(answer_json(id, answer, found->second.digest));
    }
  }
  if (lines.empty()) {
    return;
  }
  append(lines);
  for (const auto& [id, answer] : answers) {
    apply_answer(id, answer);
  }
}

std::optional<Ticket> Journal::find(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = tickets_.find(id);
  return found == tickets_.end() ? std::nullopt : std::optional{Ticket{id, found->second.answer}};
}

std::vector<Ticket> Journal::latest(std::size_t count) const {
  const std::scoped_lock lock(mutex_);
  std::vector<Ticket> tickets;
  for (auto it = waiting_.rbegin(); it != waiting_.rend() && tickets.size() < count; ++it) {
    tickets.push_back({it->second, std::nullopt});
  }
  for (auto it = answered_.rbegin(); it != answered_.rend() && tickets.size() < count; ++it) {
    tickets.push_back({it->second, tickets_.find(it->second)->second.answer});
  }
  return tickets;
}

void Journal::postpone(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  const auto found = tickets_.find(id);
  if (found == tickets_.end() || found->second.answer) {
    return;
  }
  waiting_.erase(found->second.place);
  found->second.place = next_++;
  waiting_.emplace(found->second.place, id);
}

std::int64_t Journal::weigh(const Weighed& weighed) {
  const std::scoped_lock lock(mutex_);
  Weighed numbered = weighed;
  numbered.serial = serial_ + 1;
  append(line_of(weighed_json(numbered)));
  serial_ = numbered.serial;
  if (numbered.as == "tare") {
    apply_tare(numbered.vehicle, numbered.mass);
  }
  return numbered.serial;
}

std::vector<base::Mass> Journal::tares(const std::string& vehicle) const {
  const std::scoped_lock lock(mutex_);
  const auto found = tares_.find(vehicle);
  return found == tares_.end() ? std::vector<base::Mass>{} : found->second;
}

}  // namespace huan::edge
