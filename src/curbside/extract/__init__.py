"""One document to evidence records, each with its quotes: "what does it claim?"

Here: reading one document's own words. Not here: several documents together (`appraise`), markup (`readers`), how
English writes a number or a doubt (`language`).
"""
