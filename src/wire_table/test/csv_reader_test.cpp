// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "huan/wire_table/table_reader.hpp"

namespace huan::wire_table {
namespace {

using base::ErrorCode;
using Rows = std::vector<std::vector<std::string>>;

/// Hands out a few bytes at a time, so that everything is cut everywhere.
class Trickle final : public ByteSource {
 public:
  Trickle(std::string bytes, std::size_t step) : bytes_(std::move(bytes)), step_(step) {}
  std::size_t read(std::span<char> into) override {
    const std::size_t n = std::min({into.size(), step_, bytes_.size() - at_});
    std::copy_n(bytes_.data() + at_, n, into.data());
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  std::size_t step_;
  std::size_t at_{0};
};

struct Outcome {
  Rows rows;
  std::vector<std::int64_t> numbers;
  std::optional<base::Error> error;
  std::string description;
};

Outcome read_all(std::unique_ptr<ByteSource> source, const TableOptions& options = {}) {
  Outcome out;
  auto opened = open_csv(std::move(source), options);
  if (!opened) {
    out.error = opened.error();
    return out;
  }
  TableReader& table = **opened;
  while (true) {
    const auto more = table.next();
    if (!more) {
      out.error = more.error();
      EXPECT_FALSE(table.next().has_value()) << "an error stays";
      break;
    }
    if (!*more) {
      EXPECT_FALSE(*table.next()) << "the end stays";
      break;
    }
    out.rows.emplace_back(table.row().cells.begin(), table.row().cells.end());
    out.numbers.push_back(table.row().number);
  }
  out.description = table.description();
  return out;
}

Outcome read_text(std::string text, const TableOptions& options = {}) {
  return read_all(std::make_unique<MemorySource>(std::move(text)), options);
}

TEST(CsvReader, ReadsRfc4180) {
  const Outcome out = read_text("a,b,c\r\n1,\"x,\"\"y\"\"\r\nz\",3\r\n,,\r\n\"\",last,\"q\"");
  ASSERT_FALSE(out.error);
  EXPECT_EQ(out.rows,
            (Rows{{"a", "b", "c"}, {"1", "x,\"y\"\r\nz", "3"}, {"", "", ""}, {"", "last", "q"}}));
  EXPECT_EQ(out.numbers, (std::vector<std::int64_t>{1, 2, 3, 4}));
}

TEST(CsvReader, TakesEveryLineEndAndCountsBlankLines) {
  const Rows expected{{"a", "b"}, {"c", "d"}};
  for (const char* text : {"a,b\nc,d\n", "a,b\rc,d\r", "a,b\r\nc,d", "a,b\nc,d"}) {
    EXPECT_EQ(read_text(text).rows, expected);
  }
  EXPECT_EQ(read_text("a,b\n\n\nc,d\n").numbers, (std::vector<std::int64_t>{1, 4}));
  EXPECT_EQ(read_text("a\n\"\"\nb").rows, (Rows{{"a"}, {""}, {"b"}}));
}

TEST(CsvReader, FindsTheDelimiter) {
  EXPECT_EQ(read_text("a;b;c\n1,5;2;3\n").rows, (Rows{{"a", "b", "c"}, {"1,5", "2", "3"}}));
  EXPECT_EQ(read_text("a\tb\n1\t2\n").rows, (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read_text("\"a;b;c\",d\n").rows, (Rows{{"a;b;c", "d"}}));
  EXPECT_EQ(read_text("title\na;b\n").rows, (Rows{{"title"}, {"a", "b"}}));
  TableOptions options;
  options.delimiter = '|';
  EXPECT_EQ(read_text("a|b,c\n", options).rows, (Rows{{"a", "b,c"}}));
}

TEST(CsvReader, EveryCutGivesTheSameRows) {
  const std::string text =
      "\xEF\xBB\xBF品类,净重(吨),备注\r\n废纸板,1.5,\"说\"\"好\"\"\r\n，𠮷\"\r\n铜,\"2\",\r\n";
  const Rows expected{
      {"品类", "净重(吨)", "备注"}, {"废纸板", "1.5", "说\"好\"\r\n，𠮷"}, {"铜", "2", ""}};
  for (std::size_t step = 1; step < text.size() + 1; ++step) {
    const Outcome out = read_all(std::make_unique<Trickle>(text, step));
    ASSERT_FALSE(out.error) << step << ' ' << out.error->detail;
    EXPECT_EQ(out.rows, expected) << step;
  }
}

TEST(CsvReader, RowsAcrossTheBuffersEnd) {
  TableOptions options;
  options.limits.row_bytes_max = 100;
  std::string text;
  Rows expected;
  for (std::size_t i = 0; i < 200; ++i) {
    const std::string cell(i % 37, 'x');
    text += "\"" + cell + "\"\"\"," + cell + (i % 3 == 0 ? "\r\n" : "\n");
    expected.push_back({cell + '"', cell});
  }
  for (const std::size_t step : {1, 7, 64, 100'000}) {
    const Outcome out = read_all(std::make_unique<Trickle>(text, step), options);
    ASSERT_FALSE(out.error) << out.error->detail << out.error->at;
    EXPECT_EQ(out.rows, expected);
  }
}

// 品类,重量 / 废纸板,1.5 / 铜,2 in GBK
const std::string kGbk =
    "\xC6\xB7\xC0\xE0,\xD6\xD8\xC1\xBF\r\n\xB7\xCF\xD6\xBD\xB0\xE5,1.5\r\n\xCD\xAD,2\r\n";

TEST(CsvReader, ReadsGbk) {
  const Rows expected{{"品类", "重量"}, {"废纸板", "1.5"}, {"铜", "2"}};
  for (const std::size_t step : {1, 2, 3, 5, 1'000}) {
    const Outcome out = read_all(std::make_unique<Trickle>(kGbk, step));
    ASSERT_FALSE(out.error) << out.error->detail;
    EXPECT_EQ(out.rows, expected) << step;
    EXPECT_EQ(out.description, "CSV, GB18030, ','");
  }
}

TEST(CsvReader, TheEncodingDoesNotHangOnHowTheBytesArrive) {
  // C6 B7 alone would be UTF-8 too; what follows is not.
  const std::string text = "a,b\n1,\xC6\xB7\xC0\xE0\n";
  for (const std::size_t step : {1, 2, 3, 7, 100}) {
    EXPECT_EQ(read_all(std::make_unique<Trickle>(text, step)).rows,
              (Rows{{"a", "b"}, {"1", "品类"}}))
        << step;
  }
}

TEST(CsvReader, DecidesAtTheFirstByteThatIsNotAscii) {
  std::string text;
  while (text.size() < 3'000'000) {
    text += "plain,ascii,row\n";
  }
  const std::size_t rows = read_text(text).rows.size();
  EXPECT_EQ(read_text(text + kGbk).rows.back(), (std::vector<std::string>{"铜", "2"}));
  EXPECT_EQ(read_text(text + "铜,2\n").rows.size(), rows + 1);
}

TEST(CsvReader, FourByteGb18030AndTheMappingsWord) {
  EXPECT_EQ(read_text("\x95\x32\x82\x36,1\n").rows, (Rows{{"\U00020000", "1"}}));
  TableOptions options;
  options.encoding = Encoding::gb18030;  // these two characters look like UTF-8 by chance
  EXPECT_EQ(read_text("\xC1\xAA\xCD\xA8\n", options).rows, (Rows{{"联通"}}));
}

TEST(CsvReader, BadBytesNameTheirRow) {
  const Outcome late = read_text("品类,重量\n铜,1\n铝,2\n\xFF,3\n");
  ASSERT_TRUE(late.error);
  EXPECT_EQ(late.error->code, ErrorCode::bad_encoding);
  TableOptions named;
  named.name = "t.csv";
  const Outcome after_mark = read_text(
      "\xEF\xBB\xBF"
      "a,b\n1,2\n\xD6\xD8,3\n",
      named);
  ASSERT_TRUE(after_mark.error);
  EXPECT_EQ(after_mark.error->code, ErrorCode::bad_encoding);
  EXPECT_EQ(after_mark.error->at, "t.csv row 3");
  EXPECT_EQ(after_mark.rows.size(), 2U);
  const Outcome half = read_text("品类\n铜\n\xE9\x93");
  ASSERT_TRUE(half.error);
  EXPECT_EQ(half.error->code, ErrorCode::bad_encoding);
  EXPECT_EQ(half.error->at, "row 3");
  const Outcome wide =
      read_text(std::string{"\xFF\xFE"
                            "a\0b\0",
                            6});
  ASSERT_TRUE(wide.error);
  EXPECT_EQ(wide.error->code, ErrorCode::bad_encoding);
}

TEST(CsvReader, HostileFilesAreRefused) {
  const auto code = [](std::string text) {
    const Outcome out = read_text(std::move(text));
    return out.error ? out.error->code : ErrorCode::internal;
  };
  EXPECT_EQ(code(""), ErrorCode::bad_file);
  EXPECT_EQ(code("\xEF\xBB\xBF"), ErrorCode::bad_file);
  EXPECT_EQ(code(std::string{"a,b\n1,\0\n", 8}), ErrorCode::bad_file);
  EXPECT_EQ(code(std::string{"\xC6\xB7,b\n1,\0\n", 9}), ErrorCode::bad_file);
  EXPECT_EQ(code("a,b\n1,\"2\n3,4\n"), ErrorCode::bad_file);
  EXPECT_EQ(code("a,b\n1,\"2\"x\n"), ErrorCode::bad_file);
  EXPECT_EQ(code("a\n" + std::string(70'000, 'x')), ErrorCode::too_large);
  EXPECT_EQ(code("a\n" + std::string(3'000'000, 'x')), ErrorCode::too_large);
  EXPECT_EQ(code("a,\"b\n" + std::string(3'000'000, 'x')), ErrorCode::too_large);
  EXPECT_EQ(code("a\n" + std::string(512, ',') + '\n'), ErrorCode::too_large);
}

TEST(CsvReader, FiveHundredAndTwelveColumnsAreFine) {
  const Outcome out = read_text(std::string(511, ',') + '\n');
  ASSERT_FALSE(out.error);
  EXPECT_EQ(out.rows.at(0).size(), 512U);
  const Outcome full = read_text("a\n" + std::string(65'536, 'x') + '\n');
  ASSERT_FALSE(full.error);
}

TEST(CsvReader, AQuoteInsideAnUnquotedCellIsText) {
  EXPECT_EQ(read_text("5\" pipe,b\n").rows, (Rows{{"5\" pipe", "b"}}));
}

/// A file that exists only while it is read: numbered rows, cut wherever the reader's buffer ends.
class EndlessRows final : public ByteSource {
 public:
  explicit EndlessRows(std::uint64_t rows) : left_(rows) {}
  std::size_t read(std::span<char> into) override {
    std::size_t n = 0;
    while (n < into.size()) {
      if (at_ == row_.size()) {
        if (left_ == 0) {
          break;
        }
        number(left_--);
      }
      const std::size_t part = std::min(into.size() - n, row_.size() - at_);
      std::memcpy(into.data() + n, row_.data() + at_, part);
      at_ += part;
      n += part;
    }
    return n;
  }

 private:
  void number(std::uint64_t value) {
    at_ = 0;
    for (std::size_t i = 8; i-- > 0; value /= 10) {
      row_[i] = static_cast<char>('0' + value % 10);
    }
  }
  std::uint64_t left_;
  std::string row_{"00000000,2026-11-21 08:30:00,P-001,\"paper.occ\",12345.5,1.85,abcde\n"};
  std::size_t at_{row_.size()};
};

TEST(CsvReader, StreamsAHundredMegabytesInAFixedBuffer) {
  constexpr std::uint64_t kRows = 1'600'000;
  auto opened = open_csv(std::make_unique<EndlessRows>(kRows), {});
  ASSERT_TRUE(opened.has_value());
  std::uint64_t rows = 0;
  std::uint64_t cells = 0;
  while (true) {
    const auto more = (*opened)->next();
    ASSERT_TRUE(more.has_value()) << more.error().detail;
    if (!*more) {
      break;
    }
    ++rows;
    cells += (*opened)->row().cells.size();
  }
  EXPECT_EQ(cells, rows * 7);
  EXPECT_EQ(rows, kRows);
}

TEST(FileSource, AMissingFileIsAnError) {
  const auto source = FileSource::open("tests/there_is_no_such_file.csv");
  ASSERT_FALSE(source.has_value());
  EXPECT_EQ(source.error().code, ErrorCode::bad_file);
}

}  // namespace
}  // namespace huan::wire_table
