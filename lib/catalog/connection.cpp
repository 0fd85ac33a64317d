#include "catalog/connection.hpp"

#include <chrono>
#include <thread>

#include <sqlite3.h>

#include "catalog/sqlite_error.hpp"

namespace amphi {
namespace {

// Writes are few and short, so whoever waits this long waits for something that hangs.
constexpr auto kLongestWait = std::chrono::seconds(20);
constexpr auto kOftenAtFirst = std::chrono::seconds(1);  // after which asking often has not helped

// Between two commits a writer that goes on and on lets go for less than a millisecond, and is at its fsyncs otherwise.
// SQLite's own handler, which comes to ask ten times a second, would miss that for longer than anybody waits. The pause
// is a matter of chance, so that two do not keep step.
int wait_a_little(void* waiting_since, int asked_before) {
  auto& since = *static_cast<std::chrono::steady_clock::time_point*>(waiting_since);
  const auto now = std::chrono::steady_clock::now();
  if (asked_before == 0) since = now;
  if (now - since >= kLongestWait) return 0;
  const auto microseconds = 1000 + now.time_since_epoch().count() % 2000;
  std::this_thread::sleep_for(std::chrono::microseconds(now - since < kOftenAtFirst ? microseconds : 5 * microseconds));
  return 1;
}

int open_flags(Connection::Access access) {
  using enum Connection::Access;
  const int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  switch (access) {
    case kRead:
      return common | SQLITE_OPEN_READONLY;
    case kRollBack:
    case kExisting:
      return common | SQLITE_OPEN_READWRITE;
    case kCreate:
    case kTemporary:
      break;
  }
  return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

// Nobody asks SQLite how much memory it uses; counting costs a lock at each allocation. Room for pages is taken as they
// are read: twenty at once, for each table that lives for one statement too, are mostly never used.
void take_little_memory() {
  [[maybe_unused]] static const int kCounting = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  [[maybe_unused]] static const int kPages = sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, 0);
}

// SQLite gives some names a meaning (":memory:", "file:..."); with a folder before it a name is only a name.
std::string plain_name(const std::string& file) {
  return file.starts_with('/') ? file : "./" + file;
}

}  // namespace

Connection::Connection(std::string file, Access access) : file_(std::move(file)) {
  take_little_memory();
  const std::string name = access == Access::kTemporary ? std::string() : plain_name(file_);
  const int code = sqlite3_open_v2(name.c_str(), &db_, open_flags(access), nullptr);
  try {
    if (code != SQLITE_OK) throw_sqlite(db_, code, file_, "open");
    configure();
    if (access == Access::kRollBack) forbid_writing();  // kRead cannot
  } catch (...) {
    sqlite3_close_v2(db_);
    throw;
  }
}

Connection::~Connection() {
  statements_.clear();
  sqlite3_close_v2(db_);
}

void Connection::configure() {
  sqlite3_busy_handler(db_, wait_a_little, &waiting_since_);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  execute("PRAGMA cell_size_check = ON");
}

void Connection::open_for_writing() {
  // Never WAL: see "The catalog" in the README.
  execute("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = EXTRA");
}

void Connection::forbid_writing() {
  execute("PRAGMA query_only = ON");
}

Statement& Connection::statement(const char* sql) {
  auto& kept = statements_[sql];
  // A use within a use of the same statement would take away the outer one's rows.
  if (kept && kept->in_use) throw Error(ErrorKind::kUnexpected, std::string("statement used twice at once: ") + sql);
  if (!kept) kept = std::make_unique<Statement>(*this, sql);
  return *kept;
}

void Connection::execute(const char* script) {
  const int code = sqlite3_exec(db_, script, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite(db_, code, file_, script);
}

std::int64_t Connection::integer(const char* sql) {
  Use row = use(sql);
  return row.step() ? row.next<std::int64_t>() : 0;
}

std::int64_t Connection::last_id() const {
  return sqlite3_last_insert_rowid(db_);
}

int Connection::changes() const {
  return sqlite3_changes(db_);
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(db_) == 0;
}

void Connection::roll_back() noexcept {
  try {
    run("ROLLBACK");
  } catch (const std::exception&) {
    // SQLite undoes what is left when the connection is closed.
  }
}

Transaction::Transaction(Connection& connection, Kind kind)
    : connection_(connection), is_part_(connection.joins_transactions && connection.in_transaction()) {
  if (!is_part_) connection_.run(kind == Kind::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  // After some errors (no space, input/output) SQLite has rolled back by itself.
  if (!is_part_ && connection_.in_transaction()) connection_.roll_back();
}

void Transaction::commit() {
  if (!is_part_) connection_.run("COMMIT");
}

}  // namespace amphi
