// SPDX-License-Identifier: Apache-2.0
// CSV in constant memory: one buffer holds whole rows; a row that its end cuts is moved to the
// front and read again.
#include <algorithm>
#include <array>
#include <cstring>

#include "huan/wire_table/table_reader.hpp"
#include "utf8_feed.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kSlack = 64;  // the feed wants room for whole characters

struct Span {
  std::size_t begin{0};
  std::size_t end{0};
  bool doubled{false};  ///< holds "" that stand for one quote
};

enum class Parse { row, need_more, failed };

class CsvReader final : public TableReader {
 public:
  CsvReader(std::unique_ptr<ByteSource> source, const TableOptions& options)
      : limits_(options.limits),
        name_(options.name),
        delimiter_(options.delimiter),
        feed_(std::move(source), options.encoding),
        buffer_(options.limits.row_bytes_max + kSlack, '\0') {}

  base::Result<bool> next() override;
  [[nodiscard]] std::string description() const override;
  base::Result<void> start();

 private:
  Parse parse_row();
  Parse parse_cell(std::size_t& at);
  Parse parse_quoted(std::size_t& at);
  Parse finish_row(std::size_t at);
  Parse fail(ErrorCode code, std::string detail);
  void refill();
  void sniff();
  void publish();
  [[nodiscard]] Error at_row(Error error) const;

  TableLimits limits_;
  std::string name_;
  char delimiter_;
  Utf8Feed feed_;
  std::string buffer_;
  std::array<bool, 256> ends_cell_{};
  std::vector<Span> spans_;
  std::size_t begin_{0};  ///< of the row that is read next
  std::size_t end_{0};    ///< of the text in the buffer
  std::size_t after_{0};  ///< of the row just parsed
  bool last_{false};      ///< the feed has no more
  std::int64_t number_{0};
  std::optional<Error> failed_;
};

Error CsvReader::at_row(Error error) const {
  error.at = (name_.empty() ? "row " : name_ + " row ") + std::to_string(number_ + 1);
  return error;
}

Parse CsvReader::fail(ErrorCode code, std::string detail) {
  failed_ = at_row(Error{code, "", std::move(detail)});
  return Parse::failed;
}

void CsvReader::refill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  while (!last_ && buffer_.size() - end_ >= kSlack) {
    const std::size_t n = feed_.read(std::span{buffer_}.subspan(end_));
    last_ = n == 0;
    end_ += n;
  }
}

/// The most frequent of the three in the first row that is not blank, outside quotes; a tie goes to
/// the comma.
void CsvReader::sniff() {
  constexpr std::array<char, 3> kCandidates{',', ';', '\t'};
  std::array<std::size_t, 3> seen{};
  bool quoted = false;
  for (std::size_t i = 0; i < end_; ++i) {
    const char c = buffer_[i];
    const bool line_end = c == '\n' || c == '\r';
    if (line_end && !quoted && i > 0 && std::max({seen[0], seen[1], seen[2]}) > 0) {
      break;
    }
    quoted = c == '"' ? !quoted : quoted;
    for (std::size_t k = 0; k < kCandidates.size() && !quoted; ++k) {
      seen[k] += c == kCandidates[k] ? 1 : 0;
    }
  }
  const auto best = std::max_element(seen.begin(), seen.end()) - seen.begin();
  delimiter_ = kCandidates[static_cast<std::size_t>(best)];
}

base::Result<void> CsvReader::start() {
  refill();
  if (end_ == 0 && !feed_.problem()) {
    return Error{ErrorCode::bad_file, name_, "the file is empty"};
  }
  if (delimiter_ == 0) {
    sniff();
  }
  for (const char c : {delimiter_, '\r', '\n'}) {
    ends_cell_[static_cast<unsigned char>(c)] = true;
  }
  return {};
}

/// A cell in quotes, `at` behind the opening one; leaves `at` behind the closing one.
Parse CsvReader::parse_quoted(std::size_t& at) {
  Span span{at, at, false};
  while (true) {
    const void* found = std::memchr(buffer_.data() + at, '"', end_ - at);
    if (found == nullptr) {
      return last_ && !feed_.problem()
                 ? fail(ErrorCode::bad_file, "a quote is opened in this row and never closed")
                 : Parse::need_more;
    }
    at = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
    if (at + 1 == end_ && !last_) {
      return Parse::need_more;
    }
    if (at + 1 == end_ || buffer_[at + 1] != '"') {
      break;
    }
    span.doubled = true;
    at += 2;
  }
  span.end = at++;
  spans_.push_back(span);
  if (at < end_ && !ends_cell_[static_cast<unsigned char>(buffer_[at])]) {
    return fail(ErrorCode::bad_file, "text follows a closing quote");
  }
  return Parse::row;
}

/// One cell; leaves `at` on the delimiter, on the line end, or at the end of the text.
Parse CsvReader::parse_cell(std::size_t& at) {
  if (spans_.size() == limits_.columns_max) {
    return fail(ErrorCode::too_large,
                "more than " + std::to_string(limits_.columns_max) + " columns");
  }
  Parse state = Parse::row;
  if (at < end_ && buffer_[at] == '"') {
    state = parse_quoted(++at);
  } else {
    const std::size_t from = at;
    while (at < end_ && !ends_cell_[static_cast<unsigned char>(buffer_[at])]) {
      ++at;
    }
    spans_.push_back({from, at, false});
  }
  if (state == Parse::row && spans_.back().end - spans_.back().begin > limits_.cell_bytes_max) {
    return fail(ErrorCode::too_large,
                "a cell is larger than " + std::to_string(limits_.cell_bytes_max) + " bytes");
  }
  return state;
}

Parse CsvReader::parse_row() {
  spans_.clear();
  std::size_t at = begin_;
  while (true) {
    if (const Parse state = parse_cell(at); state != Parse::row) {
      return state;
    }
    if (at == end_ || buffer_[at] != delimiter_) {
      return finish_row(at);
    }
    ++at;
  }
}

Parse CsvReader::finish_row(std::size_t at) {
  if (at == end_) {
    after_ = at;
    return last_ && !feed_.problem() ? Parse::row : Parse::need_more;
  }
  if (buffer_[at] == '\r') {
    if (at + 1 == end_ && !last_) {
      return Parse::need_more;
    }
    at += at + 1 < end_ && buffer_[at + 1] == '\n' ? 1 : 0;
  }
  after_ = at + 1;
  return Parse::row;
}

void CsvReader::publish() {
  row_.number = number_;
  row_.cells.clear();
  for (const Span& span : spans_) {
    std::size_t size = span.end - span.begin;
    char* const text = buffer_.data() + span.begin;
    if (span.doubled) {
      std::size_t out = 0;
      for (std::size_t in = 0; in < size; ++in) {
        text[out++] = text[in];
        in += text[in] == '"' ? 1 : 0;
      }
      size = out;
    }
    row_.cells.emplace_back(text, size);
  }
}

base::Result<bool> CsvReader::next() {
  while (!failed_) {
    if (last_ && begin_ == end_ && !feed_.problem()) {
      return false;
    }
    const Parse state = parse_row();
    if (state == Parse::need_more) {
      if (last_ && feed_.problem()) {
        failed_ = at_row(*feed_.problem());
      } else if (begin_ == 0 && buffer_.size() - end_ < kSlack) {
        fail(ErrorCode::too_large, "the row is larger than " +
                                       std::to_string(limits_.row_bytes_max) +
                                       " bytes; a quote may be missing");
      } else {
        refill();
      }
      continue;
    }
    if (state == Parse::row) {
      const bool blank_line =
          spans_.size() == 1 && spans_[0].end == spans_[0].begin && buffer_[begin_] != '"';
      begin_ = after_;
      ++number_;
      if (!blank_line) {
        publish();
        return true;
      }
    }
  }
  return *failed_;
}

std::string CsvReader::description() const {
  std::string out = feed_.encoding() == Encoding::gb18030 ? "CSV, GB18030, " : "CSV, UTF-8, ";
  return out + (delimiter_ == '\t' ? std::string{"tab"} : std::string{'\'', delimiter_, '\''});
}

}  // namespace

base::Result<std::unique_ptr<TableReader>> open_csv(std::unique_ptr<ByteSource> source,
                                                    const TableOptions& options) {
  auto reader = std::make_unique<CsvReader>(std::move(source), options);
  HUAN_CHECK(reader->start());
  return std::unique_ptr<TableReader>{std::move(reader)};
}

}  // namespace huan::wire_table
