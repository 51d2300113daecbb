"""The record of truth: documents, works, originals, notices, tombstones, problems and jobs. "Where is it kept?"

What lives here: SQL, the folder of originals, the writer's lock, migrations. `base` is all that other rooms may know;
`sqlite` (reading) and `writing` (changing) are what `wiring` opens.

What may not: reading a format, deciding what a text means, ranking, the index (which follows `Store.changes`).
"""
