// SQLite in memory: inserts, an index, joins, aggregates, text functions, an update and a delete.

#include "bench.h"
#include <sqlite3.h>

static uint64_t sum;

/// Folds each column's text into the checksum: decimal output of doubles is compared too.
static int mixRow(void *context, int columns, char **values, char **names)
{
    (void)context;
    (void)names;
    for (int i = 0; i < columns; i++)
        for (const char *c = values[i] ? values[i] : "NULL"; *c; c++)
            sum = benchMix(sum, (unsigned char)*c);
    return 0;
}

static void run(sqlite3 *database, const char *statements)
{
    char *message = NULL;
    if (sqlite3_exec(database, statements, mixRow, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s\n", message);
        exit(1);
    }
}

static void insertOrders(sqlite3 *database, uint64_t seed)
{
    sqlite3_stmt *insert;
    if (sqlite3_prepare_v2(database, "INSERT INTO orders VALUES (?, ?, ?, ?)", -1, &insert, NULL) != SQLITE_OK)
        exit(1);
    for (int id = 0; id < 1000; id++) {
        char note[32];
        snprintf(note, sizeof note, "note %x", (unsigned)benchRandom(&seed));
        sqlite3_bind_int(insert, 1, id);
        sqlite3_bind_int(insert, 2, (int)(benchRandom(&seed) % 100));
        sqlite3_bind_double(insert, 3, benchRandomDouble(&seed) * 1000);
        sqlite3_bind_text(insert, 4, note, -1, SQLITE_TRANSIENT);
        if (sqlite3_step(insert) != SQLITE_DONE)
            exit(1);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
}

int main(int argc, char **argv)
{
    for (long unit = benchScale(argc, argv); unit > 0; unit--) {
        sqlite3 *database;
        if (sqlite3_open(":memory:", &database) != SQLITE_OK)
            return 1;
        run(database, "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT);"
                      "CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INT, amount REAL, note TEXT);"
                      "BEGIN;"
                      "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99)"
                      "  INSERT INTO customers SELECT i, printf('name%03d', i * 37 % 100), 'city' || i % 7 FROM n;");
        insertOrders(database, (uint64_t)unit);
        run(database, "CREATE INDEX byCustomer ON orders (customer, amount); COMMIT;"
                      "SELECT city, count(*), sum(amount), avg(amount), max(length(note)) FROM orders"
                      "  JOIN customers ON customer = customers.id GROUP BY city ORDER BY 3 DESC;"
                      "UPDATE orders SET amount = amount * 1.25 WHERE note LIKE '%7%';"
                      "DELETE FROM orders WHERE customer IN (SELECT id FROM customers WHERE city = 'city3');"
                      "SELECT name, round(sum(amount), 3), group_concat(substr(note, 6, 2)) FROM customers"
                      "  LEFT JOIN orders ON customer = customers.id GROUP BY name ORDER BY name;"
                      "SELECT upper(note), hex(amount) FROM orders ORDER BY note LIMIT 50;");
        sqlite3_close(database);
    }
    benchReport(sum);
}
