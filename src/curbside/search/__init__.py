"""Question to ranked hits: which passages? Indexes here can always be rebuilt from the store.

What lives here: the index and its contract, the cut of documents into passages, the advanced query language.
What may not: reading markup, deciding what may be said, disk outside an index folder.
"""
