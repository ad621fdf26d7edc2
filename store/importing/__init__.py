"""Importing deals from the CSV files of other programs: bytes to a table, a table to a plan, the plan into the store.

`reading` makes the table, `planning` the plan (with `headers`, `columns`, `targets`, `places`, `times` and `rows`),
`apply` writes it. Everything before `apply` is pure: what is wrong with a file is known before anything is written.
"""
