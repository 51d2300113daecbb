"""Finds the phrases of a table in a text, whole words only, in one pass whatever the table's size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from curbside.records import Span


class Phrases:
    """A table of phrases, compiled; the longest phrase wins where several begin at one place.

    Phrases are given as `curbside.language.words.flat` writes them (lower case, plain hyphens and quotes), and are
    looked for in text that went through it.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.phrases = tuple(dict.fromkeys(phrases))
        self._automaton = AhoCorasick(
            self.phrases, matchkind=MatchKind.Standard, implementation=Implementation.ContiguousNFA
        )

    def find(self, flattened: str) -> Iterator[tuple[Span, str]]:
        """Yield where the phrases stand and which they are, in order, none overlapping another.

        Linear in the length of the text for a given table: at each place at most as many phrases match as are
        suffixes of one another.
        """
        hits = [
            (start, -end, number)
            for number, start, end in self._automaton.find_matches_as_indexes(flattened, overlapping=True)
            if (start == 0 or not _inside_word(flattened[start - 1], flattened[start]))
            and (end == len(flattened) or not _inside_word(flattened[end - 1], flattened[end]))
        ]
        hits.sort()
        reached = 0
        for start, negative_end, number in hits:
            if start >= reached:
                reached = -negative_end
                yield Span(start, reached), self.phrases[number]


def _inside_word(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum()
