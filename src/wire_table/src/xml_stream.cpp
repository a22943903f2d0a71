// SPDX-License-Identifier: Apache-2.0
#include "xml_stream.hpp"

#include <new>

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr int kBlock = 32 << 10;
constexpr std::uint64_t kTokenMax = std::uint64_t{1} << 20;
constexpr std::size_t kDepthMax = 64;

std::string_view local(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const XML_Char** at = list_; *at != nullptr; at += 2) {
    if (name == *at) {
      return at[1];
    }
  }
  return std::nullopt;
}

std::optional<std::string_view> XmlAttributes::find_prefixed(std::string_view name) const {
  for (const XML_Char** at = list_; *at != nullptr; at += 2) {
    const std::string_view full = *at;
    if (local(full) == name && full.size() > name.size()) {
      return at[1];
    }
  }
  return std::nullopt;
}

void XmlHandler::refuse(ErrorCode code, std::string detail) {
  if (!refusal_) {
    refusal_ = Error{code, "", std::move(detail)};
  }
}

XmlStream::XmlStream(ZipEntry entry, XmlHandler& handler)
    : entry_(std::move(entry)), handler_(handler), parser_(XML_ParserCreate(nullptr)) {
  if (!parser_) {
    throw std::bad_alloc{};
  }
  XML_SetUserData(parser_.get(), this);
  XML_SetElementHandler(parser_.get(), &on_start, &on_end);
  XML_SetCharacterDataHandler(parser_.get(), &on_text);
  XML_SetStartDoctypeDeclHandler(parser_.get(), &on_doctype);
}

/// No exception crosses expat's frames: it is kept and thrown again behind them.
template <class Call>
void XmlStream::guarded(Call&& call) {
  try {
    if (!thrown_ && !handler_.refusal()) {
      call();
    }
  } catch (...) {
    thrown_ = std::current_exception();
  }
  if (thrown_ || handler_.refusal() || doctype_ || too_deep_) {
    XML_StopParser(parser_.get(), XML_FALSE);
  }
}

void XmlStream::on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
  auto& stream = *static_cast<XmlStream*>(self);
  stream.guarded([&] {
    stream.too_deep_ = ++stream.depth_ > kDepthMax;
    stream.handler_.start(local(name), XmlAttributes{attributes});
  });
}

void XmlStream::on_end(void* self, const XML_Char* name) {
  auto& stream = *static_cast<XmlStream*>(self);
  stream.guarded([&] {
    --stream.depth_;
    stream.handler_.end(local(name));
  });
}

void XmlStream::on_text(void* self, const XML_Char* text, int size) {
  auto& stream = *static_cast<XmlStream*>(self);
  stream.guarded([&] { stream.handler_.text({text, static_cast<std::size_t>(size)}); });
}

void XmlStream::on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  auto& stream = *static_cast<XmlStream*>(self);
  stream.guarded([&] { stream.doctype_ = true; });
}

base::Result<void> XmlStream::outcome(XML_Status status) {
  if (thrown_) {
    std::rethrow_exception(thrown_);
  }
  if (handler_.refusal()) {
    return *handler_.refusal();
  }
  if (doctype_) {
    return Error{ErrorCode::bad_file, "",
                 entry_.name() + " declares a document type, which a workbook never does"};
  }
  if (too_deep_) {
    return Error{ErrorCode::bad_file, "", entry_.name() + " is nested too deeply"};
  }
  if (status != XML_STATUS_OK) {
    return Error{ErrorCode::bad_file, "",
                 entry_.name() + " is not well-formed XML, line " +
                     std::to_string(XML_GetCurrentLineNumber(parser_.get()))};
  }
  const XML_Index reached = XML_GetCurrentByteIndex(parser_.get());
  if (fed_ - static_cast<std::uint64_t>(reached < 0 ? 0 : reached) > kTokenMax) {
    return Error{ErrorCode::too_large, "", entry_.name() + " holds a tag of more than 1 MiB"};
  }
  return {};
}

base::Result<bool> XmlStream::pump() {
  if (done_) {
    return false;
  }
  void* buffer = XML_GetBuffer(parser_.get(), kBlock);
  if (buffer == nullptr) {
    throw std::bad_alloc{};
  }
  HUAN_TRY(n, entry_.read({static_cast<char*>(buffer), static_cast<std::size_t>(kBlock)}));
  fed_ += n;
  done_ = n == 0;
  HUAN_CHECK(outcome(XML_ParseBuffer(parser_.get(), static_cast<int>(n), done_ ? 1 : 0)));
  return !done_;
}

base::Result<void> XmlStream::pump_all() {
  while (true) {
    HUAN_TRY(more, pump());
    if (!more) {
      return {};
    }
  }
}

}  // namespace huan::wire_table
