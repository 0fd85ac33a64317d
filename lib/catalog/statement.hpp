// A prepared statement, and one use of it: bound, stepped, and reset on leaving.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "amphi/ids.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace amphi {

class Connection;

class Statement {
 public:
  Statement(const Connection& connection, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  sqlite3_stmt* get() const { return stmt_; }
  bool in_use = false;

 private:
  sqlite3_stmt* stmt_ = nullptr;
};

// Parameters are bound in order; columns are read in order by next<T>(), from the first again after each step().
// T: int, int64, double, bool, std::string, Id, Timestamp, or an optional of one of them.
class Use {
 public:
  template <class... Args>
  Use(const Connection& connection, Statement& statement, const Args&... args)
      : connection_(connection), statement_(statement) {
    statement_.in_use = true;
    bind(args...);
  }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  ~Use();

  template <class... Args>
  Use& bind(const Args&... args) {
    (bind_next(args), ...);
    return *this;
  }

  bool step();  // true: there is a row
  void run();   // to the end

  template <class T>
  T next() {
    return read(static_cast<T*>(nullptr));
  }
  void skip() { ++column_; }

  // For rows of which nothing is known beforehand: what the next column holds.
  enum class Type { kNull, kInteger, kReal, kText, kBytes };
  Type next_type() const;
  std::string next_bytes();

 private:
  void bind_next(std::int64_t value);
  void bind_next(int value) { bind_next(std::int64_t{value}); }
  void bind_next(bool value) { bind_next(std::int64_t{value}); }
  void bind_next(double value);
  void bind_next(std::string_view value);
  void bind_next(const std::string& value) { bind_next(std::string_view(value)); }
  void bind_next(const char* value) { bind_next(std::string_view(value)); }
  void bind_next(Timestamp value) { bind_next(value.ns); }
  void bind_next(std::nullopt_t);
  template <class Tag>
  void bind_next(Id<Tag> value) {
    bind_next(value.value);
  }
  template <class T>
  void bind_next(const std::optional<T>& value) {
    if (value) {
      bind_next(*value);
    } else {
      bind_next(std::nullopt);
    }
  }

  bool null_here() const;
  std::int64_t integer();
  std::int64_t read(std::int64_t*) { return integer(); }
  int read(int*) { return static_cast<int>(integer()); }
  bool read(bool*) { return integer() != 0; }
  double read(double*);
  std::string read(std::string*);
  Timestamp read(Timestamp*) { return {integer()}; }
  template <class Tag>
  Id<Tag> read(Id<Tag>*) {
    return {integer()};
  }
  template <class T>
  std::optional<T> read(std::optional<T>*) {
    if (!null_here()) return next<T>();
    skip();
    return std::nullopt;
  }

  void check(int code) const;

  const Connection& connection_;
  Statement& statement_;
  int parameter_ = 0;
  int column_ = 0;
};

}  // namespace amphi
