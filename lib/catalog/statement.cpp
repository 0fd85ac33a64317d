#include "catalog/statement.hpp"

#include <sqlite3.h>

#include "catalog/connection.hpp"
#include "catalog/sqlite_error.hpp"

namespace amphi {

Statement::Statement(const Connection& connection, std::string_view sql) {
  const int code = sqlite3_prepare_v3(connection.get(), sql.data(), static_cast<int>(sql.size()), 0, &stmt_, nullptr);
  if (code != SQLITE_OK) throw_sqlite(connection.get(), code, connection.file(), sql);
}

Statement::~Statement() {
  sqlite3_finalize(stmt_);
}

Use::~Use() {
  // Resetting repeats the error of the last step, which was thrown already.
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  statement_.in_use = false;
}

bool Use::step() {
  column_ = 0;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) check(code);
  return false;
}

void Use::run() {
  while (step()) {
  }
}

void Use::bind_next(std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), ++parameter_, value));
}

void Use::bind_next(double value) {
  check(sqlite3_bind_double(statement_.get(), ++parameter_, value));
}

void Use::bind_next(std::string_view value) {
  // A null data pointer would bind NULL where "" is meant.
  const char* data = value.data() ? value.data() : "";
  check(sqlite3_bind_text64(statement_.get(), ++parameter_, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Use::bind_next(std::nullopt_t) {
  check(sqlite3_bind_null(statement_.get(), ++parameter_));
}

Use::Type Use::next_type() const {
  switch (sqlite3_column_type(statement_.get(), column_)) {
    case SQLITE_INTEGER:
      return Type::kInteger;
    case SQLITE_FLOAT:
      return Type::kReal;
    case SQLITE_TEXT:
      return Type::kText;
    case SQLITE_BLOB:
      return Type::kBytes;
    default:
      return Type::kNull;
  }
}

bool Use::null_here() const {
  return sqlite3_column_type(statement_.get(), column_) == SQLITE_NULL;
}

std::int64_t Use::integer() {
  return sqlite3_column_int64(statement_.get(), column_++);
}

double Use::read(double*) {
  return sqlite3_column_double(statement_.get(), column_++);
}

std::string Use::read(std::string*) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column_));
  const int size = sqlite3_column_bytes(statement_.get(), column_++);
  return text ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

std::string Use::next_bytes() {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column_));
  const int size = sqlite3_column_bytes(statement_.get(), column_++);
  return bytes ? std::string(bytes, static_cast<std::size_t>(size)) : std::string();
}

void Use::check(int code) const {
  if (code != SQLITE_OK) {
    throw_sqlite(connection_.get(), code, connection_.file(), sqlite3_sql(statement_.get()));
  }
}

}  // namespace amphi
