"""The least that an import costs: `csv` reads the file, `sqlite3` inserts its rows into one table, all or nothing.

Usage: plain_import.py FILE.csv FILE.db
"""

import csv
import sqlite3
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as file:  # noqa: PTH123  # without pathlib's import
    reader = csv.reader(file)
    columns = ", ".join(f'"{name}" TEXT' for name in next(reader))
    connection = sqlite3.connect(sys.argv[2], isolation_level=None)
    connection.execute(f"CREATE TABLE deals ({columns})")
    connection.execute("BEGIN IMMEDIATE")
    marks = ", ".join("?" * (columns.count(",") + 1))
    connection.executemany(f"INSERT INTO deals VALUES ({marks})", reader)
    connection.execute("COMMIT")
    connection.close()
