"""How often something was cited, and how: counts of stances by section, year and self-citation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from curbside.records import Citation, CitingSection, Stance, StanceTally

Three = tuple[int, int, int]
"""Supporting, contrasting, mentioning."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A citation as a tally counts it.

    Attributes:
        citation: with its stance.
        cited: id of the cited work.
        work: id of the citing work.
        year: of the citing work, or None.
        retracted: whether the citing work stands retracted.
    """

    citation: Citation
    cited: str
    work: str
    year: int | None = None
    retracted: bool = False


def stance_tally(counted: Iterable[Counted], retracted: bool = False) -> StanceTally:
    """Return the tally of citations.

    A work that the library holds in several texts is counted once, by the text that cites most. Citations of retracted
    works are counted apart, and with the others only where `retracted` is set.
    """
    once = one_text_a_work(counted)
    kept = [each for each in once if retracted or not each.retracted]
    by_section: dict[CitingSection, list[Counted]] = {}
    by_year: dict[int | None, list[Counted]] = {}
    for each in kept:
        by_section.setdefault(each.citation.statement.section, []).append(each)
        by_year.setdefault(each.year, []).append(each)
    own = sum(each.citation.self_citation for each in kept)
    return StanceTally(
        *_three(kept),
        by_section=tuple((section, _three(by_section[section])) for section in CitingSection if section in by_section),
        by_year=tuple((year, _three(by_year[year])) for year in sorted(by_year, key=lambda year: -(year or 0))),
        own=own,
        others=len(kept) - own,
        works=len({each.work for each in kept}),
        retracted=len(once) - len(kept),
    )


def one_text_a_work(counted: Iterable[Counted]) -> list[Counted]:
    """Return citations without those that a work makes once more in another text of it.

    Of its texts the one that cites a work most often speaks; of equals the first.
    """
    groups: dict[tuple[str, str], dict[str, list[Counted]]] = {}
    for each in counted:
        texts = groups.setdefault((each.work, each.cited), {})
        texts.setdefault(each.citation.statement.document, []).append(each)
    return [each for texts in groups.values() for each in max(texts.values(), key=len)]


def _three(counted: Sequence[Counted]) -> Three:
    stances = Counter(each.citation.judgement.stance for each in counted)
    return stances[Stance.SUPPORTING], stances[Stance.CONTRASTING], stances[Stance.MENTIONING]
