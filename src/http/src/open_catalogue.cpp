// SPDX-License-Identifier: Apache-2.0
// The catalogue of open data, for people and for harvesters: DCAT 3 in JSON-LD (W3C). Each release
// is a data set with its period and its files, each with size and SHA-256; what is published as it
// stands is named with its address. Publisher and licence are what the city has laid down, a record
// of kind `setting` with the key "open-data"; no licence is made up where it says none.
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/release.hpp"
#include "public_city.hpp"
#include "release_text.hpp"

namespace huan::http {
namespace {

using oversight::Release;

constexpr std::string_view kSettingKey = "open-data";

struct Terms {
  std::string publisher;
  std::string licence;  ///< an address or a name; empty: not stated
};

Terms terms_of(store::Reading& reading, const store::CityRow& city) {
  Terms terms{city.name, {}};
  const auto row = reading.registered(city.city, "setting", kSettingKey);
  const auto document =
      row ? json::Document::parse(row->body, json::kStored) : Result<json::Document>(Error{});
  const auto record = document ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  const auto text = [&](std::string_view name, std::string& into) {
    const auto found = data && data->is_object() ? data->find(name) : std::nullopt;
    if (found && found->is_string() && !found->string().empty()) {
      into = found->string();
    }
  };
  text("publisher", terms.publisher);
  text("licence", terms.licence);
  return terms;
}

/// Writes a catalogue's nodes; addresses are of this very server.
class CatalogueWriter {
 public:
  CatalogueWriter(json::Writer& writer, const store::CityRow& city, Terms terms)
      : w_(writer), city_(city), terms_(std::move(terms)) {}

  void said(std::string_view property, std::string_view zh, std::string_view en) {
    w_.key(property).begin_array();
    w_.begin_object().member("@language", "zh").member("@value", zh).end_object();
    w_.begin_object().member("@language", "en").member("@value", en).end_object().end_array();
  }

  /// Members of what is published, for whoever takes it.
  void terms() {
    if (!terms_.licence.empty()) {
      w_.member("dcterms:license", terms_.licence);
    }
    w_.key("dcterms:publisher").begin_object().member("@type", "foaf:Agent");
    w_.member("foaf:name", terms_.publisher).end_object();
    if (terms_.licence.empty()) {
      said("dcterms:rights", "发布单位未说明使用许可", "the publisher has stated no licence");
    }
  }

  void file(const std::string& address, std::string_view media_type, std::string_view content) {
    w_.begin_object().member("@type", "dcat:Distribution");
    w_.member("dcat:byteSize", static_cast<std::int64_t>(content.size()));
    w_.member("dcat:downloadURL", in_city(address)).member("dcat:mediaType", media_type);
    w_.key("spdx:checksum").begin_object().member("@type", "spdx:Checksum");
    w_.member("spdx:algorithm", "spdx:checksumAlgorithm_sha256");
    w_.member("spdx:checksumValue", crypto::hex(crypto::sha256(content)));
    w_.end_object().end_object();
  }

  void released(const Release& one, base::Instant issued) {
    const std::string address = "/api/v1/open-data/" + one.period;
    w_.begin_object().member("@id", in_city(address)).member("@type", "dcat:Dataset");
    w_.key("dcat:distribution").begin_array();
    file(address, "application/json", one.data);
    for (const std::string& table : one.tables) {
      const auto csv = release_csv(one, table);
      file(address + "?table=" + base::percent_encode(table), "text/csv", csv);
    }
    w_.end_array().member("dcterms:identifier", one.period);
    w_.member("dcterms:issued", base::format_time(issued, city_.offset_s));
    w_.member("dcterms:spatial", city_.city).key("dcterms:temporal").begin_object();
    w_.member("@type", "dcterms:PeriodOfTime");
    w_.member("dcat:endDate", base::format_day(one.to));
    w_.member("dcat:startDate", base::format_day(one.from)).end_object();
    said("dcterms:title", "再生资源统计 " + one.period, "Recyclables statistics " + one.period);
    terms();
    w_.end_object();
  }

  /// What is published as it stands, so that no sum of it would hold tomorrow.
  void standing(std::string_view address, std::string_view media_type, std::string_view zh,
                std::string_view en) {
    w_.begin_object().member("@id", in_city(address)).member("@type", "dcat:Dataset");
    w_.key("dcat:distribution").begin_array().begin_object().member("@type", "dcat:Distribution");
    w_.member("dcat:accessURL", in_city(address)).member("dcat:mediaType", media_type);
    w_.end_object().end_array().member("dcterms:accrualPeriodicity", "freq:continuous");
    w_.member("dcterms:spatial", city_.city);
    said("dcterms:title", zh, en);
    terms();
    w_.end_object();
  }

  [[nodiscard]] std::string in_city(std::string_view address) const {
    std::string out(address);
    out += address.find('?') == std::string_view::npos ? "?city=" : "&city=";
    return out + city_.city;
  }

 private:
  json::Writer& w_;
  const store::CityRow& city_;
  Terms terms_;
};

void write_context(json::Writer& w) {
  w.key("@context").begin_object().member("dcat", "http://www.w3.org/ns/dcat#");
  w.member("dcterms", "http://purl.org/dc/terms/").member("foaf", "http://xmlns.com/foaf/0.1/");
  w.member("freq", "http://purl.org/cld/freq/").member("spdx", "http://spdx.org/rdf/terms#");
  w.end_object();
}

Result<Response> show_catalogue(Context& context, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  std::string out;
  json::Writer w(out);
  CatalogueWriter catalogue(w, city, terms_of(*reading, city));
  w.begin_object();
  write_context(w);
  w.member("@id", catalogue.in_city("/api/v1/open-catalogue")).member("@type", "dcat:Catalog");
  w.key("dcat:dataset").begin_array();
  for (const Release& one : oversight::releases(*reading, {city.city, city.offset_s})) {
    const auto row = reading->registered(city.city, "setting", oversight::release_key(one.period));
    catalogue.released(one, row ? row->time : base::Instant{});
  }
  catalogue.standing("/api/v1/directory", "application/json", "网点名录", "Directory of places");
  catalogue.standing("/api/v1/published-prices", "application/json", "公布价格",
                     "Published prices");
  catalogue.standing("/api/v1/catalogue", "application/json", "回收品类目录",
                     "Catalogue of what is taken");
  catalogue.standing("/api/v1/published", "application/json", "公示公开",
                     "Results, bulletins, documents, awards, penalties and draws");
  catalogue.standing("/api/v1/published-awards", "application/json", "创建命名",
                     "Awards: criteria, quotas and who holds them");
  catalogue.standing("/api/v1/published/feed", "application/rss+xml", "公示订阅",
                     "What is published, as a feed");
  w.end_array().key("dcterms:language").begin_array().string("zh").string("en").end_array();
  catalogue.said("dcterms:title", city.name + "再生资源开放数据目录",
                 "Open data on recyclables, " + city.name);
  catalogue.terms();
  w.member("foaf:homepage", "/open#/data").end_object();
  return http_server::make_response(200, "application/ld+json; charset=utf-8", std::move(out));
}

}  // namespace

void add_catalogue_doors(Doors& doors) {
  Context& context = doors.context();
  doors.open("GET", "/api/v1/open-catalogue", [&context](const Request& request) {
    return guarded(request, [&] { return show_catalogue(context, request); });
  });
}

}  // namespace huan::http
