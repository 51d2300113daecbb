"""Words as the index sees them: stemmed for questions, as written for phrases."""

from __future__ import annotations

import re
from functools import lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

STEMMED = "stemmed"
EXACT = "exact"
RAW = "raw"
"""Names of the three ways of reading a field: English stems without stop words; lower-case words; one value whole."""

LONGEST = 80
"""Characters of a word; longer runs (base64, sequences) are not indexed."""

_ASKING = (
    "about all also any are been being can could did do does from had has have having he her here him his how i "
    "its me might more most my our please she should some than them those used using very was we were what when "
    "where whether which who whom whose why with would you your"
)
QUESTION_WORDS = frozenset(_ASKING.split())
"""Words of asking, beside the stop words of the analyzer (Lucene's English list), that carry no subject."""

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1)
def stemmed_analyzer() -> TextAnalyzer:
    """Return the analyzer of questions: lower case, accents folded, stop words dropped, Snowball English stems."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST)).filter(Filter.lowercase())
    builder = builder.filter(Filter.ascii_fold()).filter(Filter.stopword("english"))
    return builder.filter(Filter.stemmer("english")).build()


@lru_cache(maxsize=1)
def exact_analyzer() -> TextAnalyzer:
    """Return the analyzer of phrases: lower case and accents folded, nothing dropped."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST)).filter(Filter.lowercase())
    return builder.filter(Filter.ascii_fold()).build()


def sound(text: str) -> str:
    """Return the text with lone surrogates replaced, which no UTF-8 index can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def is_asking(word: str) -> bool:
    """Tell whether a word carries no subject; an abbreviation in capitals ("ALL") always does."""
    return word.lower() in QUESTION_WORDS and not (len(word) > 1 and word.isupper())


def surface(text: str) -> list[tuple[int, str]]:
    """Return the words of a text with their offsets."""
    return [(match.start(), match.group()) for match in _WORD.finditer(text)]


def stems(text: str) -> list[str]:
    """Return the stems of a text in order, stop words left out."""
    return stemmed_analyzer().analyze(sound(text))


def exact(text: str) -> list[str]:
    """Return the words of a text in order, in lower case."""
    return exact_analyzer().analyze(sound(text))
