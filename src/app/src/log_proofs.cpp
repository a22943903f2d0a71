// SPDX-License-Identifier: Apache-2.0
#include "huan/app/log_proofs.hpp"

#include "huan/json/document.hpp"
#include "huan/log/header.hpp"
#include "huan/log/tiles.hpp"
#include "store_tiles.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;

std::uint64_t size_of(store::Reading& reading, std::string_view city, std::uint64_t asked) {
  return asked == 0 ? reading.last(city).seq : asked;
}

}  // namespace

std::string log_origin(std::string_view city) { return "huan/" + std::string{city}; }

base::Result<std::string> checkpoint_now(store::Reading& reading, std::string_view city,
                                         const log::Signer& signer) {
  StoreTiles tiles{reading, city};
  log::TileNodes nodes{tiles};
  const std::uint64_t size = reading.last(city).seq;
  HUAN_TRY(root, log::root_of(nodes, size));
  HUAN_TRY(named, signer.renamed(log_origin(city)));
  return log::sign_checkpoint({log_origin(city), size, root, {}}, named);
}

base::Result<std::string> header_of(const store::Record& record) {
  auto document = json::Document::parse(record.body, json::kStored);
  const bool event = record.klass == store::RecordClass::event;
  const auto payload = document && document->root().is_object()
                           ? document->root().find(event ? "event" : "record")
                           : std::nullopt;
  const auto recorded = payload ? document->root().find("recorded_at") : std::nullopt;
  const auto time = payload && payload->is_object() ? payload->find("time") : std::nullopt;
  const auto id = payload && payload->is_object() ? payload->find("id") : std::nullopt;
  if (!recorded || !time || !id || !recorded->is_string() || !time->is_string() ||
      !id->is_string()) {
    return Error{ErrorCode::store_failed, "",
                 "record " + std::to_string(record.seq) + " is not readable"};
  }
  log::Header header;
  header.seq = record.seq;
  header.id = id->string();
  header.kind = event ? "event" : "registry";
  header.type = record.type;
  header.time = time->string();
  header.recorded_at = recorded->string();
  header.record = crypto::sha256(record.body);
  return log::header_bytes(header);
}

base::Result<Inclusion> prove_inclusion(store::Reading& reading, std::string_view city,
                                        std::uint64_t seq, std::uint64_t size) {
  const auto record = reading.record(city, seq);
  if (!record || seq == 0) {
    return Error{ErrorCode::not_found, "/seq", std::to_string(seq)};
  }
  StoreTiles tiles{reading, city};
  log::TileNodes nodes{tiles};
  Inclusion inclusion;
  inclusion.seq = seq;
  inclusion.size = size_of(reading, city, size);
  if (inclusion.size > reading.last(city).seq) {
    return Error{ErrorCode::not_found, "/size",
                 "the log has " + std::to_string(reading.last(city).seq) + " records"};
  }
  HUAN_TRY(header, header_of(*record));
  HUAN_TRY(proof, log::inclusion_proof(nodes, {seq - 1, inclusion.size}));
  HUAN_TRY(root, log::root_of(nodes, inclusion.size));
  inclusion.header = std::move(header);
  inclusion.proof = std::move(proof);
  inclusion.root = root;
  return inclusion;
}

base::Result<Consistency> prove_consistency(store::Reading& reading, std::string_view city,
                                            log::TreeSizes sizes) {
  StoreTiles tiles{reading, city};
  log::TileNodes nodes{tiles};
  sizes.newer = size_of(reading, city, sizes.newer);
  if (sizes.newer > reading.last(city).seq) {
    return Error{ErrorCode::not_found, "/newer",
                 "the log has " + std::to_string(reading.last(city).seq) + " records"};
  }
  HUAN_TRY(proof, log::consistency_proof(nodes, sizes));
  HUAN_TRY(older, log::root_of(nodes, sizes.older));
  HUAN_TRY(newer, log::root_of(nodes, sizes.newer));
  return Consistency{sizes, std::move(proof), older, newer};
}

}  // namespace huan::app
