// SPDX-License-Identifier: Apache-2.0
// One XML part of an archive, read piece by piece. A document type declaration is refused, and with
// it every entity; so are tags and attributes beyond 1 MiB and deep nesting. Names come without
// their prefix.
#pragma once

#include <expat.h>

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "huan/base/result.hpp"
#include "zip_archive.hpp"

namespace huan::wire_table {

class XmlAttributes {
 public:
  explicit XmlAttributes(const XML_Char** list) : list_(list) {}
  /// By local name; nullopt when it is not there.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  /// The same, only with a prefix: `r:id` beside `id`.
  [[nodiscard]] std::optional<std::string_view> find_prefixed(std::string_view name) const;

 private:
  const XML_Char** list_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view) {}
  [[nodiscard]] const std::optional<base::Error>& refusal() const { return refusal_; }

 protected:
  /// Ends the reading of this part.
  void refuse(base::ErrorCode code, std::string detail);

 private:
  std::optional<base::Error> refusal_;
};

class XmlStream {
 public:
  XmlStream(ZipEntry entry, XmlHandler& handler);
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  /// Hands the next block to the handler; false when the part is at its end. Errors: bad_file,
  /// too_large, the handler's.
  base::Result<bool> pump();
  base::Result<void> pump_all();

 private:
  struct Free {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };
  template <class Call>
  void guarded(Call&& call);
  static void XMLCALL on_start(void* self, const XML_Char* name, const XML_Char** attributes);
  static void XMLCALL on_end(void* self, const XML_Char* name);
  static void XMLCALL on_text(void* self, const XML_Char* text, int size);
  static void XMLCALL on_doctype(void* self, const XML_Char* name, const XML_Char* system_id,
                                 const XML_Char* public_id, int internal);
  base::Result<void> outcome(XML_Status status);

  ZipEntry entry_;
  XmlHandler& handler_;
  std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> parser_;
  std::exception_ptr thrown_;
  std::uint64_t fed_{0};
  std::size_t depth_{0};
  bool doctype_{false};
  bool too_deep_{false};
  bool done_{false};
};

}  // namespace huan::wire_table
