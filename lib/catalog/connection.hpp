// One connection to an SQLite database, with amphi's settings: defensive, untrusted schema, foreign keys, and the one
// place where SQLITE_BUSY is waited out. SQLite's descriptors are close-on-exec.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "catalog/statement.hpp"

namespace amphi {

class Connection {
 public:
  enum class Access {
    kRead,       // never writes
    kRollBack,   // reads, but may undo what a crash left half-written
    kExisting,   // reads and writes
    kCreate,     // and creates
    kTemporary,  // a private database that vanishes with the connection; `file` is only for messages
  };

  Connection(std::string file, Access access);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  sqlite3* get() const { return db_; }
  const std::string& file() const { return file_; }

  // `sql` outlives the connection (a literal, a static text): it is prepared at its first use and kept.
  template <class... Args>
  Use use(const char* sql, const Args&... args) {
    return Use(*this, statement(sql), args...);
  }
  // Runs a statement that gives no rows; returns how many rows it changed.
  template <class... Args>
  int run(const char* sql, const Args&... args) {
    Use use(*this, statement(sql));
    use.bind(args...).run();
    return changes();
  }
  void execute(const char* script);       // several statements, no parameters
  std::int64_t integer(const char* sql);  // the first column of the first row; 0 without one
  std::int64_t last_id() const;
  int changes() const;
  bool in_transaction() const;
  bool joins_transactions = false;  // those that begin while one is open are part of it
  void roll_back() noexcept;        // where it fails, closing does it

  void open_for_writing();  // journal and synchronous as the catalog needs them
  void forbid_writing();

 private:
  Statement& statement(const char* sql);
  void configure();

  std::string file_;
  sqlite3* db_ = nullptr;
  std::chrono::steady_clock::time_point waiting_since_;  // for whoever holds a lock just now
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
};

// BEGIN IMMEDIATE ... rolled back unless committed. One that is part of another leaves both to that one: whoever throws
// out of it goes on to throw out of the other.
class Transaction {
 public:
  enum class Kind { kWrite, kRead };  // kRead: several selects that see the same state
  explicit Transaction(Connection& connection, Kind kind = Kind::kWrite);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Connection& connection_;
  const bool is_part_;
};

}  // namespace amphi
