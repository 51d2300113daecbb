"""The order of things: the only place that knows which step follows which.

What lives here: one module for each thing a person asks for (`add`, `remove`, `rebuild`, `status`, `ask` …) and what
several of them share. What may not: reading markup, judging evidence, wording, SQL, naming a back end, talking to a
terminal.
"""
