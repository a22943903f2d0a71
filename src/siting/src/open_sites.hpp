// SPDX-License-Identifier: Apache-2.0
// The candidates that a plan has open, and which of them are nearest to a customer.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "arcs.hpp"
#include "space.hpp"

namespace huan::siting {

class OpenSites {
 public:
  /// `near`: candidates of each customer, nearest first; need not go far.
  OpenSites(const Space& space, const Arcs& near)
      : space_(space), near_(near), place_(space.candidates(), kNone) {}

  void add(std::uint32_t candidate);
  void remove(std::uint32_t candidate);
  void clear();

  [[nodiscard]] bool has(std::uint32_t candidate) const { return place_[candidate] != kNone; }
  /// Where it stands in list().
  [[nodiscard]] std::uint32_t place(std::uint32_t candidate) const { return place_[candidate]; }
  [[nodiscard]] const std::vector<std::uint32_t>& list() const { return list_; }
  [[nodiscard]] std::size_t size() const { return list_.size(); }
  [[nodiscard]] bool empty() const { return list_.empty(); }

  /// Puts the open candidates nearest to a customer into found(), by distance. A few may be less
  /// than asked for where the customer's list ends before.
  void look(std::uint32_t customer, std::size_t count);
  [[nodiscard]] const std::vector<std::pair<double, std::uint32_t>>& found() const {
    return found_;
  }

 private:
  const Space& space_;
  const Arcs& near_;
  std::vector<std::uint32_t> list_;
  std::vector<std::uint32_t> place_;  ///< by candidate
  std::vector<std::pair<double, std::uint32_t>> found_;
};

}  // namespace huan::siting
