"""What every reader of English needs: sentences, numbers and units, hedges and negation, the vocabulary.

Everything here takes a string and returns spans into it, or tables of words; nothing here knows a document, a
question or a study, and nothing reads a file beyond the package's own vocabulary. Import from the modules:

- `sentences`   where sentences begin and end; `breaks` judges a stop, `lines` a line break
- `words`       words, stop words, folding and stemming for comparing; `phrases` finds a table's phrases
- `numbers`     printed numbers and what they are worth; `number_words` reads those written out
- `units`       the units that are known; `frequency` how often something is taken
- `summaries`   figures as cells print them: 12 (18.6), 3.2 ± 1.1, 4 (2–9)
- `quantities`  doses, schedules, durations, levels; `effects` with intervals; `counts` out of n
- `certainty`   how sure a sentence is, what decides it, and which doubts of one text another lacks
- `turned`, `meaning_words`  what one sentence denies, turns round or claims otherwise than another
- `cues`        negation, hedges, direction, certainty; their tables in `cue_words`
- `vocabulary`  drugs, classes, conditions, procedures
"""
