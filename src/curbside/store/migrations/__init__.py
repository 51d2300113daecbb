"""Steps from one schema to the next; alembic runs them, `curbside.store.migrate` calls it."""
