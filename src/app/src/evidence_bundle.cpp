// SPDX-License-Identifier: Apache-2.0
#include "huan/app/evidence_bundle.hpp"

#include <set>
#include <vector>

#include "huan/app/file_dossier.hpp"
#include "huan/app/log_proofs.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::string_view kBundleForm = "huan evidence 1";
constexpr std::size_t kProofMax = 64;

void add_versions(store::Reading& reading, const std::string& city, std::string_view kind,
                  std::string_view key, std::set<store::Seq>& seqs) {
  for (const store::RegistryRow& row : reading.versions(city, kind, key)) {
    seqs.insert(row.seq);
  }
}

/// The records that the dossier rests on, itself among them.
Result<std::set<store::Seq>> records_of(store::Reading& reading, const std::string& city,
                                        const std::string& key) {
  const auto found = dossier_on_record(reading, city, key);
  if (!found) {
    return Error{ErrorCode::not_found, "key", key};
  }
  std::set<store::Seq> seqs;
  add_versions(reading, city, "dossier", key, seqs);
  const auto field = found->dossier.fields.find("records");
  const auto* names = field == found->dossier.fields.end()
                          ? nullptr
                          : std::get_if<std::vector<std::string>>(&field->second);
  for (const std::string& name : names == nullptr ? std::vector<std::string>{} : *names) {
    const std::size_t before = seqs.size();
    const auto colon = name.find(':');
    const auto id = base::Uuid::parse(name);
    if (id) {
      if (const store::Seq seq = reading.seq_of(city, *id); seq != 0) {
        seqs.insert(seq);
        continue;
      }
    } else if (colon != std::string::npos) {
      add_versions(reading, city, name.substr(0, colon), name.substr(colon + 1), seqs);
    }
    if (seqs.size() == before) {
      return Error{ErrorCode::not_found, "/records", name};
    }
  }
  return seqs;
}

Result<void> write_record(store::Reading& reading, const std::string& city, store::Seq seq,
                          std::string& out) {
  const auto record = reading.record(city, seq);
  if (!record) {
    return Error{ErrorCode::not_found, "/seq", std::to_string(seq)};
  }
  HUAN_TRY(proved, prove_inclusion(reading, city, seq, 0));
  json::Writer w(out);
  w.begin_object().member("body", record->body).member("header", proved.header);
  w.key("proof").begin_array();
  for (const log::Digest& hash : proved.proof) {
    w.string(crypto::hex(hash));
  }
  w.end_array().member("seq", static_cast<std::int64_t>(seq)).end_object();
  out += '\n';
  return {};
}

std::string bundle_text(json::Value object, std::string_view key) {
  const auto value = object.is_object() ? object.find(key) : std::nullopt;
  return value && value->is_string() ? std::string(value->string()) : std::string();
}

/// Over or equal 0; nullopt where there is none.
std::optional<std::int64_t> count_of(json::Value object, std::string_view key) {
  if (!object.is_object()) {
    return std::nullopt;
  }
  const auto value = object.find(key);
  return value && value->is_integer() && value->integer() >= 0 ? std::optional(value->integer())
                                                               : std::nullopt;
}

/// What the record's line says of itself has to be what the log has at that place.
Result<void> check_record(std::string_view line, const log::Checkpoint& checkpoint) {
  HUAN_TRY(document, json::Document::parse(std::string(line), json::kStored));
  const auto root = document.root();
  const auto seq = count_of(root, "seq");
  const auto list = root.is_object() ? root.find("proof") : std::nullopt;
  if (!seq || *seq < 1 || !list || !list->is_array() || list->size() > kProofMax) {
    return Error{ErrorCode::bad_file, "", "a record with body, header, proof and seq is expected"};
  }
  const std::string at = "record " + std::to_string(*seq);
  const std::string header = bundle_text(root, "header");
  HUAN_TRY(said, json::Document::parse(header));
  const auto own = count_of(said.root(), "seq");
  if (!own || *own != *seq ||
      bundle_text(said.root(), "sha256") !=
          crypto::hex(crypto::sha256(bundle_text(root, "body")))) {
    return Error{ErrorCode::wrong_answer, at, "the header is not of this record"};
  }
  log::Proof proof;
  proof.reserve(list->size());
  for (const json::Value one : list->elements()) {
    const auto hash =
        one.is_string() ? crypto::digest_from_hex(one.string()) : std::optional<log::Digest>();
    if (!hash) {
      return Error{ErrorCode::bad_file, at, "a hash is expected"};
    }
    proof.push_back(*hash);
  }
  const log::LeafPosition position{static_cast<std::uint64_t>(*seq) - 1, checkpoint.size};
  if (!log::verify_inclusion(position, log::leaf_hash(header), proof, checkpoint.root)) {
    return Error{ErrorCode::wrong_answer, at, "is not in the log of this checkpoint"};
  }
  return {};
}

}  // namespace

Result<std::string> evidence_bundle(store::Reading& reading, const std::string& city,
                                    const std::string& key, const log::Signer& signer) {
  HUAN_TRY(seqs, records_of(reading, city, key));
  HUAN_TRY(note, checkpoint_now(reading, city, signer));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("checkpoint", note).member("city", city);
  w.member("form", kBundleForm).member("key", key);
  w.member("records", static_cast<std::int64_t>(seqs.size())).end_object();
  out += '\n';
  for (const store::Seq seq : seqs) {
    HUAN_CHECK(write_record(reading, city, seq, out));
  }
  return out;
}

Result<CheckedBundle> verify_bundle(std::string_view text, const log::Verifier& key) {
  const auto end = text.find('\n');
  HUAN_TRY(head, json::Document::parse(std::string(text.substr(0, end)), json::kStored));
  const auto number = count_of(head.root(), "records");
  if (end == std::string_view::npos || bundle_text(head.root(), "form") != kBundleForm || !number) {
    return Error{ErrorCode::bad_file, "line 1", "the head of an evidence bundle is expected"};
  }
  HUAN_TRY(checkpoint, log::open_checkpoint(bundle_text(head.root(), "checkpoint"), key));
  CheckedBundle out{bundle_text(head.root(), "key"), checkpoint.size, 0};
  for (std::string_view rest = text.substr(end + 1); !rest.empty();) {
    const auto stop = rest.find('\n');
    if (stop == std::string_view::npos) {
      return Error{ErrorCode::bad_file, "", "the last line has no end"};
    }
    HUAN_CHECK(check_record(rest.substr(0, stop), checkpoint));
    rest.remove_prefix(stop + 1);
    ++out.records;
  }
  if (static_cast<std::int64_t>(out.records) != *number) {
    return Error{ErrorCode::wrong_answer, "records", std::to_string(*number) + " were put in"};
  }
  return out;
}

}  // namespace huan::app
