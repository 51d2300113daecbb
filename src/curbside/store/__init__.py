"""The record of truth: documents, works, originals, notices, tombstones, problems and jobs. "Where is it kept?"

What lives here: SQL, the folder of originals, the writer's lock, migrations. `base` is all that other rooms may know.
`reading` and `changing` are the store in SQL; `sqlite` and `writing` run them on a file, `postgres` and
`postgres_writing` on a server, and `wiring` opens one of the two. `place` knows which, by the folder.

What may not: reading a format, deciding what a text means, ranking, the index (which follows `Store.changes`).
"""
