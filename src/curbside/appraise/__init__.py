"""Across evidence records: checks, intervals, studies, pooling, levels, profiles: "how much is that worth?"

Here: judging and joining evidence records. Not here: reading one document (`extract`), wording an answer (`answer`).
"""
