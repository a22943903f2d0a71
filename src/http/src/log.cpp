// SPDX-License-Identifier: Apache-2.0
// What others need to check a city's log: checkpoint, proofs, the public key.
#include "doors.hpp"
#include "huan/app/log_proofs.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"

namespace huan::http {
namespace {

void write_proof(json::Writer& w, const log::Proof& proof) {
  w.key("proof").begin_array();
  for (const auto& hash : proof) {
    w.string(crypto::hex(hash));
  }
  w.end_array();
}

/// The record asked for by seq or by id.
Result<std::uint64_t> seq_of(const Ask& ask) {
  if (const auto text = ask.query("id")) {
    if (ask.query("seq")) {
      return Error{ErrorCode::bad_field, "id", "seq or id, not both"};
    }
    const auto id = base::Uuid::parse(*text);
    const auto seq = id ? ask.reading.seq_of(ask.city.city, *id) : 0;
    if (seq == 0) {
      return Error{ErrorCode::unknown_event, "id", std::string(*text)};
    }
    return seq;
  }
  HUAN_TRY(seq, integer_parameter(ask.request, "seq", 0));
  if (seq == 0) {
    return Error{ErrorCode::bad_field, "seq", "seq or id is needed"};
  }
  return static_cast<std::uint64_t>(seq);
}

Result<Response> inclusion(const Ask& ask) {
  HUAN_TRY(seq, seq_of(ask));
  HUAN_TRY(size, integer_parameter(ask.request, "size", 0));
  const auto tree = static_cast<std::uint64_t>(size);
  if (size != 0 && tree < seq) {
    return Error{ErrorCode::bad_number, "size", "that log ends before the record"};
  }
  auto proved = app::prove_inclusion(ask.reading, ask.city.city, seq, tree);
  if (!proved) {
    return at_parameter(std::move(proved).error());
  }
  const auto& found = *proved;
  std::string out;
  json::Writer w(out);
  w.begin_object().member("header", found.header);
  write_proof(w, found.proof);
  w.member("root", crypto::hex(found.root)).member("seq", static_cast<std::int64_t>(found.seq));
  w.member("size", static_cast<std::int64_t>(found.size)).end_object();
  return http_server::json_response(200, std::move(out));
}

Result<Response> consistency(const Ask& ask) {
  HUAN_TRY(from, integer_parameter(ask.request, "from", 0));
  HUAN_TRY(to, integer_parameter(ask.request, "to", 0));
  const auto last = ask.reading.last(ask.city.city).seq;
  const log::TreeSizes sizes{static_cast<std::uint64_t>(from),
                             to == 0 ? last : static_cast<std::uint64_t>(to)};
  if (sizes.newer > last) {
    return Error{ErrorCode::not_found, "to", "the log has " + std::to_string(last) + " records"};
  }
  if (sizes.older > sizes.newer) {
    return Error{ErrorCode::bad_number, "from", "at most the newer size"};
  }
  HUAN_TRY(found, app::prove_consistency(ask.reading, ask.city.city, sizes));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("from", static_cast<std::int64_t>(found.sizes.older));
  w.member("newer_root", crypto::hex(found.newer_root));
  w.member("older_root", crypto::hex(found.older_root));
  write_proof(w, found.proof);
  w.member("to", static_cast<std::int64_t>(found.sizes.newer)).end_object();
  return http_server::json_response(200, std::move(out));
}

Result<Response> checkpoint(const Ask& ask, const log::Signer* signer) {
  if (signer == nullptr) {
    return Error{ErrorCode::not_found, "", "this server has no key to sign with"};
  }
  HUAN_TRY(note, app::checkpoint_now(ask.reading, ask.city.city, *signer));
  return http_server::make_response(200, "text/plain; charset=utf-8", std::move(note));
}

Result<Response> key(const Ask& ask, const log::Signer* signer) {
  if (signer == nullptr) {
    return Error{ErrorCode::not_found, "", "this server has no key to sign with"};
  }
  HUAN_TRY(named, signer->renamed(app::log_origin(ask.city.city)));
  return http_server::make_response(200, "text/plain; charset=utf-8",
                                    named.verifier().text() + "\n");
}

/// The city stands in the path here, not in the query.
ReadDoor of_path_city(ReadDoor door) {
  return [door = std::move(door)](const Ask& ask) -> Result<Response> {
    const auto named = ask.request.param("city");
    auto city = sees_city(ask.access, named) ? ask.reading.city(named) : std::nullopt;
    if (!city) {
      return Error{ErrorCode::unknown_city, "city", std::string(ask.request.param("city"))};
    }
    return door(Ask{ask.request, ask.reading, std::move(*city), ask.access, ask.outlet});
  };
}

}  // namespace

void add_log_doors(Doors& doors) {
  const auto* signer = doors.context().parts.signer;
  doors.read_any("/api/v1/log/{city}/checkpoint", {},
                 of_path_city([signer](const Ask& ask) { return checkpoint(ask, signer); }));
  doors.read_any("/api/v1/log/{city}/key", {},
                 of_path_city([signer](const Ask& ask) { return key(ask, signer); }));
  doors.read_any("/api/v1/log/{city}/inclusion", {"seq", "id", "size"}, of_path_city(inclusion));
  doors.read_any("/api/v1/log/{city}/consistency", {"from", "to"}, of_path_city(consistency));
}

}  // namespace huan::http
