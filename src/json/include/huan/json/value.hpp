// SPDX-License-Identifier: Apache-2.0
// A Value is a handle on one JSON value inside a Document: three words, cheap to copy, valid as
// long as its Document lives (moving the Document keeps it valid). Members and elements come in the
// order sent. Asking for the wrong kind is our bug and asserts: look at kind() first.
//
//   for (const json::Member member : value.members()) { use(member.key, member.value); }
//   if (auto lot = value.find("lot"); lot && lot->is_string()) { use(lot->string()); }
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "huan/base/assert.hpp"

namespace huan::json {

enum class Kind : std::uint8_t {
  null,
  boolean,
  integer,
  decimal,  ///< a number with fraction or exponent; only with ParseOptions::allow_fractions, never
            ///< in records
  string,
  array,
  object
};

namespace detail {

struct Extent {
  std::uint32_t offset;  ///< string, decimal: where in the Document's text
  std::uint32_t end;     ///< array, object: index of the first node behind it
};

/// One value (or key) of a Document, in the order of the text; a container is followed by all that
/// it holds.
struct Node {
  union {
    std::int64_t integer;  ///< integer; boolean as 0 or 1
    Extent at;
  };
  std::uint32_t size;  ///< bytes of a string, members or elements of a container
  Kind kind;
  bool escaped;  ///< the string holds characters that JSON text has to escape
};
static_assert(sizeof(Node) == 16);

}  // namespace detail

class Elements;
class Members;

class Value {
 public:
  Value() noexcept;  ///< null
  Value(const detail::Node* node, const detail::Node* nodes, const char* text) noexcept
      : node_(node), nodes_(nodes), text_(text) {}

  [[nodiscard]] Kind kind() const noexcept { return node_->kind; }
  [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }
  [[nodiscard]] bool is_boolean() const noexcept { return kind() == Kind::boolean; }
  [[nodiscard]] bool is_integer() const noexcept { return kind() == Kind::integer; }
  [[nodiscard]] bool is_decimal() const noexcept { return kind() == Kind::decimal; }
  [[nodiscard]] bool is_number() const noexcept { return is_integer() || is_decimal(); }
  [[nodiscard]] bool is_string() const noexcept { return kind() == Kind::string; }
  [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }
  [[nodiscard]] bool is_object() const noexcept { return kind() == Kind::object; }

  [[nodiscard]] bool boolean() const { return HUAN_ASSERT(is_boolean()), node_->integer != 0; }
  [[nodiscard]] std::int64_t integer() const { return HUAN_ASSERT(is_integer()), node_->integer; }
  /// The characters, escapes resolved.
  [[nodiscard]] std::string_view string() const { return HUAN_ASSERT(is_string()), text(); }
  /// A decimal as it was written.
  [[nodiscard]] std::string_view decimal() const { return HUAN_ASSERT(is_decimal()), text(); }
  /// An integer or decimal as the nearest double: for coordinates and the like.
  [[nodiscard]] double number() const;

  /// Members of an object or elements of an array.
  [[nodiscard]] std::size_t size() const {
    return HUAN_ASSERT(is_array() || is_object()), node_->size;
  }
  [[nodiscard]] Elements elements() const;
  [[nodiscard]] Members members() const;
  /// The member of that key; objects are small, so this walks.
  [[nodiscard]] std::optional<Value> find(std::string_view key) const;

 private:
  friend class Elements;
  friend class Members;
  friend class Canonicaliser;

  [[nodiscard]] std::string_view text() const noexcept {
    return {text_ + node_->at.offset, node_->size};
  }
  [[nodiscard]] const detail::Node* behind() const noexcept {
    return is_array() || is_object() ? nodes_ + node_->at.end : node_ + 1;
  }
  [[nodiscard]] Value at(const detail::Node* node) const noexcept { return {node, nodes_, text_}; }

  const detail::Node* node_;
  const detail::Node* nodes_;
  const char* text_;
};

struct Member {
  std::string_view key;
  Value value;
};

/// The elements of an array, a forward range of Value.
class Elements {
 public:
  class Iterator {
   public:
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    using pointer = const Value*;
    using reference = Value;
    using iterator_category = std::input_iterator_tag;

    explicit Iterator(Value value) : value_(value) {}
    Value operator*() const { return value_; }
    const Value* operator->() const { return &value_; }
    Iterator& operator++() { return value_ = value_.at(value_.behind()), *this; }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return value_.node_ == other.value_.node_; }

   private:
    Value value_;
  };

  explicit Elements(Value array) : array_(array) {}
  [[nodiscard]] Iterator begin() const { return Iterator(array_.at(array_.node_ + 1)); }
  [[nodiscard]] Iterator end() const { return Iterator(array_.at(array_.behind())); }
  [[nodiscard]] std::size_t size() const { return array_.size(); }

 private:
  Value array_;
};

/// The members of an object, a forward range of Member.
class Members {
 public:
  class Iterator {
   public:
    using value_type = Member;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Member;
    using iterator_category = std::input_iterator_tag;

    explicit Iterator(Value key) : key_(key) {}
    Member operator*() const { return {key_.text(), key_.at(key_.node_ + 1)}; }
    Iterator& operator++() { return key_ = key_.at(key_.at(key_.node_ + 1).behind()), *this; }
    Iterator operator++(int) {
      const Iterator before = *this;
      ++*this;
      return before;
    }
    bool operator==(const Iterator& other) const { return key_.node_ == other.key_.node_; }

   private:
    Value key_;
  };

  explicit Members(Value object) : object_(object) {}
  [[nodiscard]] Iterator begin() const { return Iterator(object_.at(object_.node_ + 1)); }
  [[nodiscard]] Iterator end() const { return Iterator(object_.at(object_.behind())); }
  [[nodiscard]] std::size_t size() const { return object_.size(); }

 private:
  Value object_;
};

inline Elements Value::elements() const { return HUAN_ASSERT(is_array()), Elements(*this); }
inline Members Value::members() const { return HUAN_ASSERT(is_object()), Members(*this); }

}  // namespace huan::json
