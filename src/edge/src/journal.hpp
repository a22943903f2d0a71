// SPDX-License-Identifier: Apache-2.0
// What the edge must not forget, in one file that only grows: tickets, the server's answers, the
// numbers of weighings, tares. A line is its digest and a JSON object; it counts once it is synced.
// A torn last line (power cut) was never answered for and is cut off; a line that was altered
// elsewhere is an error, not a loss in silence. A broken disk throws.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "huan/base/id.hpp"
#include "huan/base/quantity.hpp"
#include "huan/base/result.hpp"
#include "huan/base/text_map.hpp"
#include "huan/json/value.hpp"

namespace huan::edge {

struct Answer {
  std::string status;  ///< posted or refused
  std::string code{};
  std::string message{};
};

struct Ticket {
  std::string id;
  std::optional<Answer> answer;  ///< nullopt: waits to be sent
};

struct Weighed {
  std::int64_t serial{0};
  base::Mass mass;
  std::string as;       ///< gross or tare
  std::string vehicle;  ///< may be empty
};

class Journal {
 public:
  struct Limits {
    std::size_t waiting_max{100'000};
    std::size_t bytes_max{std::size_t{256} << 20U};    ///< of what waits
    std::size_t answered_max{10'000};                  ///< remembered by id
    std::size_t compact_above{std::size_t{4} << 20U};  ///< bytes of the file, when it is opened
    std::size_t vehicles_max{10'000};
  };
  /// bad_file (altered), bad_config (the folder cannot be written).
  static base::Result<std::unique_ptr<Journal>> open(const std::string& folder, Limits limits);
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  /// `event` is in canonical form. The same again is found again. id_conflict, overloaded.
  base::Result<Ticket> keep(const base::Uuid& id, const std::string& event);
  /// The same for several, synced once.
  std::vector<base::Result<Ticket>> keep_all(
      const std::vector<std::pair<base::Uuid, std::string>>& events);
  /// The oldest that wait, at most `count` and about `bytes` of text.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> waiting(std::size_t count,
                                                                         std::size_t bytes) const;
  [[nodiscard]] std::size_t waiting_count() const;
  void answer(const std::string& id, const Answer& answer) { answer_all({{id, answer}}); }
  /// The same for several, synced once.
  void answer_all(const std::vector<std::pair<std::string, Answer>>& answers);
  [[nodiscard]] std::optional<Ticket> find(const std::string& id) const;
  [[nodiscard]] std::vector<Ticket> latest(std::size_t count) const;
  /// Puts a later one behind all others: it is not to hold them up.
  void postpone(const std::string& id);

  /// Gives the next number to a weighing and keeps it.
  std::int64_t weigh(const Weighed& weighed);
  /// Of the vehicle, latest last.
  [[nodiscard]] std::vector<base::Mass> tares(const std::string& vehicle) const;

 private:
  struct Kept {
    std::string event;  // empty once it is answered
    std::string digest;
    std::optional<Answer> answer;
    std::uint64_t place{0};  // in waiting_ or answered_
  };
  explicit Journal(std::string path, Limits limits) : path_(std::move(path)), limits_(limits) {}
  base::Result<void> load();
  base::Result<void> apply(json::Value line);
  void apply_ticket(const std::string& id, std::string event);
  void apply_answer(const std::string& id, Answer answer);
  void apply_tare(const std::string& vehicle, base::Mass mass);
  void append(const std::string& lines);
  [[nodiscard]] std::optional<base::Result<Ticket>> known(const std::string& id,
                                                          const std::string& event) const;
  void compact();

  std::string path_;
  Limits limits_;
  int file_{-1};
  std::int64_t size_{0};
  bool broken_{false};
  mutable std::mutex mutex_;
  base::TextMap<Kept> tickets_;
  std::map<std::uint64_t, std::string> waiting_;   // in order
  std::map<std::uint64_t, std::string> answered_;  // oldest first
  std::uint64_t next_{1};
  std::size_t waiting_bytes_{0};
  std::int64_t serial_{0};
  base::TextMap<std::vector<base::Mass>> tares_;
};

}  // namespace huan::edge
