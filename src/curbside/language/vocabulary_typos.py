"""Misspelt words of a question, met with the nearest word that the vocabulary knows."""

from __future__ import annotations

from collections.abc import Sequence

from curbside.language.vocabulary_rows import Tables
from curbside.language.vocabulary_text import fold, pieces
from curbside.records import Span

_SHORTEST = 5
_LONG = 8
_LONGEST = 40
_MOST_UNKNOWN = 12
_OFTEN_ENGLISH = 3


class Spelling:
    """Knows which words exist, so that only words that do not exist are corrected."""

    def __init__(self, tables: Tables, common: str) -> None:
        """`common` holds common words, folded, one a line; lines that start with `#` are comments."""
        self._tables = tables
        self._common_text = common
        self._common: frozenset[str] | None = None
        self._by_letter: dict[str, dict[str, None]] | None = None
        self._by_length: dict[int, list[tuple[int, str]]] | None = None

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
        """Return the misspelt words of a question, each with the word of the vocabulary that it is nearest to.

        Where more than a dozen words are unknown the text is no question in English and nothing is corrected.
        """
        unknown: list[tuple[Span, str]] = []
        at = 0
        for index, part in enumerate(pieces(text)):
            span = Span(at, at + len(part))
            at = span.end
            if index % 2 and self._is_unknown(part) and not any(span.meets(other) for other in known):
                unknown.append((span, part))
        if len(unknown) > _MOST_UNKNOWN:
            return []
        nearest = ((span, self._nearest(part)) for span, part in unknown)
        return [(span, word) for span, word in nearest if word]

    def _is_unknown(self, typed: str) -> bool:
        """Tell whether a word is long enough to be judged and neither in the vocabulary nor a common one."""
        if not _SHORTEST <= len(typed) <= _LONGEST or not typed.isalpha():
            return False
        word = fold(typed)
        return len(word) >= _SHORTEST and word not in self.common and word not in self._words().get(word[0], ())

    def _nearest(self, typed: str) -> str | None:
        """Return the one word of the vocabulary that is nearest to a word that nobody knows, or None."""
        buckets = self._words()
        word = fold(typed)
        allowed = 2 if len(typed) >= _LONG else 1
        forms = {word, typed.lower()}
        best = _closest(forms, tuple(buckets.get(word[0], ())), allowed)
        if not best:  # none of its own letter is as near as one; those of other letters may be
            best = _closest(forms, self._as_long(forms), 1)
        return self._one_of(best) if best else None

    def _as_long(self, forms: set[str]) -> list[str]:
        """Return the words that are as long as one of the forms, or a letter longer or shorter."""
        if self._by_length is None:
            self._by_length = {}
            every = (each for known in self._words().values() for each in known)
            for place, word in enumerate(every):
                self._by_length.setdefault(len(word), []).append((place, word))
        lengths = {len(form) + more for form in forms for more in (-1, 0, 1)}
        found = [each for length in lengths for each in self._by_length.get(length, ())]
        return [word for _, word in sorted(found)]

    def _one_of(self, words: list[str]) -> str | None:
        """Return the one word that is meant: the only one, or the only one that is a name by itself."""
        if len(words) == 1:
            return words[0]
        names = [word for word in words if word in self._tables.words]
        return names[0] if len({self._tables.words[word] for word in names}) == 1 else None

    def _words(self) -> dict[str, dict[str, None]]:
        if self._by_letter is None:
            buckets: dict[str, dict[str, None]] = {}
            for name in self._tables.words:
                for word in name.split(" "):
                    if len(word) >= _SHORTEST:
                        buckets.setdefault(word[0], {})[word] = None
            self._by_letter = dict(sorted(buckets.items()))
        return self._by_letter


def _closest(forms: set[str], choices: Sequence[str], limit: int) -> list[str]:
    """Return the choices at the least Damerau-Levenshtein distance from any of the forms, within `limit`."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    least: dict[str, int] = {}
    for form in sorted(forms):
        near = process.extract(form, choices, scorer=DamerauLevenshtein.distance, score_cutoff=limit, limit=None)
        for choice, distance, _ in near:
            least[choice] = min(int(distance), least.get(choice, limit))
    if not least:
        return []
    nearest = min(least.values())
    return [choice for choice in choices if least.get(choice) == nearest]
