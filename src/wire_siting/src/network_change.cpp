// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "huan/base/text_map.hpp"
#include "huan/json/writer.hpp"
#include "huan/wire_siting/network.hpp"
#include "network_fields.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Network;
using siting_problem::Site;
using siting_problem::Standing;

class Change {
 public:
  explicit Change(Network& network) : network_(network) {
    for (std::uint32_t j = 0; j < network.sites.size(); ++j) {
      by_id_.emplace(network.sites[j].id, j);
    }
  }

  base::Result<NetworkChange> apply(json::Value root) {
    if (root.is_object()) {
      HUAN_CHECK(apply_each(root, ""));
      return std::move(change_);
    }
    if (!root.is_array()) {
      return Error{ErrorCode::bad_field, "", "an object, or a list of them, is expected"};
    }
    std::size_t n = 0;
    for (const json::Value one : root.elements()) {
      const std::string at = "/" + std::to_string(n++);
      if (!one.is_object()) {
        return Error{ErrorCode::bad_field, at, "an object is expected"};
      }
      HUAN_CHECK(apply_each(one, at));
    }
    return std::move(change_);
  }

 private:
  base::Result<void> apply_each(json::Value object, const std::string& before) {
    for (const json::Member one : object.members()) {
      const std::string at = before + "/" + std::string(one.key);
      if (!one.value.is_array()) {
        return Error{ErrorCode::bad_field, at, "a list is expected"};
      }
      for (const json::Value each : one.value.elements()) {
        HUAN_CHECK(apply_one(one.key, each, at));
      }
    }
    return {};
  }

  base::Result<void> apply_one(std::string_view what, const json::Value& value,
                               const std::string& at) {
    if (what == "drop" || what == "close" || what == "open") {
      if (!value.is_string()) {
        return Error{ErrorCode::bad_field, at, "ids of sites are expected"};
      }
      const std::string id{value.string()};
      HUAN_TRY(site, find(id, at));
      network_.sites[site].standing = what == "open" ? Standing::required : Standing::forbidden;
      std::string told;
      json::Writer(told).begin_object().key(what).begin_array().string(id).end_array().end_object();
      return note(site, std::move(told));
    }
    if (!value.is_object() || (what != "move" && what != "add")) {
      return Error{ErrorCode::bad_field, at, "drop, open, close, move or add is expected"};
    }
    const Members members(value, at);
    HUAN_TRY(id, members.text("id"));
    HUAN_TRY(spot, read_spot(members.find(what == "move" ? "to" : "at"), at));
    if (what == "move") {
      HUAN_TRY(site, find(id, at));
      network_.sites[site].at = spot;
      return note(site, told_of(what, "to", id, spot, ""));
    }
    return add(members, id, spot);
  }

  base::Result<void> add(const Members& members, const std::string& id,
                         siting_problem::Point spot) {
    HUAN_TRY(like, members.text("like"));
    HUAN_TRY(model, find(like, members.at()));
    if (id.empty() || by_id_.contains(id)) {
      return Error{ErrorCode::duplicate_point, members.at(), "a new id is expected"};
    }
    Site site = network_.sites[model];
    site.id = id;
    site.at = spot;
    site.standing = Standing::required;
    const auto index = static_cast<std::uint32_t>(network_.sites.size());
    by_id_.emplace(id, index);
    network_.sites.push_back(std::move(site));
    return note(index, told_of("add", "at", id, spot, like));
  }

  static std::string told_of(std::string_view what, const char* where, const std::string& id,
                             siting_problem::Point spot, const std::string& like) {
    std::string told;
    json::Writer w(told);
    w.begin_object().key(what).begin_array().begin_object().member("id", id).key(where);
    w.begin_array().number(spot.x).number(spot.y).end_array();
    if (!like.empty()) {
      w.member("like", like);
    }
    w.end_object().end_array().end_object();
    return told;
  }

  base::Result<void> note(std::uint32_t site, std::string told) {
    change_.sites.push_back(site);
    change_.told.push_back(std::move(told));
    return {};
  }

  [[nodiscard]] base::Result<std::uint32_t> find(const std::string& id,
                                                 const std::string& at) const {
    const auto there = by_id_.find(id);
    if (there == by_id_.end()) {
      return Error{ErrorCode::bad_field, at, "no site is called " + id};
    }
    return there->second;
  }

  Network& network_;
  base::TextMap<std::uint32_t> by_id_;
  NetworkChange change_;
};

}  // namespace

base::Result<NetworkChange> change_network(Network& network, std::string_view bytes) {
  HUAN_TRY(document, json::Document::parse(bytes, kNetworkParse));
  return change_network(network, document.root());
}

base::Result<NetworkChange> change_network(Network& network, json::Value change) {
  return Change(network).apply(change);
}

}  // namespace huan::wire_siting
