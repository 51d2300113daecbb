"""Rows by the thousand, and plain SELECTs, on the driver of a connection that SQLAlchemy holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table

from curbside.store.dialect import for_postgres
from curbside.store.gate import Rows


def many(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that name the same columns, if there are any, in their order.

    They go to the driver as they are: it takes all our values itself, and having each looked at and converted on the
    way would be a third of what storing costs. PostgreSQL takes them as one stream.
    """
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    names = list(rows[0])
    into = f"{quote(table.name)} ({', '.join(map(quote, names))})"
    if connection.dialect.name == "postgresql":
        with _driver(connection).cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
        return
    values = ", ".join(f":{name}" for name in names)
    connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({values})", list(rows))


def plain(connection: Connection) -> Rows:
    """Return what runs our SELECTs inside the transaction of a connection."""
    if connection.dialect.name == "postgresql":
        driver = _driver(connection)
        return lambda sql, values: driver.execute(for_postgres(sql), tuple(values)).fetchall()
    return lambda sql, values: [tuple(row) for row in connection.exec_driver_sql(sql, tuple(values))]


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
