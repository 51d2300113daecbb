"""One module for each revision, oldest first; a revision that was released is never edited.

Libraries on PostgreSQL begin with 0003, whose tables are made as `curbside.store.schema` has them: what comes before
runs on SQLite alone. What comes after runs on both, with the schema's own types, so that texts stay in the order of
their bytes.
"""
