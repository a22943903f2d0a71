// SPDX-License-Identifier: Apache-2.0
// Puts one event after another into the graph. Order within an event: the version it corrects is
// taken out, its own legs become processes, kept legs change what stands in the accounts, then
// everything that depends on those is settled: runs, set-offs, cycles.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "data.hpp"
#include "huan/base/result.hpp"

namespace huan::trace {

struct OwnLeg {
  std::uint32_t group;
  Ref ref;
  std::int64_t grams;
};

struct ProcessText {
  std::uint32_t seq{0};
  EventType type{EventType::receive};
  bool corrects{false};
  bool paired{false};
  std::optional<std::uint32_t> real_seq{};  ///< of a run's event written anew
};

class Writer {
 public:
  explicit Writer(GraphData& data) : d_(data) {}
  void append(const EventFlows& event);

 private:
  // accounts.cpp
  Ref node_of(AccountKind kind, std::string_view a, std::string_view b);
  Ref label_of(LabelKind kind, std::string_view a, std::string_view b);
  Ref lot_node(std::string_view lot, std::string_view place);
  Ref lot_named(std::string_view lot);
  Ref find_or_add_lot(std::string_view lot);
  Ref line_node(std::string_view shipment, std::string_view line);
  Ref add_node(NodeKind kind, std::uint32_t name, std::uint32_t at);

  // post.cpp
  void collect_own(const EventFlows& event, EventType type);
  void net_own();
  void post_own(const ProcessText& text);
  void post_group(const ProcessText& text);
  std::uint32_t write_process(const ProcessText& text, const std::vector<RunLeg>& ins,
                              std::vector<RunLeg> outs);
  void add_in(std::uint32_t process, const RunLeg& leg);
  void add_out(std::uint32_t process, const RunLeg& leg);

  // nodes.cpp
  Multi& make_multi(Ref node);
  void simplify(Ref node);
  void add_making(Ref node, std::uint32_t process, std::uint32_t out_leg);
  void drop_making(Ref node, std::uint32_t out_leg);
  void post_kept(const EventFlows& event);
  void settle_changed();
  void set_off_again(Ref node);
  void set_off_use(std::uint32_t leg, Multi& extra, std::vector<SetOff>& entries);
  void undo_set_off(Ref node);

  // correct.cpp
  void take_out(const EventFlows& event);
  void kill(std::uint32_t process);
  void touch(Ref node, const Correction& correction);
  void cut_cycles(std::uint32_t process);
  void retry_cuts();
  [[nodiscard]] std::set<Ref> downstream_of(std::vector<Ref> open) const;
  [[nodiscard]] std::vector<Ref> outputs_for(std::uint32_t process, std::uint32_t in_leg) const;

  // runs.cpp
  void post_run(const EventFlows& event, EventType type);
  void extend_run(std::uint32_t name, const RunEvent& event, std::vector<RunLeg> ins,
                  std::vector<RunLeg> outs);
  void rewrite_run(std::uint32_t name);
  void book_rest(std::uint32_t name, std::int64_t rest);

  /// A lot is named by several legs in a row, and beside another by those of an acceptance.
  struct Named {
    std::string lot;
    Ref ref{kNone};
  };

  GraphData& d_;
  std::array<Named, 2> met_;  ///< the latest first
  std::vector<OwnLeg> own_;
  std::vector<RunLeg> ins_;
  std::vector<RunLeg> outs_;
  std::vector<RunLeg> paired_ins_;
  std::vector<RunLeg> paired_outs_;
  std::set<Ref> changed_;  ///< lines whose set-offs are to be settled again
  std::set<std::uint32_t> dirty_runs_;
  std::uint32_t seq_{0};
  std::uint32_t origin_{0};
  bool corrects_{false};
};

}  // namespace huan::trace
