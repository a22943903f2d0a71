// SPDX-License-Identifier: Apache-2.0
// Events that are wrong in form: one thing at a time, with the refusal that it has to get.
#include "generator.hpp"
#include "pick.hpp"

namespace huan::auditor {
namespace {

struct Fault {
  const char* code;
  const char* at;
  Json (*event)();
};

constexpr const char* kId = "01890000-0000-7000-8000-000000000000";

Json base(const char* type) {
  return {{"id", kId}, {"type", type}, {"time", "2026-03-01T08:00:00+08:00"}, {"place", "S1"}};
}

Json receive() {
  Json e = base("receive");
  e["from"] = {{"origin", "household"}};
  e["outputs"] = {{{"material", "paper.occ"}, {"mass_g", 5}}};
  return e;
}

Json ship() {
  Json e = base("ship");
  e["shipment"] = "T1";
  e["to"] = {{"place", "C1"}};
  e["inputs"] = {{{"lot", "L1"}, {"mass_g", 5}}};
  return e;
}

Json accept() {
  Json e = base("accept");
  e["shipment"] = "T1";
  e["lines"] = {{{"line", "L1"}, {"accepted_g", 5}}};
  return e;
}

Json transform() {
  Json e = base("transform");
  e["inputs"] = {{{"lot", "L1"}, {"mass_g", 5}}};
  e["loss_g"] = 5;
  return e;
}

Json adjust() {
  Json e = base("adjust");
  e["lines"] = {{{"lot", "L1"}, {"counted_g", 5}}};
  e["reason"] = "r";
  return e;
}

Json settle() {
  Json e = base("settle");
  e["legs"] = {{{"account", "till:S1"}, {"unit", "fen"}, {"amount", 1}}};
  e["reason"] = "r";
  return e;
}

template <class Change>
Json with(Json event, Change change) {
  change(event);
  return event;
}

#define FAULT(code, at, start, change)                              \
  Fault {                                                           \
    code, at, [] { return with(start(), [](Json& e) { change; }); } \
  }

const std::vector<Fault>& faults() {
  static const std::vector<Fault> kFaults {
    FAULT("bad_field", "/colour", receive, e["colour"] = 1),
        FAULT("bad_field", "/id", receive, e.erase("id")),
        FAULT("bad_field", "/id", receive, e["id"] = "1234"),
        FAULT("bad_field", "/type", receive, e["type"] = "borrow"),
        FAULT("bad_field", "/type", receive, e.erase("type")),
        FAULT("bad_field", "/time", receive, e.erase("time")),
        FAULT("bad_time", "/time", receive, e["time"] = "2026-03-01T08:00:00.5+08:00"),
        FAULT("bad_time", "/time", receive, e["time"] = 5),
        FAULT("bad_time", "/time", receive, e["time"] = "2026-02-29T08:00:00+08:00"),
        FAULT("bad_text", "/place", receive, e["place"] = "S 1"),
        FAULT("bad_text", "/place", receive, e["place"] = std::string(41, 'p')),
        FAULT("bad_field", "/place", receive, e["place"] = nullptr),
        FAULT("bad_field", "/from", receive, e.erase("from")),
        FAULT("bad_field", "/from/origin", receive, e["from"]["origin"] = "moon"),
        FAULT("bad_field", "/from/origin", receive, e["from"]["origin"] = "other-city:1"),
        FAULT("bad_field", "/outputs", receive, e["outputs"] = Json::array()),
        FAULT("bad_field", "/outputs", receive, e["outputs"] = 7),
        FAULT("bad_field", "/outputs/0", receive, e["outputs"][0] = 7),
        FAULT("bad_number", "/outputs/0/mass_g", receive, e["outputs"][0]["mass_g"] = 0),
        FAULT("bad_number", "/outputs/0/mass_g", receive,
              e["outputs"][0]["mass_g"] = 1000000000001),
        FAULT("bad_field", "/outputs/0/mass_g", receive, e["outputs"][0]["mass_g"] = "5"),
        FAULT("bad_field", "/outputs/0/mass_g", receive, e["outputs"][0].erase("mass_g")),
        FAULT("bad_field", "/outputs/0/material", receive, e["outputs"][0].erase("material")),
        FAULT("bad_text", "/outputs/0/lot", receive, e["outputs"][0]["lot"] = "a%b"),
        FAULT("bad_text", "/outputs/0/lot", receive, e["outputs"][0]["lot"] = ""),
        FAULT("bad_field", "/outputs/0/pieces", receive, e["outputs"][0]["per"] = "piece"),
        FAULT("bad_number", "/outputs/0/pieces", receive, e["outputs"][0]["pieces"] = -1),
        FAULT("bad_field", "/outputs/0/items/0/kind", receive,
              (e["outputs"][0]["items"] = {{{"code", "I1"}}})),
        FAULT("bad_field", "/payment/how", receive, (e["payment"] = {{"how", "gold"}, {"fen", 1}})),
        FAULT("bad_number", "/points", receive, e["points"] = -1),
        FAULT("bad_field", "/weighings/0/gross_g", receive,
              (e["weighings"] = {{{"gross_g", 5}, {"tare_g", 6}}})),
        FAULT("bad_field", "/ext", receive, e["ext"] = 1),
        FAULT("bad_field", "/shipment", ship, e.erase("shipment")),
        FAULT("bad_field", "/to/class", ship, e["to"]["class"] = "reuse"),
        FAULT("bad_field", "/to/city", ship, e["to"]["city"] = "Nowhere"),
        FAULT("bad_field", "/inputs/0/material", ship, e["inputs"][0]["material"] = "paper.occ"),
        FAULT("bad_field", "/inputs/0", ship, e["inputs"][0].erase("lot")),
        FAULT("bad_field", "/inputs/0/price_fen", ship, e["inputs"][0]["price_fen"] = 3),
        FAULT("bad_field", "/inputs/0/pieces", ship,
              (e["inputs"][0] = {{"material", "paper.occ"}, {"mass_g", 5}, {"pieces", 1}})),
        FAULT("bad_field", "/payment", ship, (e["payment"] = {{"how", "till"}, {"fen", 1}})),
        FAULT("bad_field", "/points", ship, e["points"] = 3),
        FAULT("bad_field", "/total_g", accept, e.erase("lines")),
        FAULT("bad_field", "/lines", accept, e["total_g"] = 5),
        FAULT("bad_field", "/final", accept, e.erase("lines"); e["total_g"] = 5;
              e["final"] = false),
        FAULT("bad_field", "/refused_g", accept, e["refused_g"] = 5),
        FAULT("bad_field", "/refused_g", accept, e.erase("lines"); e["total_g"] = 5;
              e["refused_g"] = 6),
        FAULT("bad_field", "/lines/0/accepted_g", accept, e["lines"][0]["accepted_g"] = 0),
        FAULT("bad_field", "/lines/0/line", accept, e["lines"][0].erase("line")),
        FAULT("bad_field", "/lines/0/line", accept, e["from_city"] = "130200"),
        FAULT("bad_field", "/lines/0/pieces", accept, e["lines"][0]["accepted_g"] = 0;
              e["lines"][0]["refused_g"] = 4; e["lines"][0]["pieces"] = 4),
        FAULT("bad_field", "/close", transform, e["close"] = true),
        FAULT("bad_field", "/inputs", transform, e.erase("inputs")),
        FAULT("bad_number", "/loss_g", transform, e["loss_g"] = -1),
        FAULT("bad_field", "/reason", adjust, e["reason"] = ""),
        FAULT("bad_field", "/reason", adjust, e.erase("reason")),
        FAULT("bad_field", "/lines/0/lot_new", adjust, e["lines"][0]["lot_new"] = "L2"),
        FAULT("bad_field", "/legs/0/account", settle, e["legs"][0]["account"] = "stock:S1"),
        FAULT("bad_field", "/legs/0/account", settle, e["legs"][0]["account"] = "till"),
        FAULT("bad_field", "/legs/0/unit", settle, e["legs"][0]["unit"] = "g"),
  };
  return kFaults;
}
#undef FAULT

struct Broken {
  const char* code;
  const char* at;
  const char* text;
};

/// Not even JSON as records need it.
const std::vector<Broken> kBroken{
    {"bad_json", "/id", R"({"id":)"},
    {"bad_field", "", "[]"},
    {"bad_number", "/mass_g", R"({"mass_g":1.5})"},
    {"bad_number", "/mass_g", R"({"mass_g":9007199254740992})"},
    {"duplicate_key", "/id", R"({"id":"a","id":"b"})"},
    {"bad_text", "/id", R"({"id":"\ud800"})"},
    {"bad_text", "/id", R"({"id":"\u0000"})"},
};

}  // namespace

Sending Generator::malformed() {
  if (chance(10)) {
    const Broken& broken = pick(kBroken);
    return {Json(), broken.text, Reply{"refused", broken.code, broken.at, {}}, false};
  }
  const Fault& fault = pick(faults());
  Json event = fault.event();
  std::string at = fault.at;
  if (event.contains("id") && event.at("id") == kId) {
    event["id"] = uuid();
  }
  const bool wrap = event.contains("id") && at != "/id" && chance(30);
  if (wrap) {
    event.erase("id");
    Json correct = base("correct");
    correct["id"] = uuid();
    correct["corrects"] = uuid();
    correct["reason"] = "r";
    correct["replacement"] = event;
    event = correct;
    at = "/replacement" + at;
  }
  return {event, "", Reply{"refused", fault.code, at, {}}, false};
}

}  // namespace huan::auditor
