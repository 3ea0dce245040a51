// variants: O2
// links: -l:libsqlite3.a -lm -Xlinker --no-warnings
// run: :memory:
// run: on-disk.db
// A database workload: tables, indexes, transactions, joins, aggregates, text functions,
// recursive queries, a virtual table where there is one, integrity check.

#include <sqlite3.h>

#include "check.h"

static sqlite3 *database;

static void run(const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK) {
    printf("FAILED %s: %s\n", sql, message);
    exit(99);
  }
}

static int print_row(void *context, int columns, char **values, char **names) {
  (void)context;
  (void)names;
  for (int i = 0; i < columns; i++) printf("%s%s", i ? "|" : "", values[i] ? values[i] : "NULL");
  puts("");
  return 0;
}

static void query(const char *sql) {
  char *message = NULL;
  printf("-- %s\n", sql);
  if (sqlite3_exec(database, sql, print_row, NULL, &message) != SQLITE_OK) printf("error: %s\n", message);
  sqlite3_free(message);
}

static void fill(void) {
  sqlite3_stmt *insert;
  uint64_t random = 99;
  run("BEGIN");
  CHECK(sqlite3_prepare_v2(database, "INSERT INTO item VALUES (?, ?, ?, ?)", -1, &insert, NULL) == SQLITE_OK);
  for (int i = 0; i < 4000; i++) {
    char name[32];
    snprintf(name, sizeof name, "item-%05u", (unsigned)(random_u64(&random) % 100000));
    sqlite3_bind_int(insert, 1, i);
    sqlite3_bind_text(insert, 2, name, -1, SQLITE_TRANSIENT);
    sqlite3_bind_double(insert, 3, (double)(random_u64(&random) % 100000) / 7);
    sqlite3_bind_int(insert, 4, (int)(random_u64(&random) % 20));
    CHECK(sqlite3_step(insert) == SQLITE_DONE);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  run("COMMIT");
}

int main(int argc, char **argv) {
  CHECK(sqlite3_open(argc > 1 ? argv[1] : ":memory:", &database) == SQLITE_OK);
  run("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, price REAL, kind INTEGER)");
  run("CREATE TABLE kind (id INTEGER PRIMARY KEY, label TEXT UNIQUE)");
  run("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 19) INSERT INTO kind SELECT i, 'kind ' || i FROM n");
  fill();
  run("CREATE INDEX by_name ON item(name)");
  run("CREATE INDEX by_kind ON item(kind, price)");
  query("SELECT count(*), min(name), max(name), round(sum(price), 4), round(avg(price), 6) FROM item");
  query("SELECT label, count(*), round(max(price), 3) FROM item JOIN kind ON kind.id = item.kind GROUP BY label ORDER BY 2 DESC, 1 LIMIT 7");
  query("SELECT name, price FROM item WHERE name LIKE 'item-00%' ORDER BY name LIMIT 5");
  query("SELECT a.id, b.id FROM item a JOIN item b ON a.name = b.name AND a.id < b.id ORDER BY 1, 2 LIMIT 5");
  run("UPDATE item SET price = price * 1.1 WHERE kind IN (SELECT id FROM kind WHERE label LIKE '%5')");
  run("DELETE FROM item WHERE id % 3 = 0");
  query("SELECT count(*), round(total(price), 4) FROM item");
  run("BEGIN");
  run("DELETE FROM item");
  run("ROLLBACK");
  query("SELECT count(*) FROM item");
  query("SELECT upper(substr(name, 1, 4)), length(name), hex(zeroblob(3)), replace(name, '-', '+') FROM item ORDER BY id LIMIT 2");
  query("SELECT printf('%08.3f|%x|%s', 3.14159, 255, 'text'), date(0, 'unixepoch', '+1 month'), julianday('2000-01-01')");
  query("SELECT kind, sum(price) OVER (PARTITION BY kind ORDER BY id ROWS 2 PRECEDING) FROM item WHERE id < 20 ORDER BY id");
  query("WITH RECURSIVE f(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM f LIMIT 40) SELECT max(a) FROM f");
  query("INSERT INTO kind VALUES (100, 'kind 3')");
  query("SELECT 1 / 0, 7 / 2, 7.0 / 2, 1e308 * 10, 9223372036854775807 + 1, abs(-5), 'a' < 'b'");
  query("SELECT nonsense FROM item");
  run("VACUUM");
  query("PRAGMA integrity_check");
  CHECK(sqlite3_close(database) == SQLITE_OK);
  return 0;
}
