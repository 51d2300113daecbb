"""Serving: the doors of the web put together, in processes that answer, beside one that works off what waits.

What lives here: the command `curbside serve`, the application, the processes. What may not: pages, shapes of JSON,
limits of requests (those are of the doors), and anything that a door could do alone. It stands above the doors, with
`__main__`, which hands the command to the command line.
"""
