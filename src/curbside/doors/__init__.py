"""Ways in: the command line. Doors translate a request into a workflow and its result into words; they never decide.

What lives here: arguments, progress, exit codes, tables for people. What may not: reading, searching, wording an
answer; and no door knows another.
"""
