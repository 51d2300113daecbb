"""What every reader of English needs: sentences, numbers and units, hedges and negation, the vocabulary.

Everything here takes a string and returns spans into it, or tables of words; nothing here knows a document, a
question or a study, and nothing reads a file beyond the package's own vocabulary. Import from the modules:

- `sentences`   where sentences begin and end
- `words`       words, stop words, folding and stemming for comparing
- `numbers`     printed numbers and what they are worth
- `units`       the units that are known
- `quantities`  doses, schedules, durations, levels; effects with intervals; counts out of n
- `cues`        negation, hedges, direction, certainty
- `vocabulary`  drugs, classes, conditions, procedures
"""
