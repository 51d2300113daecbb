"""The JSON API: the command line's shapes over HTTP, under `/api/v1`.

What lives here: one module for each group of addresses, the shapes that its OpenAPI describes, and errors as
`application/problem+json`. What may not: searching, reading, wording, SQL, another door.
"""
