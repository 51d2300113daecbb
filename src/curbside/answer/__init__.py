"""Hits and evidence to an Answer, every sentence on quotes, or silence: "what may be said?"

question.py   what is asked
intents.py    the table of intents: how a question shows one, how a sentence serves it
context.py    a document's sentences with what they are about
naming.py     what a text names
eligible.py   which sentences may speak to a question
ranking.py    which of them speak best
wording.py    from quoted words to shown words, and back
guards.py     what every sentence must pass before it is shown
guards_meaning.py  what a rewording must keep: doubts, people, times, directions, causes
guards_arms.py     who is compared with whom, and whose number is whose
opposing.py        where two sources say opposite things of the same
facets.py     the table of what a whole answer tells unasked; facet_words.py: how sentences word it
choosing.py   which sentences are said, and under which heading
same.py       which other works say what a sentence says
drafting.py   an answer in the making: said once, tried by the guards, numbered
silence.py    what was looked for and not found
compose.py    the order of it all
since.py      which sources newer ones have answered since
verdicts.py   what the sources suggest together on a yes/no question

Here: choosing and wording. Not here: finding (`search`), judging across studies (`appraise`), showing (`writers`).
"""
