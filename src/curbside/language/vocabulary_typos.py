"""Misspelt words of a question, met with the nearest word that the vocabulary knows."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.language.vocabulary_rows import Tables
from curbside.language.vocabulary_text import fold, pieces
from curbside.records import Span

_SHORTEST = 5
_LONG = 8
_OFTEN_ENGLISH = 3


class Spelling:
    """Knows which words exist, so that only words that do not exist are corrected."""

    def __init__(self, tables: Tables, common: str) -> None:
        """`common` holds common words, folded, one a line; lines that start with `#` are comments."""
        self._tables = tables
        self._common_text = common
        self._common: frozenset[str] | None = None
        self._by_letter: dict[str, list[str]] | None = None

    @property
    def common(self) -> frozenset[str]:
        """The common words, folded; read when first needed."""
        if self._common is None:
            self._common = frozenset(self._common_text.split("\n"))
        return self._common

    def may_be_abbreviation(self, typed: str) -> bool:
        """Tell whether letters typed in a question may stand for an abbreviation though the case is off ("itp")."""
        return len(typed) >= _OFTEN_ENGLISH and self.is_rare(typed)

    def is_rare(self, typed: str) -> bool:
        """Tell whether a word is none that everybody uses."""
        return fold(typed) not in self.common

    def corrections(self, text: str, known: Sequence[Span]) -> list[tuple[Span, str]]:
        """Return the misspelt words of a question, each with the word of the vocabulary that it is nearest to."""
        parts = pieces(text)
        found: list[tuple[Span, str]] = []
        at = 0
        for index, part in enumerate(parts):
            span = Span(at, at + len(part))
            at = span.end
            if index % 2 == 0 or len(part) < _SHORTEST or not part.isalpha():
                continue
            if any(span.meets(other) for other in known):
                continue
            nearest = self._nearest(part)
            if nearest:
                found.append((span, nearest))
        return found

    def _nearest(self, typed: str) -> str | None:
        """Return the one word of the vocabulary that is nearest to a word that nobody knows, or None."""
        buckets = self._words()
        word = fold(typed)
        if len(word) < _SHORTEST or word in self.common or word in buckets.get(word[0], ()):
            return None
        allowed = 2 if len(typed) >= _LONG else 1
        own = buckets.get(word[0], [])
        others = [each for letter, known in buckets.items() if letter != word[0] for each in known]
        for choices, limit in ((own, allowed), (others, 1)):
            best = _closest({word, typed.lower()}, choices, limit)
            if best:
                return self._one_of(best)
        return None

    def _one_of(self, words: list[str]) -> str | None:
        """Return the one word that is meant: the only one, or the only one that is a name by itself."""
        if len(words) == 1:
            return words[0]
        names = [word for word in words if word in self._tables.words]
        return names[0] if len({self._tables.words[word] for word in names}) == 1 else None

    def _words(self) -> dict[str, list[str]]:
        if self._by_letter is None:
            buckets: dict[str, dict[str, None]] = {}
            for name in self._tables.words:
                for word in name.split(" "):
                    if len(word) >= _SHORTEST:
                        buckets.setdefault(word[0], {})[word] = None
            self._by_letter = {letter: list(words) for letter, words in sorted(buckets.items())}
        return self._by_letter


def _closest(forms: set[str], choices: Sequence[str], limit: int) -> list[str]:
    """Return the choices at the least Damerau-Levenshtein distance from any of the forms, within `limit`."""
    from rapidfuzz.distance import DamerauLevenshtein

    best: list[str] = []
    least = limit + 1
    for choice in choices:
        for form in sorted(forms):
            if abs(len(choice) - len(form)) > limit:
                continue
            distance = DamerauLevenshtein.distance(form, choice, score_cutoff=limit)
            if distance < least:
                least, best = distance, [choice]
            elif distance == least <= limit and choice not in best:
                best.append(choice)
    return best
